import { beforeEach, describe, expect, it } from 'vitest';
import type { Distribution as Sent } from '../../../electron/api/index.ts';
import { createDistributions } from '../../../renderer/state/distributions.ts';
import type {
  DistributionCache,
  DistributionPlace,
  DistributionQuestion,
} from '../../../renderer/state/distributions.ts';
import { FakeClient } from '../support.ts';

const trace: DistributionPlace = { of: 'trace', id: 'run', position: null };
const question = (change: Partial<DistributionQuestion> = {}): DistributionQuestion => ({
  ...{ place: trace, filters: { temperature: 1, topK: null, topP: 1 }, candidates: 3, named: '', product: null },
  ...change,
});
const answer = (kept: number, change: Partial<Sent> = {}): Sent => ({
  ...{ kind: 'next-token', position: 4, vocabulary: 10, keptByTopK: 10, kept, keptMass: 1, candidates: [], named: [] },
  ...{ filters: { temperature: 1, topK: null, topP: 1 }, entropy: { model: 1, tempered: 1, sampled: 1 } },
  ...{ listedMass: { probability: 1, sampled: 1 }, product: null },
  ...change,
});

let client: FakeClient;
let cache: DistributionCache;
let lost: DistributionPlace[];
beforeEach(() => {
  client = new FakeClient();
  lost = [];
  cache = createDistributions(client, (place) => lost.push(place));
});

describe('DistributionCache', () => {
  it('asks once for a question, and shows the last answer about the place until the next one is there', async () => {
    expect(cache.peek(question())).toMatchObject({ distribution: null, stale: false });
    cache.want(question());
    cache.want(question());
    expect(client.calls).toHaveLength(1);
    expect(client.last('trace.distribution').request).toEqual({
      ...{ traceId: 'run', candidates: 3, filters: { temperature: 1, topK: null, topP: 1 } },
    });
    await client.last('trace.distribution').answer(answer(7));
    expect(cache.peek(question())).toMatchObject({ distribution: { kept: 7 }, stale: false });
    const cold = question({ filters: { temperature: 0.5, topK: 5, topP: 0.9 } });
    cache.want(cold);
    expect(cache.peek(cold)).toMatchObject({ distribution: { kept: 7 }, stale: true, asked: { status: 'pending' } });
    await client.last('trace.distribution').answer(answer(5));
    expect(cache.peek(cold)).toMatchObject({ distribution: { kept: 5 }, stale: false });
    const elsewhere = question({ place: { ...trace, position: 2 } });
    expect(cache.peek(elsewhere).distribution).toBeNull();
  });

  it('asks about a typed token, a product, a place, and a generated text', async () => {
    cache.want(question({ place: { ...trace, position: 2 }, named: 'sea', product: 5 }));
    expect(client.last('trace.distribution').request).toMatchObject({ position: 2, named: 'sea', product: 5 });
    const product = { id: 5, features: Float32Array.of(1, 2).buffer, row: Float32Array.of(3, 4).buffer };
    await client.last('trace.distribution').answer(answer(1, { product: { ...product, bias: 0.5, tied: true } }));
    const asked = question({ place: { ...trace, position: 2 }, named: 'sea', product: 5 });
    expect(cache.peek(asked).distribution?.product).toEqual({
      ...{ id: 5, bias: 0.5, tied: true, features: Float32Array.of(1, 2), row: Float32Array.of(3, 4) },
    });
    cache.want(question({ place: { of: 'generation', id: 'text', position: 9, after: 3 } }));
    expect(client.last('generate.distribution').request).toMatchObject({ generationId: 'text', position: 9 });
  });

  it('says when the run or the text is gone, and keeps the failure', async () => {
    cache.want(question());
    await client.last('trace.distribution').fail({ code: 'not-found', message: 'gone', reason: 'trace-gone' });
    expect(lost).toEqual([trace]);
    expect(cache.peek(question()).asked.status).toBe('failed');
    cache.want(question({ named: '', candidates: 4 }));
    await client.last('trace.distribution').fail({ code: 'bad-text', message: 'no', reason: 'token-empty' });
    expect(lost).toHaveLength(1);
  });

  it('keeps the last 32 answers', async () => {
    for (let candidates = 1; candidates <= 34; candidates++) {
      cache.want(question({ candidates }));
      await client.last('trace.distribution').answer(answer(candidates));
    }
    expect(cache.peek(question({ candidates: 2 })).asked.status).toBe('none');
    expect(cache.peek(question({ candidates: 3 })).asked.status).toBe('ready');
  });
});

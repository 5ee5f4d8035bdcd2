import { describe, expect, it } from 'vitest';
import { createHeadVectors } from '../../../renderer/state/head-vectors.ts';
import type { HeadQuestion } from '../../../renderer/state/head-vectors.ts';
import { FakeClient, settle, tokensOf } from '../support.ts';

const question = (...texts: HeadQuestion['texts']): HeadQuestion => ({
  ...{ model: 'tiny', device: 'cpu', stack: 'decoder', site: 'self', layer: 1, head: 2, texts },
});
const OPEN = { input: { text: 'the bank' }, traceId: 'open' };
const KEPT = { input: { text: 'sea' }, traceId: null };

/** Answers the slices that are asked for, one after the other. */
async function answerSlices(client: FakeClient, values: readonly (readonly number[])[]): Promise<void> {
  for (const numbers of values) await client.last('trace.slice').answer({ data: new Float32Array(numbers).buffer });
  await settle();
}

const VALUES = [
  [1, 2],
  [3, 4],
  [1, 0, 0.5, 0.5],
  [0, -Infinity, 1, 1],
];

describe('vectors of a head', () => {
  it('of the run on screen are read, and the run is left open', async () => {
    const client = new FakeClient();
    const vectors = createHeadVectors(client);
    vectors.want(question(OPEN));
    await settle();
    await answerSlices(client, VALUES);
    expect(
      client.all('trace.slice').map(({ request }) => [request['traceId'], request['name'], request['head']]),
    ).toEqual(['q', 'k', 'pattern', 'masked'].map((name) => ['open', `decoder.1.self.${name}`, 2]));
    expect(client.all('trace.close')).toEqual([]);
    const asked = vectors.peek(question(OPEN));
    expect(asked).toMatchObject({ status: 'ready', part: [{ text: 'the bank', tokens: null }] });
    const [found] = asked.status === 'ready' ? asked.part : [];
    expect(found !== undefined && 'sees' in found ? [...found.sees] : []).toEqual([1, 0, 1, 1]);
  });

  it('of another text take a run, once, which is closed again', async () => {
    const client = new FakeClient();
    const vectors = createHeadVectors(client);
    vectors.want(question(KEPT));
    await settle();
    await client.last('text.run').answer({ traceId: 'mine', tokens: tokensOf('sea') });
    await answerSlices(client, [[1], [2], [1], [0]]);
    await client.last('trace.close').answer({});
    expect(client.last('trace.close').request).toEqual({ traceId: 'mine' });
    expect(vectors.peek(question(KEPT)).status).toBe('ready');
    vectors.want(question(KEPT, KEPT));
    await settle();
    expect(client.all('text.run')).toHaveLength(1);
    expect(vectors.peek(question(KEPT, KEPT)).status).toBe('ready');
  });

  it('leave out a text that cannot be read', async () => {
    const client = new FakeClient();
    const vectors = createHeadVectors(client);
    vectors.want(question(KEPT));
    await settle();
    await client.last('text.run').fail({ code: 'bad-text', message: 'too long' });
    await settle();
    expect(vectors.peek(question(KEPT))).toMatchObject({
      ...{ status: 'ready', part: [{ text: 'sea', failure: { code: 'bad-text' } }] },
    });
  });

  it('tell of a run that the engine has lost', async () => {
    const client = new FakeClient();
    const lost: string[] = [];
    const vectors = createHeadVectors(client, (traceId) => lost.push(traceId));
    vectors.want(question(OPEN));
    await settle();
    await client.last('trace.slice').fail({ code: 'not-found', message: 'gone' });
    await settle();
    expect(lost).toEqual(['open']);
    expect(vectors.peek(question(OPEN)).status).toBe('failed');
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { FlowPart } from '../../../electron/api/index.ts';
import { createAppStore, NO_RUN } from '../../../renderer/state/app-state.ts';
import type { AppStore } from '../../../renderer/state/app-state.ts';
import { createFlows } from '../../../renderer/state/flow.ts';
import type { FlowCache, FlowQuestion } from '../../../renderer/state/flow.ts';
import { FIRST_FLOW, takesResidual } from '../../../renderer/state/flow-options.ts';
import { FakeClient, runResult, tokensOf } from '../support.ts';

let client: FakeClient;
let store: AppStore;
let flows: FlowCache;
let lost: string[];

const question = (change: Partial<FlowQuestion> = {}): FlowQuestion => ({
  ...{ traceId: 'a', stack: 'decoder', target: 1, method: 'rollout', weighting: 'attention', residual: 0.5 },
  ...change,
});

/** A made-up answer for two tokens and one layer, told apart by its first share. */
const part = (fraction: number, share: number | null = null): FlowPart => ({
  fraction,
  flow:
    share === null
      ? null
      : {
          ...{ stack: 'decoder', target: 1, method: 'rollout', weighting: 'attention', residual: 0.5, scale: 1 },
          relevance: Float32Array.of(share, 1 - share, 0, 1).buffer,
          layers: [{ layer: 0, total: 1, residual: 0.5, edges: [] }],
        },
});

const open = (run: string | null, changed: string | null = null): void => {
  const result = (traceId: string) => runResult(traceId, tokensOf('a', 'b'));
  store.setState({
    run: { ...NO_RUN, result: run === null ? null : result(run) },
    changed: { ...NO_RUN, result: changed === null ? null : result(changed) },
  });
};

const shareOf = (asked: FlowQuestion) => flows.peek(asked).flow?.relevance[0] ?? null;

beforeEach(() => {
  client = new FakeClient();
  store = createAppStore();
  lost = [];
  flows = createFlows(client, store, (traceId) => lost.push(traceId));
  open('a');
});

describe('flows', () => {
  it('are asked for a part at a time until they are there', async () => {
    flows.want([question()]);
    expect(client.last('trace.flow').request).toEqual({ ...question(), edges: 1500 });
    await client.last('trace.flow').answer(part(0.5));
    expect(flows.peek(question()).asked).toMatchObject({ status: 'pending', part: { fraction: 0.5 } });
    await client.last('trace.flow').answer(part(1, 0.25));
    expect(client.all('trace.flow')).toHaveLength(2);
    expect(flows.peek(question())).toMatchObject({ stale: false, asked: { status: 'ready' } });
    expect([...flows.peek(question()).flow!.relevance]).toEqual([0.25, 0.75, 0, 1]);
  });

  it('show the last answer of the run until the next one is there', async () => {
    flows.want([question()]);
    await client.last('trace.flow').answer(part(1, 0.25));
    const next = question({ target: 0 });
    flows.want([next]);
    expect([flows.peek(next).stale, shareOf(next)]).toEqual([true, 0.25]);
    await client.last('trace.flow').answer(part(1, 0.5));
    expect([flows.peek(next).stale, shareOf(next)]).toEqual([false, 0.5]);
    expect(flows.peek(question({ traceId: 'b' })).flow).toBeNull();
  });

  it('that nobody waits for any more are not asked on, and those that are there are kept', async () => {
    flows.want([question()]);
    const first = client.last('trace.flow');
    flows.want([question({ residual: 0.4 })]);
    await first.answer(part(0.5));
    expect(client.all('trace.flow')).toHaveLength(2);
    await client.last('trace.flow').answer(part(1, 0.125));
    flows.want([question({ residual: 0.3 })]);
    flows.want([question({ residual: 0.4 })]);
    expect(shareOf(question({ residual: 0.4 }))).toBe(0.125);
    expect(client.all('trace.flow')).toHaveLength(3);
  });

  it('are asked for both runs that are shown', async () => {
    open('a', 'b');
    const both = [question(), question({ traceId: 'b' })];
    flows.want(both);
    expect(client.all('trace.flow').map(({ request }) => request['traceId'])).toEqual(['a', 'b']);
    await client.all('trace.flow')[0]!.answer(part(1, 0.25));
    await client.all('trace.flow')[1]!.answer(part(1, 0.75));
    expect(both.map(shareOf)).toEqual([0.25, 0.75]);
  });

  it('go with their run', async () => {
    flows.want([question()]);
    await client.last('trace.flow').answer(part(1, 0.25));
    open('a', 'b');
    expect(shareOf(question())).toBe(0.25);
    open('c');
    expect(flows.peek(question())).toEqual({ asked: { status: 'none' }, flow: null, stale: false });
  });

  it('are kept for so many questions only', async () => {
    for (let target = 0; target < 30; target += 1) {
      flows.want([question({ target })]);
      await client.last('trace.flow').answer(part(1, 0.25));
    }
    const kept = Array.from({ length: 30 }, (_, target) => flows.peek(question({ target })).asked.status === 'ready');
    expect(kept.indexOf(true)).toBe(17);
    expect(kept.filter(Boolean)).toHaveLength(13);
  });

  it('can be stopped and asked again', async () => {
    flows.want([question()]);
    await client.last('trace.flow').answer(part(0.5));
    flows.stop(question());
    await client.last('trace.flow').answer(part(0.75));
    expect(flows.peek(question()).asked.status).toBe('stopped');
    expect(client.all('trace.flow')).toHaveLength(2);
    flows.again(question());
    await client.last('trace.flow').answer(part(1, 0.25));
    expect(shareOf(question())).toBe(0.25);
  });

  it('say what went wrong, and that the engine lost the run', async () => {
    flows.want([question({ method: 'flow' })]);
    await client.last('trace.flow').fail({ code: 'bad-request', reason: 'flow-too-long', message: 'Too long.' });
    const shown = flows.peek(question({ method: 'flow' }));
    expect(shown).toMatchObject({
      flow: null,
      asked: { status: 'failed', error: { failure: { reason: 'flow-too-long' } } },
    });
    expect(lost).toEqual([]);
    flows.want([question()]);
    await client.last('trace.flow').fail({ code: 'not-found', reason: 'trace-gone', message: 'Gone.' });
    expect(lost).toEqual(['a']);
  });
});

describe('takesResidual', () => {
  it('is true where the share counts', () => {
    expect(takesResidual(FIRST_FLOW)).toBe(true);
    expect(takesResidual({ ...FIRST_FLOW, method: 'flow' })).toBe(true);
    expect(takesResidual({ ...FIRST_FLOW, method: 'raw' })).toBe(false);
    expect(takesResidual({ ...FIRST_FLOW, weighting: 'norms' })).toBe(false);
  });
});

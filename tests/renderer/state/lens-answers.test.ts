import { beforeEach, describe, expect, it } from 'vitest';
import type { Response } from '../../../electron/api/index.ts';
import { createAppStore, NO_RUN } from '../../../renderer/state/app-state.ts';
import type { AppStore } from '../../../renderer/state/app-state.ts';
import { createLensAnswers, measureOf } from '../../../renderer/state/lens-answers.ts';
import type { LensAnswers } from '../../../renderer/state/lens-answers.ts';
import { FIRST_LENS_VIEW, toggleMasked } from '../../../renderer/state/lens-view.ts';
import { FakeClient, runResult, tokensOf } from '../support.ts';

let client: FakeClient;
let store: AppStore;
let answers: LensAnswers;
let lost: string[];

const open = (traceId: string): void => {
  store.setState({ run: { ...NO_RUN, result: runResult(traceId, tokensOf('a')) } });
};

beforeEach(() => {
  client = new FakeClient();
  store = createAppStore();
  lost = [];
  answers = createLensAnswers(client, store, (traceId) => lost.push(traceId));
  open('a');
});

const LENS = { kind: 'lens', traceId: 'a' } as const;

const part = (fraction: number, isDone: boolean): Response<'trace.lens'> => ({
  fraction,
  lens: isDone
    ? {
        ...{ kind: 'next-token', layers: 0, tokens: 1 },
        cells: Float32Array.of(3, 0.5, 1, 0, 0.5, 0, NaN, NaN).buffer,
        names: [{ id: 3, text: ' sea' }],
      }
    : null,
});

describe('a lens', () => {
  it('is asked for a part at a time until it is there', async () => {
    answers.want(LENS);
    await client.last('trace.lens').answer(part(0.5, false));
    expect(answers.peek(LENS)).toMatchObject({ status: 'pending', part: { fraction: 0.5 } });
    expect(answers.value(LENS)).toBeNull();
    await client.last('trace.lens').answer(part(1, true));
    const lens = answers.value(LENS)!;
    expect([measureOf(lens, 0, 0, 'top'), measureOf(lens, 0, 0, 'topProbability')]).toEqual([3, 0.5]);
    expect(lens.names.get(3)).toBe(' sea');
    answers.want(LENS);
    expect(client.all('trace.lens')).toHaveLength(2);
  });

  it('is not gone on with when nobody looks, and can be asked for again', async () => {
    answers.want(LENS);
    answers.leave(LENS);
    await client.last('trace.lens').answer(part(0.5, false));
    expect(client.all('trace.lens')).toHaveLength(1);
    expect(answers.peek(LENS).status).toBe('none');
    answers.want(LENS);
    expect(client.all('trace.lens')).toHaveLength(2);
  });

  it('stays stopped until it is asked for again', async () => {
    answers.want(LENS);
    answers.stop(LENS);
    await client.last('trace.lens').answer(part(0.5, false));
    answers.leave(LENS);
    expect(answers.peek(LENS).status).toBe('stopped');
    answers.again(LENS);
    expect(client.all('trace.lens')).toHaveLength(2);
  });

  it('goes with its run', async () => {
    answers.want(LENS);
    await client.last('trace.lens').answer(part(1, true));
    open('b');
    expect(answers.value(LENS)).toBeNull();
  });

  it('tells that the engine no longer has the run', async () => {
    answers.want(LENS);
    await client.last('trace.lens').fail({ code: 'not-found', reason: 'trace-gone', message: 'Gone.' });
    expect(lost).toEqual(['a']);
    expect(answers.peek(LENS)).toMatchObject({ status: 'failed' });
  });
});

it('asks each question in its own channel', () => {
  answers.want({ kind: 'cell', traceId: 'a', layer: -1, position: 2 });
  expect(client.last('trace.lensCell').request).toEqual({ traceId: 'a', layer: -1, position: 2, candidates: 10 });
  answers.want({ kind: 'fill', traceId: 'a', masked: [1] });
  expect(client.last('trace.fill').request).toEqual({ traceId: 'a', masked: [1], candidates: 10 });
  answers.want({ kind: 'surprise', traceId: 'a', start: true });
  expect(client.last('trace.surprise').request).toEqual({ traceId: 'a', start: true });
});

it('keeps two hundred cells, those wanted last', async () => {
  for (let position = 0; position <= 200; position++) {
    answers.want({ kind: 'cell', traceId: 'a', layer: 0, position });
  }
  expect(answers.peek({ kind: 'cell', traceId: 'a', layer: 0, position: 0 }).status).toBe('none');
  expect(answers.peek({ kind: 'cell', traceId: 'a', layer: 0, position: 1 }).status).toBe('pending');
  await Promise.resolve();
});

describe('masked tokens', () => {
  it('are masked and put back, in the order of the text', () => {
    const first = toggleMasked(FIRST_LENS_VIEW, 'x', 4);
    const both = toggleMasked({ ...FIRST_LENS_VIEW, masked: first }, 'x', 2);
    expect(both).toEqual({ of: 'x', tokens: [2, 4] });
    expect(toggleMasked({ ...FIRST_LENS_VIEW, masked: both }, 'x', 4)).toEqual({ of: 'x', tokens: [2] });
  });

  it('are none in another text', () => {
    const masked = { of: 'x', tokens: [1, 2] };
    expect(toggleMasked({ ...FIRST_LENS_VIEW, masked }, 'y', 2)).toEqual({ of: 'y', tokens: [2] });
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../electron/api/index.ts';
import type { Slice } from '../../../electron/api/index.ts';
import { createAppStore, NO_RUN } from '../../../renderer/state/app-state.ts';
import type { AppState } from '../../../renderer/state/app-state.ts';
import { FrameSource } from '../../../renderer/state/frames.ts';
import type { FrameOptions } from '../../../renderer/state/frames.ts';
import { HoverStore } from '../../../renderer/state/hover.ts';
import type { Selection } from '../../../renderer/state/selection.ts';
import { SliceCache } from '../../../renderer/state/slices.ts';
import type { SliceRequest } from '../../../renderer/state/slices.ts';
import { stationSlices } from '../../../renderer/view-models/names.ts';
import { openedModel, runResult, settle, tokensOf } from '../support.ts';

type Answer = { resolve: (slice: Slice) => void; reject: (error: Error) => void };

function started(delay = 0, requestsOf: (selection: Selection) => readonly SliceRequest[] = stationSlices) {
  const asked: string[] = [];
  const answers: Answer[] = [];
  const store = createAppStore();
  const cache = new SliceCache((_, { name, head }) => {
    asked.push(`${name}#${head ?? ''}`);
    return new Promise((resolve, reject) => answers.push({ resolve, reject }));
  });
  const source = new FrameSource(store, cache, { requestsOf, delay });
  const show = (traceId: string) => {
    const old = store.getState().run.result?.traceId;
    if (old !== undefined) cache.close(old);
    cache.open(traceId);
    const run = { status: 'done', result: runResult(traceId, tokensOf('a')), model: openedModel() } as const;
    store.setState({ run: { ...NO_RUN, ...run, input: { text: 'a' } } });
  };
  const select = (change: object) => store.setState({ selection: { ...store.getState().selection, ...change } });
  const answer = async (index: number) => {
    const shape = { head: 0, axes: ['query', 'key'], dims: [1, 1], rows: null };
    answers[index]!.resolve({ name: asked[index]!, ...shape, format: 'f32', data: new ArrayBuffer(4) });
    await settle();
  };
  return { asked, answers, answer, store, source, show, select };
}

describe('FrameSource', () => {
  it('asks for what the selection needs and shows it when all of it is here', async () => {
    const { asked, answer, source, show } = started();
    show('t');
    expect(asked).toEqual(['decoder.0.self.pattern#0']);
    expect(source.getSnapshot()).toMatchObject({ frame: null, stale: true });
    await answer(0);
    expect(source.getSnapshot()).toMatchObject({ stale: false, frame: { run: { traceId: 't' } } });
  });

  it('keeps the last complete frame, marked stale, while the next is made', async () => {
    const { answer, source, show, select } = started();
    show('t');
    await answer(0);
    const before = source.getSnapshot().frame;
    select({ head: 1 });
    expect(source.getSnapshot()).toEqual({ frame: before, stale: true, error: null });
    await answer(1);
    expect(source.getSnapshot()).toMatchObject({ stale: false, frame: { selection: { head: 1 } } });
  });

  it('neither asks nor tells anybody when only the query or key changes', async () => {
    const { asked, answer, source, show, select } = started();
    show('t');
    await answer(0);
    let told = 0;
    source.subscribe(() => (told += 1));
    select({ query: 0, key: 0 });
    select({ query: 0, key: null });
    expect([asked.length, told]).toEqual([1, 0]);
  });

  it('goes back to a head it has without asking again', async () => {
    const { asked, answer, source, show, select } = started();
    show('t');
    await answer(0);
    select({ head: 2 });
    await answer(1);
    select({ head: 0 });
    expect(asked).toHaveLength(2);
    expect(source.getSnapshot()).toMatchObject({ stale: false, frame: { selection: { head: 0 } } });
  });

  it('shows stations without slices at once', async () => {
    const { asked, answer, source, show, select } = started();
    show('t');
    await answer(0);
    select({ station: 'tokens' });
    expect(source.getSnapshot()).toMatchObject({ stale: false, frame: { selection: { station: 'tokens' } } });
    expect(asked).toHaveLength(1);
  });

  it('reports a slice that failed, and empties itself with the run', async () => {
    const { answers, source, show, store } = started();
    show('t');
    answers[0]!.reject(new ApiError({ code: 'bad-request', message: 'no' }));
    await settle();
    expect(source.getSnapshot()).toMatchObject({ frame: null, error: { failure: { message: 'no' } } });
    const { run } = store.getState();
    store.setState({ run: { ...run, result: null } });
    expect(source.getSnapshot()).toEqual({ frame: null, stale: false, error: null });
  });

  describe('with a delay', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('asks only for the head where the user stops', () => {
      const { asked, show, select } = started(60);
      show('t');
      for (const head of [1, 2]) {
        vi.advanceTimersByTime(30);
        select({ head });
      }
      expect(asked).toEqual([]);
      vi.advanceTimersByTime(60);
      expect(asked).toEqual(['decoder.0.self.pattern#2']);
    });
  });

  it('asks for exact numbers as soon as the panel computes with them', async () => {
    const store = createAppStore();
    const asked: string[] = [];
    const cache = new SliceCache((_, { format }) => {
      asked.push(format ?? 'f32');
      return new Promise(() => undefined);
    });
    const computes = ({ lens }: AppState) => lens.unit === 'words';
    const requestsOf: FrameOptions['requestsOf'] = (_selection, _model, _run, { exact }) => [
      { name: 'pattern', format: exact ? 'f32' : 'f16' },
    ];
    const source = new FrameSource(store, cache, { requestsOf, computes });
    cache.open('t');
    const run = { status: 'done', result: runResult('t', tokensOf('a')), model: openedModel() } as const;
    store.setState({ run: { ...NO_RUN, ...run, input: { text: 'a' } } });
    expect(asked).toEqual(['f16']);
    const { lens } = store.getState();
    store.setState({ lens: { ...lens, unit: 'words' } });
    expect(asked).toEqual(['f16', 'f32']);
    expect(source.getSnapshot().stale).toBe(true);
  });

  it('follows the pointer where it is to, and asks for what follows from a slice when that is here', async () => {
    const store = createAppStore();
    const pointer = new HoverStore();
    const asked: string[] = [];
    const cache = new SliceCache((_, { name, rows }) => {
      asked.push(`${name}@${rows?.first ?? ''}`);
      const dims = [1, 2];
      const data = Float32Array.of(0.25, 0.75).buffer;
      return Promise.resolve({ name, head: 0, axes: ['query', 'key'], dims, rows: rows ?? null, format: 'f32', data });
    });
    const requestsOf: FrameOptions['requestsOf'] = ({ query }, _model, _run, { known }) => {
      const first = { name: 'pattern', rows: { first: query, count: 1 } };
      return known(first) === null ? [first] : [first, { name: 'k', rows: { first: query + 1, count: 1 } }];
    };
    const source = new FrameSource(store, cache, { requestsOf, pointer });
    cache.open('t');
    const run = { status: 'done', result: runResult('t', tokensOf('a', 'b')), model: openedModel() } as const;
    store.setState({ run: { ...NO_RUN, ...run, input: { text: 'a b' } } });
    await settle();
    expect(asked).toEqual(['pattern@0', 'k@1']);
    pointer.set({ query: 5, key: 0 });
    expect(source.getSnapshot()).toMatchObject({ stale: true, frame: { selection: { query: 0 } } });
    await settle();
    expect(asked).toEqual(['pattern@0', 'k@1', 'pattern@5', 'k@6']);
    expect(source.getSnapshot()).toMatchObject({ stale: false, frame: { selection: { query: 5, key: 0 } } });
    pointer.set(null);
    expect(source.getSnapshot()).toMatchObject({ stale: false, frame: { selection: { query: 0 } } });
  });

  it('does without an optional value that there is none of, and waits until that is known', async () => {
    const { answers, answer, asked, source, show } = started(0, () => [
      { name: 'needed' },
      { name: 'wished', optional: true },
    ]);
    show('t');
    expect(asked).toEqual(['needed#', 'wished#']);
    await answer(0);
    expect(source.getSnapshot()).toMatchObject({ frame: null, stale: true });
    answers[1]!.reject(new ApiError({ code: 'bad-request', message: 'no such value' }));
    await settle();
    const { frame, error } = source.getSnapshot();
    expect(error).toBeNull();
    expect(frame?.matrices.map(({ name }) => name)).toEqual(['needed#']);
  });
});

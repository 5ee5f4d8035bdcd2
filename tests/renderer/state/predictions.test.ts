import { expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/index.ts';
import type { OpenedModel, Prediction } from '../../../electron/api/index.ts';
import { NO_RUN } from '../../../renderer/state/app-state.ts';
import { candidateCount, PredictionCache, shownPosition } from '../../../renderer/state/predictions.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import { openedModel, runResult, settle, tokensOf } from '../support.ts';

const prediction = (position: number): Prediction => ({ kind: 'next-token', position, candidates: [] });
const run = runResult('t', tokensOf('a', 'b', 'c'));

function cacheOf(fetch: (position: number) => Promise<Prediction>) {
  const asked: number[] = [];
  const cache = new PredictionCache((_, position) => {
    asked.push(position);
    return fetch(position);
  });
  return { cache, asked };
}

it('has the predictions of the run without asking', () => {
  const { cache, asked } = cacheOf(() => Promise.reject(new Error('not asked')));
  cache.want(run, null);
  cache.want(run, 2);
  expect(cache.peek(run, null)).toEqual({ status: 'ready', prediction: run.predictions[0] });
  expect(cache.peek(run, 2)).toEqual({ status: 'ready', prediction: run.predictions[0] });
  expect(asked).toEqual([]);
});

it('asks once for another position', async () => {
  const { cache, asked } = cacheOf((position) => Promise.resolve(prediction(position)));
  cache.want(run, 0);
  cache.want(run, 0);
  expect(cache.peek(run, 0)).toEqual({ status: 'pending' });
  await settle();
  cache.want(run, 0);
  expect(cache.peek(run, 0)).toEqual({ status: 'ready', prediction: prediction(0) });
  expect(asked).toEqual([0]);
});

it('asks anew for another run', async () => {
  const { cache, asked } = cacheOf((position) => Promise.resolve(prediction(position)));
  cache.want(run, 0);
  const next = runResult('u', tokensOf('a', 'b'));
  cache.want(next, 0);
  await settle();
  expect(asked).toEqual([0, 0]);
  expect(cache.peek(runResult('v', [], { predictions: [] }), null)).toEqual({ status: 'none' });
  expect(cache.peek(null, 0)).toEqual({ status: 'none' });
});

it('keeps the failure', async () => {
  const { cache } = cacheOf(() => Promise.reject(new ApiError({ code: 'bad-request', message: 'no' })));
  cache.want(run, 1);
  await settle();
  expect(cache.peek(run, 1)).toMatchObject({ status: 'failed', error: { failure: { message: 'no' } } });
});

it('shows the chosen position, else the model’s own, else the query where a text has no mask', () => {
  const at = (head: OpenedModel['head'], own: boolean, position: number | null) => {
    const result = runResult('t', tokensOf('a', 'b', 'c'), own ? {} : { predictions: [] });
    const selection = { ...FIRST_SELECTION, query: 1, position };
    return shownPosition({ ...NO_RUN, result, model: openedModel({ head }) }, selection);
  };
  expect(at('next-token', true, null)).toBeNull();
  expect(at('next-token', true, 0)).toBe(0);
  expect(at('masked-token', false, null)).toBe(1);
  expect(at('masked-token', false, 2)).toBe(2);
  expect(at('masked-token', false, 9)).toBeNull();
  expect(at('classification', true, 2)).toBeNull();
  expect(at('none', false, 2)).toBeNull();
  expect(at('token-classification', true, 2)).toBe(2);
  expect(shownPosition(NO_RUN, FIRST_SELECTION)).toBeNull();
});

it('shows the label of the query, or of the first token where the query has none', () => {
  const predictions = [1, 2].map((position) => ({ kind: 'token-classification' as const, position, candidates: [] }));
  const result = runResult('t', tokensOf('[CLS]', 'a', 'b'), { predictions });
  const shown = (query: number) =>
    shownPosition(
      { ...NO_RUN, result, model: openedModel({ head: 'token-classification' }) },
      { ...FIRST_SELECTION, query, position: null },
    );
  expect([0, 1, 2].map(shown)).toEqual([null, 1, 2]);
});

it('asks for all labels of a model that has more than are listed of a vocabulary', () => {
  expect(candidateCount(null)).toBe(10);
  expect(candidateCount({ labels: ['a', 'b'] })).toBe(10);
  expect(candidateCount({ labels: Array.from({ length: 77 }, String) })).toBe(77);
});

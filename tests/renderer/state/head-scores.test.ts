import { expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/index.ts';
import type { ApiFailure, OpenedModel, ScoredHead } from '../../../electron/api/index.ts';
import { HeadScoreCache } from '../../../renderer/state/head-scores.ts';
import { modelEntry, openedModel, scoredHead, settle } from '../support.ts';

const gpt = openedModel({ entry: modelEntry({ id: 'gpt' }) });
const bert = openedModel({ entry: modelEntry({ id: 'bert' }) });
const gptOnGpu = { ...gpt, device: { id: 'webgpu', state: 'ready' } as const };
const HEADS = [scoredHead(0, 1, { induction: 0.9 })];

/** A cache whose questions a test answers, oldest first. */
function cacheOf() {
  const asked: { model: OpenedModel; answer(heads: ScoredHead[] | null): void; fail(failure: ApiFailure): void }[] = [];
  const cache = new HeadScoreCache(
    (model) =>
      new Promise((resolve, reject) => {
        asked.push({
          model,
          answer: (heads) => resolve({ fraction: heads === null ? 0.5 : 1, heads }),
          fail: (failure) => reject(new ApiError(failure)),
        });
      }),
  );
  return { cache, asked };
}

it('asks once for the open model, tells when the answer comes, and keeps it', async () => {
  const { cache, asked } = cacheOf();
  const versions: number[] = [];
  cache.subscribe(() => versions.push(cache.getSnapshot()));
  cache.setOpen(gpt);
  expect(cache.peek(gpt)).toEqual({ status: 'none' });
  cache.want(gpt);
  cache.want({ ...gpt });
  expect(cache.peek(gpt).status).toBe('pending');
  expect(versions).toEqual([1]);
  asked[0]?.answer(HEADS);
  await settle();
  cache.want(gpt);
  expect(cache.peek(gpt)).toEqual({ status: 'ready', heads: HEADS });
  expect(asked).toHaveLength(1);
  expect(versions).toEqual([1, 2]);
});

it('asks for part after part, until the heads are there or another model is open', async () => {
  const { cache, asked } = cacheOf();
  cache.setOpen(gpt);
  cache.want(gpt);
  expect(cache.peek(gpt)).toMatchObject({ status: 'pending', fraction: 0 });
  asked[0]?.answer(null);
  await settle();
  expect(cache.peek(gpt)).toMatchObject({ status: 'pending', fraction: 0.5 });
  expect(asked).toHaveLength(2);
  cache.setOpen(bert);
  asked[1]?.answer(null);
  await settle();
  expect(asked).toHaveLength(2);
  cache.setOpen(gpt);
  cache.want(gpt);
  asked[2]?.answer(null);
  await settle();
  asked[3]?.answer(HEADS);
  await settle();
  expect(cache.peek(gpt)).toEqual({ status: 'ready', heads: HEADS });
  expect(asked).toHaveLength(4);
});

it('asks nothing about a model that is not open', () => {
  const { cache, asked } = cacheOf();
  cache.want(gpt);
  cache.setOpen(bert);
  cache.want(gpt);
  expect(asked).toEqual([]);
  expect(cache.peek(null)).toEqual({ status: 'none' });
});

it('drops the answer of a model that is no longer open, and asks anew when it is opened again', async () => {
  const { cache, asked } = cacheOf();
  cache.setOpen(gpt);
  cache.want(gpt);
  cache.setOpen(null);
  cache.setOpen(bert);
  cache.want(bert);
  asked[0]?.answer(HEADS);
  await settle();
  expect(cache.peek(gpt)).toEqual({ status: 'none' });
  expect(cache.peek(bert).status).toBe('pending');
  cache.setOpen(gpt);
  cache.want(gpt);
  expect(asked.map(({ model }) => model.entry.id)).toEqual(['gpt', 'bert', 'gpt']);
});

it('does not take a late answer for that of a question asked since', async () => {
  const { cache, asked } = cacheOf();
  cache.setOpen(gpt);
  cache.want(gpt);
  cache.setOpen(bert);
  cache.setOpen(gpt);
  cache.want(gpt);
  asked[0]?.fail({ code: 'cancelled', message: 'old' });
  await settle();
  expect(cache.peek(gpt).status).toBe('pending');
  asked[1]?.answer(HEADS);
  await settle();
  expect(cache.peek(gpt).status).toBe('ready');
});

it('keeps what was measured for each model and device', async () => {
  const { cache, asked } = cacheOf();
  cache.setOpen(gpt);
  cache.want(gpt);
  asked[0]?.answer(HEADS);
  await settle();
  cache.setOpen(gptOnGpu);
  expect(cache.peek(gptOnGpu)).toEqual({ status: 'none' });
  cache.want(gptOnGpu);
  cache.setOpen(gpt);
  cache.want(gpt);
  expect(cache.peek(gpt)).toEqual({ status: 'ready', heads: HEADS });
  expect(asked).toHaveLength(2);
});

it('keeps a failure until it is tried again', async () => {
  const { cache, asked } = cacheOf();
  cache.setOpen(gpt);
  cache.want(gpt);
  asked[0]?.fail({ code: 'internal', message: 'no memory' });
  await settle();
  cache.want(gpt);
  expect(cache.peek(gpt)).toMatchObject({ status: 'failed', error: { failure: { message: 'no memory' } } });
  expect(asked).toHaveLength(1);
  cache.retry(gpt);
  expect(cache.peek(gpt).status).toBe('pending');
  asked[1]?.answer(HEADS);
  await settle();
  cache.retry(gpt);
  expect(cache.peek(gpt).status).toBe('ready');
  expect(asked).toHaveLength(2);
});

it('asks for no more parts after a stop, until it is asked to go on', async () => {
  const { cache, asked } = cacheOf();
  cache.setOpen(gpt);
  cache.want(gpt);
  asked[0]?.answer(null);
  await settle();
  cache.stop(gpt);
  asked[1]?.answer(HEADS);
  await settle();
  cache.want(gpt);
  cache.recover();
  expect(cache.peek(gpt)).toEqual({ status: 'stopped', fraction: 0.5 });
  expect(asked).toHaveLength(2);
  cache.retry(gpt);
  asked[2]?.answer(HEADS);
  await settle();
  expect(cache.peek(gpt)).toEqual({ status: 'ready', heads: HEADS });
});

it('after a restart of the engine forgets what was lost, not what the user stopped', async () => {
  const { cache, asked } = cacheOf();
  for (const [model, code] of [
    [gpt, 'engine-lost'],
    [gpt, 'cancelled'],
  ] as const) {
    cache.setOpen(model);
    cache.want(model);
    asked.at(-1)?.fail({ code, message: code });
    await settle();
    cache.recover();
    expect(cache.peek(model).status).toBe(code === 'cancelled' ? 'failed' : 'none');
  }
});

import { expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/index.ts';
import type { ApiFailure } from '../../../electron/api/index.ts';
import { AskedParts } from '../../../renderer/state/asked-parts.ts';
import { settle } from '../support.ts';

interface Question {
  readonly about: string;
  /** How many parts it takes. */
  readonly parts: number;
}

const HEADS: Question = { about: 'heads', parts: 3 };
const LAYERS: Question = { about: 'layers', parts: 1 };

/** Questions whose parts a test answers, oldest first; a part is the number of parts so far. */
function partsOf() {
  const asked: { question: Question; answer(part: number): Promise<void>; fail(failure: ApiFailure): Promise<void> }[] =
    [];
  const parts = new AskedParts<Question, number>({
    fetch: (question) =>
      new Promise((resolve, reject) => {
        asked.push({
          question,
          answer: (part) => {
            resolve(part);
            return settle();
          },
          fail: (failure) => {
            reject(new ApiError(failure));
            return settle();
          },
        });
      }),
    isLast: (part, { parts: last }) => part === last,
    keyOf: ({ about }) => about,
  });
  return { parts, asked };
}

it('asks for part after part until the last, and tells of every one', async () => {
  const { parts, asked } = partsOf();
  const versions: number[] = [];
  parts.subscribe(() => versions.push(parts.getSnapshot()));
  expect(parts.peek(HEADS)).toEqual({ status: 'none' });
  const before = performance.now();
  parts.want(HEADS);
  const first = parts.peek(HEADS);
  expect(first).toMatchObject({ status: 'pending', part: null });
  const startedAt = first.status === 'pending' ? first.startedAt : NaN;
  expect(startedAt).toBeGreaterThanOrEqual(before);
  await asked[0]?.answer(1);
  expect(parts.peek(HEADS)).toEqual({ status: 'pending', startedAt, part: 1 });
  await asked[1]?.answer(2);
  expect(parts.peek(HEADS)).toEqual({ status: 'pending', startedAt, part: 2 });
  await asked[2]?.answer(3);
  expect(parts.peek(HEADS)).toEqual({ status: 'ready', part: 3 });
  expect(asked).toHaveLength(3);
  expect(versions).toEqual([1, 2, 3, 4]);
});

it('asks one part at a time, and a question once however often it is wanted', async () => {
  const { parts, asked } = partsOf();
  parts.want(HEADS);
  parts.want({ ...HEADS });
  parts.want(LAYERS);
  expect(asked.map(({ question }) => question.about)).toEqual(['heads', 'layers']);
  await asked[1]?.answer(1);
  parts.want(LAYERS);
  expect(asked).toHaveLength(2);
  expect(parts.peek(LAYERS)).toEqual({ status: 'ready', part: 1 });
  expect(parts.peek(HEADS)).toMatchObject({ status: 'pending', part: null });
});

it('after a stop asks for no more parts, keeps the latest and drops the one that comes late', async () => {
  const { parts, asked } = partsOf();
  parts.want(HEADS);
  await asked[0]?.answer(1);
  parts.stop(HEADS);
  expect(parts.peek(HEADS)).toEqual({ status: 'stopped', part: 1 });
  await asked[1]?.answer(2);
  parts.want(HEADS);
  expect(parts.peek(HEADS)).toEqual({ status: 'stopped', part: 1 });
  expect(asked).toHaveLength(2);
});

it('stops only what is under way', async () => {
  const { parts, asked } = partsOf();
  parts.stop(LAYERS);
  expect(parts.peek(LAYERS)).toEqual({ status: 'none' });
  parts.want(LAYERS);
  await asked[0]?.answer(1);
  const version = parts.getSnapshot();
  parts.stop(LAYERS);
  expect(parts.peek(LAYERS)).toEqual({ status: 'ready', part: 1 });
  expect(parts.getSnapshot()).toBe(version);
});

it('asks again after a stop, and does not take the late part for an answer to that', async () => {
  const { parts, asked } = partsOf();
  parts.want(HEADS);
  parts.stop(HEADS);
  parts.again(HEADS);
  expect(parts.peek(HEADS)).toMatchObject({ status: 'pending', part: null });
  await asked[0]?.answer(3);
  expect(parts.peek(HEADS)).toMatchObject({ status: 'pending', part: null });
  await asked[1]?.answer(2);
  expect(asked).toHaveLength(3);
  await asked[2]?.answer(3);
  expect(parts.peek(HEADS)).toEqual({ status: 'ready', part: 3 });
});

it('keeps a failure, with its cause, until it is asked again', async () => {
  const { parts, asked } = partsOf();
  parts.want(HEADS);
  await asked[0]?.answer(1);
  await asked[1]?.fail({ code: 'internal', message: 'no memory' });
  parts.want(HEADS);
  parts.stop(HEADS);
  expect(parts.peek(HEADS)).toMatchObject({ status: 'failed', error: { failure: { message: 'no memory' } } });
  expect(asked).toHaveLength(2);
  parts.again(HEADS);
  expect(parts.peek(HEADS)).toMatchObject({ status: 'pending', part: null });
  await asked[2]?.answer(3);
  expect(parts.peek(HEADS)).toEqual({ status: 'ready', part: 3 });
});

it('asking again for what is there or under way changes nothing', async () => {
  const { parts, asked } = partsOf();
  parts.again(LAYERS);
  parts.again(LAYERS);
  expect(asked).toHaveLength(1);
  await asked[0]?.answer(1);
  parts.again(LAYERS);
  expect(asked).toHaveLength(1);
  expect(parts.peek(LAYERS)).toEqual({ status: 'ready', part: 1 });
});

it('forgets by key and state, drops the late answer of what is forgotten, and can ask it anew', async () => {
  const { parts, asked } = partsOf();
  parts.want(HEADS);
  parts.want(LAYERS);
  await asked[1]?.answer(1);
  const version = parts.getSnapshot();
  parts.forget(() => false);
  expect(parts.getSnapshot()).toBe(version);
  const seen: string[] = [];
  parts.forget((key, { status }) => {
    seen.push(`${key} ${status}`);
    return status === 'pending';
  });
  expect(seen).toEqual(['heads pending', 'layers ready']);
  expect(parts.getSnapshot()).toBe(version + 1);
  await asked[0]?.answer(1);
  expect(parts.peek(HEADS)).toEqual({ status: 'none' });
  expect(parts.peek(LAYERS)).toEqual({ status: 'ready', part: 1 });
  expect(asked).toHaveLength(2);
  parts.want(HEADS);
  expect(asked).toHaveLength(3);
});

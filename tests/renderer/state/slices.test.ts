import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/index.ts';
import type { Slice } from '../../../electron/api/index.ts';
import { SliceCache, decodeSlice } from '../../../renderer/state/slices.ts';
import type { SliceRequest } from '../../../renderer/state/slices.ts';
import { settle } from '../support.ts';

function slice(name: string, head: number | null, values: number[], dims = [1, values.length]): Slice {
  return { name, head, axes: ['query', 'key'], dims, data: Float32Array.from(values).buffer };
}

function cacheOf(answer: (request: SliceRequest) => Promise<Slice>) {
  const asked: string[] = [];
  const lost: string[] = [];
  const fetch = (traceId: string, request: SliceRequest) => {
    asked.push(`${traceId}/${request.name}/${request.head ?? ''}`);
    return answer(request);
  };
  const cache = new SliceCache(fetch, (traceId) => lost.push(traceId));
  return { cache, asked, lost };
}

const pattern = { name: 'decoder.0.self.pattern', head: 1 };

describe('SliceCache', () => {
  it('asks the engine once for each value and head, however often it is wanted', async () => {
    const { cache, asked } = cacheOf(({ name, head }) => Promise.resolve(slice(name, head ?? null, [1, 2])));
    cache.open('t');
    for (let round = 0; round < 3; round += 1) {
      cache.want('t', pattern);
      cache.want('t', { ...pattern, head: 2 });
      cache.want('t', { name: 'embedding.sum' });
      await settle();
    }
    expect(asked).toEqual(['t/decoder.0.self.pattern/1', 't/decoder.0.self.pattern/2', 't/embedding.sum/']);
    const state = cache.peek('t', pattern);
    expect(state?.status === 'ready' && [...state.matrix.data]).toEqual([1, 2]);
  });

  it('is pending until the answer comes, and tells its subscribers then', async () => {
    const { cache } = cacheOf(({ name }) => Promise.resolve(slice(name, 1, [1])));
    let changes = 0;
    cache.open('t');
    cache.subscribe(() => (changes += 1));
    cache.want('t', pattern);
    expect(cache.peek('t', pattern)).toEqual({ status: 'pending' });
    expect(changes).toBe(0);
    await settle();
    expect(changes).toBe(1);
  });

  it('forgets a trace when another is shown, and drops its late answers', async () => {
    let resolve: (value: Slice) => void = () => undefined;
    const { cache } = cacheOf(() => new Promise((done) => (resolve = done)));
    cache.open('old');
    cache.want('old', pattern);
    cache.close('old');
    cache.open('new');
    resolve(slice(pattern.name, 1, [1]));
    await settle();
    expect(cache.peek('old', pattern)).toBeNull();
    expect(cache.peek('new', pattern)).toBeNull();
    cache.want('old', pattern);
    expect(cache.peek('old', pattern)).toBeNull();
  });

  it('keeps a failure, and reports a trace that the engine no longer has', async () => {
    const failure = { code: 'not-found', reason: 'trace-gone', message: 'gone' } as const;
    const { cache, lost } = cacheOf(() => Promise.reject(new ApiError(failure)));
    cache.open('t');
    cache.want('t', pattern);
    await settle();
    expect(cache.peek('t', pattern)).toMatchObject({ status: 'failed', error: { failure } });
    expect(lost).toEqual(['t']);
  });

  it('fails a slice whose numbers do not fill its dims', async () => {
    const { cache, lost } = cacheOf(() => Promise.resolve(slice('x', null, [1, 2, 3], [2, 2])));
    cache.open('t');
    cache.want('t', { name: 'x' });
    await settle();
    const state = cache.peek('t', { name: 'x' });
    expect(state?.status === 'failed' && state.error.message).toBe('invalid slice x: 3 numbers for [2, 2]');
    expect(lost).toEqual([]);
  });

  it('drops the least recently used slices above its capacity', async () => {
    const big = 6 * 1024 * 1024;
    const data = new ArrayBuffer(4 * big);
    const { cache } = cacheOf(({ name }) => Promise.resolve({ name, head: null, axes: ['n'], dims: [big], data }));
    cache.open('t');
    for (const name of ['a', 'b', 'a', 'c']) {
      cache.want('t', { name });
      await settle();
    }
    expect(['a', 'b', 'c'].map((name) => cache.peek('t', { name })?.status)).toEqual(['ready', undefined, 'ready']);
  });
});

it('decodeSlice reads f32 in row-major order', () => {
  expect([...decodeSlice(slice('x', 0, [1, -2, 3, 4], [2, 2])).data]).toEqual([1, -2, 3, 4]);
});

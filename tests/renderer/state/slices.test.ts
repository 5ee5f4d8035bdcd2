import { describe, expect, it } from 'vitest';
import { ApiError, encodeHalf } from '../../../electron/api/index.ts';
import type { Slice } from '../../../electron/api/index.ts';
import { SliceCache, decodeSlice } from '../../../renderer/state/slices.ts';
import type { SliceRequest } from '../../../renderer/state/slices.ts';
import { settle } from '../support.ts';

function slice(name: string, head: number | null, values: number[], dims = [1, values.length]): Slice {
  const data = Float32Array.from(values).buffer;
  return { name, head, axes: ['query', 'key'], dims, rows: null, format: 'f32', data };
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

  it('keeps pictures, exact numbers and rows apart, and takes what is exact and whole for all of them', async () => {
    const { cache, asked } = cacheOf(({ name, head, format = 'f32', rows }) => {
      const values = rows === undefined ? [1, 2, 3, 4] : [3, 4];
      const data = format === 'f16' ? encodeHalf(Float32Array.from(values))!.buffer : Float32Array.from(values).buffer;
      const shape = { axes: ['query', 'key'], dims: [values.length / 2, 2], rows: rows ?? null };
      return Promise.resolve({ name, head: head ?? null, ...shape, format, data });
    });
    const picture = { ...pattern, format: 'f16' } as const;
    const second = { ...pattern, rows: { first: 1, count: 1 } };
    const read = (request: SliceRequest) => {
      const state = cache.peek('t', request);
      return state?.status === 'ready' ? [state.matrix.exact, state.matrix.rows, [...state.matrix.data]] : null;
    };
    cache.open('t');
    for (const request of [picture, second]) cache.want('t', request);
    await settle();
    expect(asked).toHaveLength(2);
    expect([read(picture), read(second), read(pattern)]).toEqual([
      [false, null, [1, 2, 3, 4]],
      [true, { first: 1, count: 1 }, [3, 4]],
      null,
    ]);
    cache.want('t', pattern);
    await settle();
    expect(read(picture)).toEqual([true, null, [1, 2, 3, 4]]);
    const both = { ...pattern, rows: { first: 0, count: 2 } };
    cache.want('t', both);
    expect(read(both)).toEqual([true, { first: 0, count: 2 }, [1, 2, 3, 4]]);
    expect(asked).toHaveLength(3);
  });

  it('drops the least recently used slices above its capacity', async () => {
    const big = 6 * 1024 * 1024;
    const data = new ArrayBuffer(4 * big);
    const shape = { head: null, axes: ['n'], dims: [big], rows: null };
    const { cache } = cacheOf(({ name }) => Promise.resolve({ name, ...shape, format: 'f32', data }));
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

import { describe, expect, it } from 'vitest';
import { KvCache, maskAfter } from '../../../native-models/generate/cache.ts';
import type { StackInfo } from '../../../native-models/index.ts';

const stack: StackInfo = {
  name: 'decoder',
  sites: ['self'],
  layers: 2,
  heads: 2,
  dHead: 3,
  hidden: 6,
  causal: true,
};
const names = ['decoder.0.self.k', 'decoder.0.self.v', 'decoder.1.self.k', 'decoder.1.self.v'];
/** Numbers that say which value, head, token and dimension they are of. */
const numberOf = (value: number, head: number, token: number, dim: number) =>
  value * 1e6 + head * 1e4 + token * 10 + dim;
const rows = (first: number, count: number) => ({
  count,
  values: new Map(
    names.map((name, value) => {
      const data = [0, 1].flatMap((head) =>
        Array.from({ length: count * 3 }, (_, at) => numberOf(value, head, first + Math.floor(at / 3), at % 3)),
      );
      return [name, Float32Array.from(data)];
    }),
  ),
});

function expectTokens(cache: KvCache, tokens: number): void {
  expect(cache.tokens).toBe(tokens);
  const feeds = cache.feeds();
  expect(Object.keys(feeds).sort()).toEqual(names.map((name) => name.replace(/\.(\w)$/u, '.past.$1')).sort());
  names.forEach((name, value) => {
    const feed = feeds[name.replace(/\.(\w)$/u, '.past.$1')]!;
    expect(feed.dims).toEqual([1, 2, cache.room, 3]);
    for (let head = 0; head < 2; head++) {
      for (let token = 0; token < tokens; token++) {
        const at = (head * cache.room + token) * 3;
        expect(Array.from(feed.data as Float32Array).slice(at, at + 3)).toEqual(
          [0, 1, 2].map((dim) => numberOf(value, head, token, dim)),
        );
      }
    }
  });
}

describe('KvCache', () => {
  it('keeps rows in their places while it grows, is cut, and grows again', () => {
    const cache = new KvCache(stack);
    expectTokens(cache, 0);
    for (const [count, then] of [
      [60, 60],
      [3, 63],
      [1, 64],
      [1, 65],
      [100, 165],
    ] as const) {
      cache.add(rows(then - count, count));
      expectTokens(cache, then);
    }
    cache.truncate(64);
    expectTokens(cache, 64);
    cache.add(rows(64, 2));
    expectTokens(cache, 66);
    cache.truncate(0);
    expectTokens(cache, 0);
  });

  it('has room that depends on its tokens alone', () => {
    const roomAt = (tokens: number) => {
      const cache = new KvCache(stack);
      cache.add(rows(0, 200));
      cache.truncate(tokens);
      return cache.room;
    };
    expect([0, 1, 64, 65, 128, 129].map(roomAt)).toEqual([64, 64, 64, 128, 128, 192]);
  });

  it('refuses rows of another size, and to be cut longer', () => {
    const cache = new KvCache(stack);
    expect(() => cache.add({ count: 2, values: rows(0, 1).values })).toThrow('invalid rows');
    expect(() => cache.truncate(1)).toThrow('invalid length');
  });
});

it('maskAfter hides free places and tokens to come', () => {
  const { data, dims } = maskAfter({ tokens: 2, room: 4 }, 3);
  const hidden = -Infinity;
  expect(dims).toEqual([1, 1, 3, 7]);
  expect(Array.from(data)).toEqual([
    ...[0, 0, hidden, hidden, 0, hidden, hidden],
    ...[0, 0, hidden, hidden, 0, 0, hidden],
    ...[0, 0, hidden, hidden, 0, 0, 0],
  ]);
});

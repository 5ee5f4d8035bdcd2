import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SliceCache } from '../../../renderer/state/slices.ts';
import type { SliceRequest } from '../../../renderer/state/slices.ts';
import { HeadTiles } from '../../../renderer/views/heads-tiles.ts';
import type { TileSource } from '../../../renderer/views/heads-tiles.ts';

interface Asked {
  readonly head: number;
  answer(): void;
  fail(): void;
}

/** A cache whose answers a test gives, and a source of `tokens`² patterns. */
function setUp(tokens = 4) {
  const asked: Asked[] = [];
  const slices = new SliceCache((_, request: SliceRequest) => {
    const head = request.head ?? -1;
    const data = new Float32Array(tokens * tokens).fill(head / 100).buffer;
    const slice = {
      name: request.name,
      head,
      axes: ['query', 'key'],
      dims: [tokens, tokens],
      rows: null,
      format: 'f32',
      data,
    };
    return new Promise<never>((resolve, reject) => {
      asked.push({ head, answer: () => resolve(slice as never), fail: () => reject(new Error('no')) });
    });
  });
  slices.open('run');
  slices.open('other');
  const painted: number[] = [];
  const tiles = new HeadTiles(slices, (matrix, side) => {
    painted.push(Math.round(100 * matrix[0]!));
    return [{ cells: side, block: 1, values: matrix, image: null as never }];
  });
  const source = (traceId: string): TileSource => ({
    traceId,
    tokens,
    pooled: 2,
    requestOf: (head) => ({ name: 'decoder.0.self.pattern', head }),
    scaleOf: () => null as never,
  });
  return { asked, slices, painted, tiles, source };
}

const rest = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('HeadTiles', () => {
  it('asks once the view is at rest, two at a time, in the order given', async () => {
    const { asked, tiles, source } = setUp();
    const stop = tiles.start();
    tiles.setSource(source('run'));
    tiles.want([9, 8]);
    await rest(60);
    tiles.want([3, 1, 2]);
    await rest(60);
    expect(asked).toEqual([]);
    await rest(60);
    expect(asked.map(({ head }) => head)).toEqual([3, 1]);
    expect(tiles.waiting).toBe(3);
    asked[0]!.answer();
    await rest(10);
    expect(asked.map(({ head }) => head)).toEqual([3, 1, 2]);
    expect(tiles.get(3)?.matrix.data[0]).toBeCloseTo(0.03, 6);
    expect(tiles.get(1)).toBeNull();
    asked[1]!.answer();
    asked[2]!.answer();
    await rest(10);
    expect(tiles.waiting).toBe(0);
    stop();
  });

  it('tells when one has come, and asks for none twice', async () => {
    const { asked, painted, tiles, source } = setUp();
    const stop = tiles.start();
    tiles.setSource(source('run'));
    const told = vi.fn();
    tiles.subscribe(told);
    tiles.want([5]);
    await rest(150);
    const before = told.mock.calls.length;
    asked[0]!.answer();
    await rest(10);
    expect(told.mock.calls.length).toBeGreaterThan(before);
    tiles.want([6]);
    tiles.want([5]);
    await rest(300);
    expect(asked.map(({ head }) => head)).toEqual([5]);
    expect(painted).toEqual([5]);
    stop();
  });

  it('goes on after one that failed, and does not ask for it again', async () => {
    const { asked, tiles, source } = setUp();
    const stop = tiles.start();
    tiles.setSource(source('run'));
    tiles.want([1, 2, 3]);
    await rest(150);
    asked[0]!.fail();
    await rest(10);
    expect(asked.map(({ head }) => head)).toEqual([1, 2, 3]);
    expect(tiles.waiting).toBe(2);
    await rest(1000);
    expect(asked).toHaveLength(3);
    stop();
  });

  it('keeps no more cells than there is room for, and those that are wanted', async () => {
    // 2,048² cells are half of the room.
    const { asked, tiles, source } = setUp(2048);
    const stop = tiles.start();
    tiles.setSource(source('run'));
    for (const heads of [
      [1, 2, 3],
      [4, 5],
    ]) {
      tiles.want(heads);
      await rest(150);
      for (const each of asked) each.answer();
      await rest(50);
    }
    expect(asked.map(({ head }) => head)).toEqual([1, 2, 4, 5]);
    expect([1, 2, 4, 5].filter((head) => tiles.get(head) !== null)).toEqual([4, 5]);
    stop();
  });

  it('paints again in other colours, and forgets the patterns of another run', async () => {
    const { asked, painted, tiles, source } = setUp();
    const stop = tiles.start();
    tiles.setSource(source('run'));
    tiles.want([7]);
    await rest(150);
    asked[0]!.answer();
    await rest(10);
    tiles.setSource(source('run'));
    expect(painted).toEqual([7, 7]);
    tiles.setSource(source('other'));
    expect(tiles.get(7)).toBeNull();
    stop();
  });

  it('does nothing once it is stopped', async () => {
    const { asked, tiles, source } = setUp();
    const stop = tiles.start();
    tiles.setSource(source('run'));
    tiles.want([1]);
    stop();
    await rest(500);
    expect(asked).toEqual([]);
  });
});

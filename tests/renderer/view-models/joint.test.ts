import { describe, expect, it } from 'vitest';
import { THEMES } from '../../../renderer/figures/theme.ts';
import type { FoundHeads } from '../../../renderer/state/head-vectors.ts';
import { jointColours } from '../../../renderer/view-models/joint-colours.ts';
import { jointLines } from '../../../renderer/view-models/joint-lines.ts';
import {
  jointData,
  jointInput,
  jointPairs,
  jointPoints,
  jointSet,
  pointAt,
} from '../../../renderer/view-models/joint.ts';
import { tokensOf } from '../support.ts';

const CAUSAL = Uint8Array.from([1, 0, 1, 1]);
const found: FoundHeads = [
  {
    ...{ text: 'the bank', tokens: null, sees: CAUSAL, pattern: new Float32Array([1, 0, 0.25, 0.75]) },
    ...{ q: new Float32Array([1, 0, 0, 2]), k: new Float32Array([3, 1, 1, 4]) },
  },
  { text: 'much too long', failure: { code: 'bad-text', message: 'too long' } },
  {
    ...{ text: 'sea', tokens: tokensOf('sea'), sees: new Uint8Array([1]), pattern: new Float32Array([1]) },
    ...{ q: new Float32Array([5, 5]), k: new Float32Array([-1, 0]) },
  },
];
const set = jointSet(found, tokensOf('the', 'bank'), { place: 'here', key: 'run' });
const NONE = { shift: new Float64Array(2), c: 1 };

describe('queries and keys together', () => {
  it('are all of the texts that could be read, queries first', () => {
    expect([...set.queries.data]).toEqual([1, 0, 0, 2, 5, 5]);
    expect([...set.keys.data]).toEqual([3, 1, 1, 4, -1, 0]);
    expect(jointPoints(set).map(({ kind, sentence, position }) => [kind, sentence, position])).toEqual([
      ['query', 0, 0],
      ['query', 0, 1],
      ['query', 1, 0],
      ['key', 0, 0],
      ['key', 0, 1],
      ['key', 1, 0],
    ]);
    expect(pointAt(set, { kind: 'key', sentence: 1, position: 0 })).toBe(5);
    expect(pointAt(set, { kind: 'key', sentence: 1, position: 1 })).toBeNull();
  });

  it('see each other within a sentence, where the mask lets them', () => {
    const { sees } = jointInput(set);
    const seen = [0, 1, 2].map((query) => [0, 1, 2].filter((key) => sees(query, key)));
    expect(seen).toEqual([[0], [0, 1], [2]]);
  });

  it('pair a query with its keys, and a key with its queries, the largest weight first', () => {
    expect(jointPairs(set, NONE, 1)).toEqual([
      { point: 4, weight: 0.75, distance: Math.sqrt(5), score: 8 },
      { point: 3, weight: 0.25, distance: Math.sqrt(10), score: 2 },
    ]);
    expect(jointPairs(set, NONE, 3).map(({ point, weight }) => [point, weight])).toEqual([
      [0, 1],
      [1, 0.25],
    ]);
    expect(jointPairs(set, NONE, 4).map(({ point }) => point)).toEqual([1]);
  });

  it('lie as far from each other as the changed vectors do, with the scores as they were', () => {
    const [first] = jointPairs(set, { shift: new Float64Array([1, 0]), c: 2 }, 1);
    // q·2 = (0, 4); (k + s) ÷ 2 = (1, 2)
    expect(first).toMatchObject({ point: 4, distance: Math.sqrt(5), score: 8 });
  });

  it('are rows of data', () => {
    const coordinates = Float32Array.from({ length: 12 }, (_, at) => at);
    expect(jointData(set, coordinates, 2)[5]).toEqual({
      ...{ point: 5, kind: 'key', sentence: 1, text: 'sea', position: 0, token: 'sea', x: 10, y: 11 },
    });
  });

  it('draw stronger lines for larger weights, and none for hardly any', () => {
    const pair = (point: number, weight: number) => ({ point, weight, distance: 1, score: 1 });
    const lines = jointLines([pair(1, 0.9), pair(2, 0.1), pair(3, 0.001)]);
    expect(lines.map(({ point }) => point)).toEqual([1, 2]);
    expect(lines[0]!.width).toBeGreaterThan(lines[1]!.width);
    expect(lines[0]!.opacity).toBeGreaterThan(lines[1]!.opacity);
  });
});

describe('colours of queries and keys', () => {
  const words = {
    ...{ query: 'query', key: 'key', others: (count: number) => `${count} others` },
    ...{ sentence: (at: number) => `sentence ${at}`, position: (at: number) => `token ${at}` },
  };
  const theme = THEMES.light;

  it('are theirs everywhere, with a shape each', () => {
    const { colours, shapes, items } = jointColours(jointPoints(set), 'kind', theme, words);
    expect(colours).toEqual([theme.query, theme.query, theme.query, theme.key, theme.key, theme.key]);
    expect([...shapes]).toEqual([0, 0, 0, 1, 1, 1]);
    expect(items.map(({ label }) => label)).toEqual(['query', 'key']);
  });

  it('tell sentences apart and keep the shapes', () => {
    const { colours, shapes, items } = jointColours(jointPoints(set), 'sentence', theme, words);
    expect(colours[0]).toBe(colours[3]);
    expect(colours[0]).not.toBe(colours[2]);
    expect([...shapes]).toEqual([0, 0, 0, 1, 1, 1]);
    expect(items.map(({ label }) => label)).toEqual(['query', 'key', 'sentence 0', 'sentence 1']);
  });

  it('never repeat: names without one are grey and counted', () => {
    const points = Array.from({ length: 15 }, (_, at) => ({
      ...{ kind: 'query' as const, sentence: 0, position: at, label: `t${at}` },
    }));
    const { colours, items } = jointColours(points, 'token', theme, words);
    expect(new Set(colours).size).toBe(11);
    expect(items.at(-1)).toEqual({ label: '5 others', colour: theme.grey, shape: null });
  });
});

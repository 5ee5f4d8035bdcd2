import { describe, expect, it } from 'vitest';
import type { Token } from '../../../electron/api/index.ts';
import {
  nearPoints,
  pointOfToken,
  pointsNamed,
  pointText,
  projectionData,
  sentencePoints,
  tokenPoints,
} from '../../../renderer/view-models/projector.ts';
import type { ReadText } from '../../../renderer/view-models/projector.ts';

const token = (index: number, id: number, text: string): Token => ({
  ...{ index, id, piece: text, text, startsWord: true, special: false, part: 0, start: 0, end: 1 },
});
const texts: readonly ReadText[] = [
  {
    sentence: 0,
    text: 'the bank',
    tokens: [token(0, 5, 'the'), token(1, 9, ' bank')],
    states: [new Float32Array([1, 0, 0, 1]), new Float32Array([2, 0, 0, 2])],
  },
  {
    sentence: 1,
    text: 'bank',
    tokens: [token(0, 9, ' bank')],
    states: [new Float32Array([0, 3]), new Float32Array([-1, 4])],
  },
];
const LAYERS = [-1, 0];

describe('points of the projector', () => {
  const points = tokenPoints(texts, LAYERS);

  it('are every token of every text at every depth', () => {
    expect([points.count, points.dims]).toEqual([6, 2]);
    expect([...points.data]).toEqual([1, 0, 0, 1, 2, 0, 0, 2, 0, 3, -1, 4]);
    expect(points.meanings.map(({ sentence, layer, position }) => [sentence, layer, position])).toEqual([
      [0, -1, 0],
      [0, -1, 1],
      [0, 0, 0],
      [0, 0, 1],
      [1, -1, 0],
      [1, 0, 0],
    ]);
  });

  it('of sentences are means, or first tokens', () => {
    expect([...sentencePoints(texts, [-1, 0], 'mean').data]).toEqual([0.5, 0.5, 1, 1, 0, 3, -1, 4]);
    expect([...sentencePoints(texts, [-1, 0], 'first').data]).toEqual([1, 0, 2, 0, 0, 3, -1, 4]);
  });

  it('have neighbours in the space before projection', () => {
    const near = nearPoints(points, [1], 2);
    expect(near.map(({ point }) => point)).toEqual([3, 4]);
    expect(near[0]?.cosine).toBeCloseTo(1, 12);
  });

  it('have neighbours of their mean, without themselves', () => {
    // (1, 0) and (0, 3): their mean is (0.5, 1.5).
    const near = nearPoints(points, [0, 4], 3);
    expect(near.map(({ point }) => point)).toEqual([1, 3, 5]);
    expect(near[0]?.cosine).toBeCloseTo(1.5 / Math.hypot(0.5, 1.5), 7);
    expect(nearPoints(points, [0, 1, 2, 3, 4, 5], 3)).toEqual([]);
  });

  it('are found by a token of the typed sentence, at the last depth, and by a part of their names', () => {
    expect(pointOfToken(points.meanings, 1)).toBe(3);
    expect(pointOfToken(points.meanings, 7)).toBeNull();
    expect(pointsNamed(points.meanings, 'BAN')).toEqual([1, 3, 4, 5]);
    expect(pointsNamed(points.meanings, ' ')).toEqual([]);
  });

  it('are said with their coordinates', () => {
    const words = Object.assign(
      (key: string, values?: Record<string, string | number>) => [key, ...Object.values(values ?? {})].join(' '),
      { has: () => true },
    );
    const projection = { coordinates: Float32Array.from({ length: 12 }, (_, at) => at), components: 2 } as const;
    expect(pointText(points.meanings[1], projection, 1, words)).toBe(
      '“␣bank” (2.000, 3.000) · projector.position 1 · projector.entering · projector.sentenceOf 0',
    );
    expect(pointText(undefined, projection, 9, words)).toBe('');
  });

  it('are rows of data with their coordinates', () => {
    const rows = projectionData(
      points,
      Float32Array.from({ length: 12 }, (_, at) => at),
      2,
    );
    expect(rows[5]).toEqual({
      ...{ point: 5, label: '␣bank', sentence: 1, position: 0, layer: 0, part: 'first', id: 9, x: 10, y: 11 },
    });
  });
});

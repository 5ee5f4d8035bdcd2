import { describe, expect, it } from 'vitest';
import { decodeSlice } from '../../../renderer/state/slices.ts';
import {
  EXAMPLE_STATIONS,
  exampleModel,
  exampleRun,
  exampleSlice,
  stationsOf,
} from '../../../renderer/state/worked-example.ts';
import { cellNumbers, products, row } from '../../../renderer/view-models/inspector.ts';
import { statisticOf } from '../../../renderer/view-models/heads.ts';
import { stationSlices } from '../../../renderer/view-models/names.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import { dimensionProducts, sumOf, walkNumbers, weighted } from '../../../renderer/view-models/walk.ts';

const value = (name: string) => decodeSlice(exampleSlice({ name: `encoder.0.self.${name}`, head: 0 }));
const matrices = {
  scores: value('scores'),
  scaled: value('scaled'),
  masked: value('masked'),
  pattern: value('pattern'),
};

describe('the slide’s six numbers', () => {
  const first = cellNumbers(matrices, 0, 0)!;
  const second = cellNumbers(matrices, 0, 1)!;

  it('q₁·k₁ = 112 and q₁·k₂ = 96', () => {
    expect(first.score).toBe(112);
    expect(second.score).toBe(96);
  });

  it('÷ √64 = 14 and 12', () => {
    expect(first.scaled).toBe(14);
    expect(second.scaled).toBe(12);
  });

  it('softmax 0.88 and 0.12', () => {
    expect(first.weight.toFixed(2)).toBe('0.88');
    expect(second.weight.toFixed(2)).toBe('0.12');
    expect(first.weight).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
  });

  it('come from vectors of 64 small whole numbers', () => {
    const [q, k, v] = ['q', 'k', 'v'].map(value);
    for (const matrix of [q!, k!, v!]) {
      expect(matrix.dims).toEqual([2, 64]);
      expect(matrix.data.every((entry) => Number.isInteger(entry) && Math.abs(entry) <= 3)).toBe(true);
    }
    for (const key of [0, 1]) {
      const score = cellNumbers(matrices, 0, key)!.score;
      expect(products(row(q!, 0), row(k!, key)).reduce((sum, part) => sum + part, 0)).toBe(score);
      expect(dimensionProducts(row(q!, 0), row(k!, key), score, 'size').sum).toBe(score);
    }
  });

  it('lead to z, the weighted sum of the values', () => {
    const numbers = walkNumbers(matrices, 0, 0)!;
    const sum = sumOf(numbers.rows.map(({ key, weight }) => weighted(row(value('v'), key), weight)));
    row(value('context'), 0).forEach((entry, index) => expect(entry).toBeCloseTo(sum[index]!, 5));
  });
});

describe('the example as a trace', () => {
  it('answers every station that it shows, and no other value', () => {
    for (const station of EXAMPLE_STATIONS) {
      for (const slice of stationSlices({ ...FIRST_SELECTION, stack: 'encoder', station })) {
        expect(exampleSlice(slice).name).toBe(slice.name);
      }
    }
    expect(() => exampleSlice({ name: 'embedding.sum' })).toThrow('The worked example has no value embedding.sum.');
    expect(() => exampleSlice({ name: 'encoder.0.self.q', head: 1 })).toThrow('no value');
  });

  it('has the statistics of its own weights', () => {
    const [summary] = exampleRun('x').summaries;
    const [w, u] = [matrices.pattern.data[0]!, matrices.pattern.data[3]!];
    expect(statisticOf(summary!, 0, 0, 'self')).toBeCloseTo((w + u) / 2, 6);
    expect(statisticOf(summary!, 0, 0, 'first')).toBeCloseTo((w + matrices.pattern.data[2]!) / 2, 6);
  });

  it('is two tokens in one head of 64 dimensions', () => {
    expect(exampleRun('x').tokens.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['Thinking', 0, 8],
      ['Machines', 9, 17],
    ]);
    expect(exampleModel('x').stacks).toMatchObject([{ layers: 1, heads: 1, dHead: 64 }]);
    expect(stationsOf(true)).toBe(EXAMPLE_STATIONS);
    expect(stationsOf(false)).toHaveLength(12);
  });
});

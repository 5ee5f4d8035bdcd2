import { describe, expect, it } from 'vitest';
import {
  exponent,
  generationRows,
  interventionRows,
  keptRows,
  memoryRows,
  openRows,
  rankingRows,
  runRows,
  runTarget,
  table,
} from './rows.ts';
import { median } from './task.ts';

describe('rows of the bench', () => {
  it('runRows gives ratios to the plain forward and the seconds they come from', () => {
    const rows = runRows('m', 512, { plain: 2, traced: 3, slice: 0.1, opened: 0.2, bytes: 512 * 512 * 2.2 });
    expect(rows.map(({ value }) => value)).toEqual([1.5, 0.05, 0.1, 1.1, 2, 3, 0.1, 0.2]);
    expect(rows.map(({ target }) => target)).toEqual([1.6, 0.25, 0.15, 1.1, null, null, null, null]);
    expect(runRows('m', 256, { plain: 2, traced: 3, slice: 0.1, opened: 0.2, bytes: 9 })[3]).toMatchObject({
      target: null,
    });
    expect(new Set(rows.map(({ tokens, model }) => `${model} ${tokens}`))).toEqual(new Set(['m 512']));
  });

  it('runTarget is 1.25 to 256 tokens, 1.6 to 512, 2 to 1,024, none beyond', () => {
    expect([16, 256, 257, 512, 513, 1024, 1025].map(runTarget)).toEqual([1.25, 1.25, 1.6, 1.6, 2, 2, null]);
  });

  it('interventionRows divides by the plain forward, rankingRows by one a head', () => {
    const [ratio, seconds] = interventionRows('m', 64, { plain: 2, intervened: 3 });
    expect([ratio?.value, ratio?.target, seconds?.value]).toEqual([1.5, 1.3, 3]);
    expect(interventionRows('m', 32, { plain: 2, intervened: 3 })[0]).toMatchObject({ target: null });
    const [forwards] = rankingRows('m', 32, { plain: 2, ranking: 144, heads: 144 });
    expect([forwards?.value, forwards?.target]).toEqual([0.5, 1]);
  });

  it('generationRows divides a step by the traced run and by the plain forward of all tokens', () => {
    const measures = { plain: 2, traced: 2.5, step: 0.5 };
    const [full, plain, seconds] = generationRows('m', 256, measures);
    expect([full?.value, full?.target, seconds?.value]).toEqual([0.2, null, 0.5]);
    expect([plain?.value, plain?.target]).toEqual([0.25, 0.1]);
    expect(generationRows('m', 64, measures)[1]).toMatchObject({ target: null });
  });

  it('openRows and memoryRows divide by the file', () => {
    expect(openRows('m', { open: 3, read: 2 })[0]).toMatchObject({ value: 1.5, tokens: null, unit: 'ratio' });
    expect(memoryRows('m', 64, { peak: 30, weights: 20 })[0]).toMatchObject({ value: 1.5, target: 1.6 });
    expect(memoryRows('m', 512, { peak: 30, weights: 20 })[0]).toMatchObject({ target: null });
    expect(memoryRows('m', 1024, { peak: 3.5e9, weights: 5e8 })[1]).toMatchObject({ value: 2, target: 1 });
  });

  it('keptRows says how what is kept grows, and what it is', () => {
    const [growth, ...bytes] = keptRows(
      'm',
      [64, 256].map((tokens) => [tokens, 100 * tokens] as const),
    );
    expect(growth).toMatchObject({ tokens: null, target: 1.05 });
    expect(growth?.value).toBeCloseTo(1, 10);
    expect(bytes.map(({ tokens, value }) => [tokens, value])).toEqual([
      [64, 6400],
      [256, 25600],
    ]);
  });

  it('exponent finds the power of the tokens', () => {
    const points = (power: number) => [64, 128, 512].map((tokens) => [tokens, 3 * tokens ** power] as const);
    expect(exponent(points(1))).toBeCloseTo(1, 10);
    expect(exponent(points(2))).toBeCloseTo(2, 10);
    expect(exponent([[64, 1]])).toBeNaN();
  });

  it('median takes the middle, or the mean of the two in the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, NaN]);
  });

  it('table marks a missed target and aligns its columns', () => {
    const lines = table(runRows('m', 16, { plain: 1, traced: 1.3, slice: 0.2, opened: 0.1, bytes: 512 })).split('\n');
    expect(lines[1]).toMatch(/1\.30 {2}ratio {2}≤ 1\.25 {2}missed$/);
    expect(lines[2]).toMatch(/≤ 0\.25$/);
  });
});

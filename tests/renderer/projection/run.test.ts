import { describe, expect, it } from 'vitest';
import { runProjection } from '../../../renderer/projection/run.ts';
import { DEFAULT_SETTINGS } from '../../../renderer/projection/types.ts';
import type { Progress } from '../../../renderer/projection/types.ts';
import { clusters, randomPoints } from './support.ts';

const points = clusters(3, 20, 10);
const quick = { ...DEFAULT_SETTINGS, iterations: 250 };

describe.each(['umap', 'tsne'] as const)('%s', (method) => {
  it('keeps clusters apart, the same for the same seed', async () => {
    const { coordinates, preservation } = await runProjection(points, { ...quick, method, seed: 4 });
    const near = (a: number, b: number) =>
      Math.hypot(coordinates[2 * a]! - coordinates[2 * b]!, coordinates[2 * a + 1]! - coordinates[2 * b + 1]!);
    for (let point = 0; point < 60; point += 1) {
      const others = Array.from({ length: 60 }, (_, at) => at).filter((at) => at !== point);
      const closest = others.reduce((best, at) => (near(point, at) < near(point, best) ? at : best));
      expect(Math.floor(closest / 20)).toBe(Math.floor(point / 20));
    }
    expect(preservation.trustworthiness).toBeGreaterThan(0.85);
    expect((await runProjection(points, { ...quick, method, seed: 4 })).coordinates).toEqual(coordinates);
    expect((await runProjection(points, { ...quick, method, seed: 5 })).coordinates).not.toEqual(coordinates);
  });
});

describe('a projection', () => {
  it('of many points tells rising progress in each stage, and is stopped', async () => {
    const told: Progress[] = [];
    const stopped = runProjection(
      randomPoints(10_001, 60),
      { ...quick, method: 'umap' },
      (progress) => told.push(progress),
      () => told.at(-1)?.stage === 'neighbours',
    );
    await expect(stopped).rejects.toMatchObject({ code: 'stopped' });
    const reduce = told.filter(({ stage }) => stage === 'reduce').map(({ fraction }) => fraction);
    expect(reduce.length).toBeGreaterThan(1);
    expect(reduce).toEqual([...reduce].sort((a, b) => a - b));
    expect(reduce.filter((fraction) => fraction === 0)).toHaveLength(1);
  });

  it.each([
    ['method', 'mds'],
    ['components', 4],
    ['seed', -1],
    ['neighbours', 1],
    ['minDist', 2],
    ['perplexity', 0.5],
    ['iterations', 0],
  ])('refuses %s %s', async (name, value) => {
    const run = runProjection(points, { ...DEFAULT_SETTINGS, [name]: value });
    await expect(run).rejects.toMatchObject({ code: 'invalid-setting', message: `invalid ${name}: ${value}` });
  });

  it('refuses too few points, and numbers that are not finite', async () => {
    const few = runProjection(randomPoints(3, 4), { ...quick, method: 'tsne' });
    await expect(few).rejects.toThrow('t-SNE takes 4 points or more; there are 3.');
    const data = randomPoints(3, 4).data;
    data[6] = NaN;
    const broken = runProjection({ data, count: 3, dims: 4 }, DEFAULT_SETTINGS);
    await expect(broken).rejects.toThrow('number 2 of point 1 is NaN');
  });
});

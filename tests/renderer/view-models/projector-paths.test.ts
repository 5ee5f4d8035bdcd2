import { describe, expect, it } from 'vitest';
import { THEMES } from '../../../renderer/figures/theme.ts';
import type { PointMeaning, ProjectedPoints } from '../../../renderer/state/projected-points.ts';
import { MOST_PATHS, pathData, pathLooks, tokenPaths } from '../../../renderer/view-models/projector-paths.ts';

const place = (sentence: number, position: number, layer: number, id: number): PointMeaning => ({
  ...{ label: String(id), sentence, position, layer, part: 'first', id },
});
/** Two sentences at two depths: tokens 5 and 9, then 9. */
const POINTS: ProjectedPoints = {
  data: new Float32Array([1, 0, 0, 1, 2, 0, 0, 2, 0, 3, 3, 4]),
  count: 6,
  dims: 2,
  meanings: [
    place(0, 0, -1, 5),
    place(0, 1, -1, 9),
    place(0, 0, 0, 5),
    place(0, 1, 0, 9),
    place(1, 0, -1, 9),
    place(1, 0, 0, 9),
  ],
};

describe('paths of a token', () => {
  it('go through the depths, one a place, the chosen one first, with their cosines to it', () => {
    const { paths, layers, more } = tokenPaths(POINTS, 5);
    expect(layers).toEqual([-1, 0]);
    expect(more).toBe(0);
    expect(paths.map(({ sentence, position, points }) => [sentence, position, points])).toEqual([
      [1, 0, [4, 5]],
      [0, 1, [1, 3]],
    ]);
    expect(paths[0]?.cosines).toEqual([1, 1]);
    expect(paths[1]?.cosines[0]).toBeCloseTo(1, 12);
    expect(paths[1]?.cosines[1]).toBeCloseTo(0.8, 12);
  });

  it('are none of nothing, of what is no token, and of one depth', () => {
    expect(tokenPaths(POINTS, null).paths).toEqual([]);
    const flat = { ...POINTS, count: 1, meanings: POINTS.meanings.slice(0, 1) };
    expect(tokenPaths(flat, 0).paths).toEqual([]);
    const sentence = { ...POINTS, meanings: POINTS.meanings.map((each) => ({ ...each, position: null })) };
    expect(tokenPaths(sentence, 0).paths).toEqual([]);
  });

  it('look different from each other, and say how many are left out', () => {
    const many = 14;
    const meanings = Array.from({ length: many * 2 }, (_, at) => place(0, at % many, at < many ? -1 : 0, 9));
    const paths = tokenPaths({ data: new Float32Array(many * 4).fill(1), count: many * 2, dims: 2, meanings }, 3);
    expect(paths.paths).toHaveLength(MOST_PATHS);
    expect(paths.more).toBe(many - MOST_PATHS);
    const looks = pathLooks(paths, THEMES.dark, (layer) => `L${layer}`);
    expect(new Set(looks.map(({ colour, dash }) => `${colour} ${dash?.join(' ') ?? ''}`)).size).toBe(MOST_PATHS);
    expect(looks[0]?.words).toEqual(['L-1', 'L0']);
    expect(pathData(paths)).toHaveLength(2 * MOST_PATHS);
  });
});

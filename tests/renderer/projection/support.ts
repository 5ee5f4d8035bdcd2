/** Points for the tests of projections. */
import path from 'node:path';
import { normal, seededRandom } from '../../../renderer/projection/random.ts';
import type { Points } from '../../../renderer/projection/types.ts';
import { fixtures } from '../../support/fixtures.ts';
import { readNpz } from '../../support/npz.ts';

const arrays = readNpz(path.join(fixtures, 'projection.npz'));

export function reference(name: string): Points {
  const { data, dims } = arrays.get(name)!;
  return { data: data as Float32Array, count: dims[0]!, dims: dims[1] ?? 1 };
}

export function randomPoints(count: number, dims: number, seed = 1): Points {
  const random = seededRandom(seed);
  return { data: Float32Array.from({ length: count * dims }, () => normal(random)), count, dims };
}

/** `of` points after one another in each cluster, which are far from each other. */
export function clusters(groups: number, of: number, dims: number): Points {
  const { data, count } = randomPoints(groups * of, dims);
  return { data: data.map((value, at) => value + (at % dims === Math.floor(at / dims / of) ? 40 : 0)), count, dims };
}

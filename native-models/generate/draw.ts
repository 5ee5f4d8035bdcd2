/** Random numbers by place: the n-th of a seed is the same whenever and however often it is asked for. */
import { seededRandom } from '../heads/random.ts';

/** What mulberry32 adds to its state at every number. */
const STEP = 0x6d2b79f5;

/**
 * The `index`-th number, from 0, of the mulberry32 generator (Ettinger 2017) started with `seed`: in [0, 1), a multiple of 2⁻³².
 * Its state only ever grows by a constant, so that any of its numbers can be had without those before.
 */
export function drawAt(seed: number, index: number): number {
  return seededRandom((seed + Math.imul(index, STEP)) >>> 0)();
}

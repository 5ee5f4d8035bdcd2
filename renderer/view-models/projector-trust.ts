/** What a neighbour-preservation score says, beside what chance alone would keep. */
import type { Preservation } from '../projection/types.ts';

export interface Trust {
  /** The share of neighbours that points thrown down at random would keep. */
  readonly chance: number;
  /** How far the score is from chance to all. */
  readonly level: 'high' | 'middle' | 'low';
}

/** From chance to all, the share from which a picture counts as faithful, and from which as partly so: a rule of thumb of ours. */
const LEVELS = { high: 0.7, middle: 0.35 } as const;

/** @param count of all points */
export function trustOf({ score, k }: Pick<Preservation, 'score' | 'k'>, count: number): Trust {
  const chance = count > 1 ? Math.min(1, k / (count - 1)) : 1;
  const above = chance < 1 ? (score - chance) / (1 - chance) : 0;
  return { chance, level: above >= LEVELS.high ? 'high' : above >= LEVELS.middle ? 'middle' : 'low' };
}

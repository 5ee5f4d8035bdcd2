/** Lines of weights: as wide and as strong as the weight. */
import type { JointPair } from './joint.ts';

export interface JointLine {
  readonly point: number;
  /** In px. */
  readonly width: number;
  /** 0 to 1 */
  readonly opacity: number;
}

/** Lines of less weight would not be seen. */
const LEAST = 0.005;

export function jointLines(pairs: readonly JointPair[]): readonly JointLine[] {
  return pairs
    .filter(({ weight }) => weight >= LEAST)
    .map(({ point, weight }) => {
      const share = Math.min(1, weight);
      return { point, width: 0.75 + 6 * share, opacity: 0.15 + 0.75 * Math.sqrt(share) };
    });
}

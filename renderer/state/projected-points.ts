/** The points of the embedding projector: vectors, and what each stands for. */
import type { Points } from '../projection/types.ts';

/** What a point stands for; null where it has no such thing. */
export interface PointMeaning {
  readonly label: string;
  /** Which text, from 0. */
  readonly sentence: number | null;
  readonly position: number | null;
  /** −1: what enters layer 0. */
  readonly layer: number | null;
  readonly part: 'special' | 'first' | 'second' | null;
  /** Row of the embedding table. */
  readonly id: number | null;
}

/** As the projection library takes them. */
export interface ProjectedPoints extends Points {
  readonly meanings: readonly PointMeaning[];
}

/** What a projection takes and gives: plain data, the same for the command line, the page and its worker. */

/** Vectors to project, row by row: `data` is [count, dims]. */
export interface Points {
  readonly data: Float32Array;
  readonly count: number;
  readonly dims: number;
}

export type Method = 'pca' | 'umap' | 'tsne';

export const METHODS: readonly Method[] = ['pca', 'umap', 'tsne'];

export interface ProjectionSettings {
  readonly method: Method;
  readonly components: 2 | 3;
  /** Of every random choice (UMAP, t-SNE, and which points the preservation score looks at): a whole number from 0. */
  readonly seed: number;
  /** UMAP: how many nearest neighbours a point is tied to (2 or more; never more than the other points). */
  readonly neighbours: number;
  /** UMAP: how near to each other two points may lie in the picture, in its own units (0 to 1). */
  readonly minDist: number;
  /** t-SNE: the effective number of neighbours of a point (van der Maaten and Hinton 2008, section 2). */
  readonly perplexity: number;
  /** UMAP's epochs or t-SNE's steps; null is the method's own number for this many points. */
  readonly iterations: number | null;
}

export const DEFAULT_SETTINGS: ProjectionSettings = {
  method: 'pca',
  components: 2,
  seed: 0,
  neighbours: 15,
  minDist: 0.1,
  perplexity: 30,
  iterations: null,
};

/** How much of the neighbourhoods of the original space is kept in the picture. */
export interface Preservation {
  /** The share of a point's k nearest neighbours that are among its k nearest in the projection, 0 to 1, mean. */
  readonly score: number;
  /** Trustworthiness (Venna and Kaski 2001), 0 to 1; null where k is too large for it (2·count must exceed 3·k + 1). */
  readonly trustworthiness: number | null;
  readonly k: number;
  /** How many points were looked at (each against all others). */
  readonly sampled: number;
}

export interface Projection {
  readonly method: Method;
  /** [count, components]. */
  readonly coordinates: Float32Array;
  readonly components: 2 | 3;
  /** PCA: the share of the whole variance that each component carries, 0 to 1; null for the other methods. */
  readonly explained: readonly number[] | null;
  readonly preservation: Preservation;
  /** UMAP and t-SNE of many points: the dimensions that PCA left before the method ran; null where it ran on all. */
  readonly reducedTo: number | null;
  /** The settings as they were used, after the limits that the number of points sets (neighbours, perplexity). */
  readonly used: ProjectionSettings;
  /** PCA: the model, with which new points are projected into the same picture (`applyPca`); else null. */
  readonly pca: PcaModel | null;
}

/** The principal components of points, by falling variance. */
export interface PcaModel {
  readonly dims: number;
  readonly components: number;
  /** [dims]. */
  readonly mean: Float64Array;
  /** [components, dims], orthonormal rows; the entry of largest size in a row is positive. */
  readonly axes: Float64Array;
  /** [components]: variance along an axis (n − 1 in the denominator) ÷ the whole variance; 0 where there is none. */
  readonly explained: readonly number[];
}

export type Stage = 'reduce' | 'neighbours' | 'optimise' | 'score';

/** Where a projection stands: `fraction` (0 to 1) is of the stage, not of the whole. */
export interface Progress {
  readonly stage: Stage;
  readonly fraction: number;
}

/** A projection that cannot be made; `code` names the reason for a translated message. */
export class ProjectionError extends Error {
  override readonly name = 'ProjectionError';
  constructor(
    readonly code: 'invalid-setting' | 'too-few-points' | 'not-finite' | 'stopped' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

/** A projection under way in a worker: the interface of `client.ts`. */
export interface RunningProjection {
  /** Rejects with a ProjectionError (code `stopped` after `cancel()`). */
  readonly result: Promise<Projection>;
  readonly cancel: () => void;
}

/** How the embedding projector is set, and the sentences that are kept for it; kept while other views are looked at. */

/**
 * What is projected. states: what every token is at one depth; path: the same at every depth; sentences: a vector a sentence; table: rows
 * of the embedding table.
 */
export const PROJECTED = ['states', 'path', 'sentences', 'table'] as const;
export type Projected = (typeof PROJECTED)[number];

export const COLOURED_BY = ['token', 'position', 'layer', 'sentence', 'part'] as const;
export type ColouredBy = (typeof COLOURED_BY)[number];

export interface ProjectionView {
  readonly what: Projected;
  /** −1: what enters layer 0; null: the last layer. */
  readonly layer: number | null;
  /** How a sentence becomes one vector: the mean of its tokens, or its first token ([CLS]). */
  readonly pooling: 'mean' | 'first';
  /** Rows of the table, from the first on. */
  readonly rows: number;
  readonly method: 'pca' | 'umap' | 'tsne';
  readonly components: 2 | 3;
  readonly seed: number;
  readonly colour: ColouredBy;
  /** Projected together with the sentence that is typed. */
  readonly kept: readonly string[];
}

export const FIRST_PROJECTION_VIEW: ProjectionView = {
  what: 'states',
  layer: null,
  pooling: 'mean',
  rows: 2000,
  method: 'pca',
  components: 2,
  seed: 0,
  colour: 'position',
  kept: [],
};

/** Rows that can be chosen; fewer where the table ends. */
export const ROW_CHOICES = [500, 2000, 10_000, 50_000] as const;
/** More sentences than these are not kept. */
export const MOST_KEPT = 50;

/** Keeps a sentence, once; the oldest goes where there are too many. */
export function keepSentence({ kept }: ProjectionView, text: string): readonly string[] {
  return text === '' || kept.includes(text) ? kept : [...kept, text].slice(-MOST_KEPT);
}

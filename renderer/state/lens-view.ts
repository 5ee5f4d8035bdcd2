/** How the views of the prediction's lens, filled masks and surprise are set; kept while other views are looked at. */

/** What colours the cells of the lens. */
export const LENS_COLOURS = ['probability', 'entropy', 'kl'] as const;
export type LensColour = (typeof LENS_COLOURS)[number];

export interface LensView {
  readonly colour: LensColour;
  /** The chosen row: −1 is the embedding; null: the last layer. The chosen token is the selection's query. */
  readonly layer: number | null;
  /** Whether a start token is put before the text, so that its first token is scored. */
  readonly start: boolean;
  /** Tokens that are masked for the question, of one text; of another text none is. */
  readonly masked: { readonly of: string; readonly tokens: readonly number[] };
}

export const FIRST_LENS_VIEW: LensView = {
  colour: 'probability',
  layer: null,
  start: false,
  masked: { of: '', tokens: [] },
};

/** Masks a token, or puts it back. @param of what the tokens are of, as a text */
export function toggleMasked({ masked }: LensView, of: string, token: number): LensView['masked'] {
  const now = masked.of === of ? masked.tokens : [];
  const tokens = now.includes(token) ? now.filter((each) => each !== token) : [...now, token].sort((a, b) => a - b);
  return { of, tokens };
}

/**
 * What a user changes in the computation before a run; an empty list is the model as trained.
 *
 * A list is applied in order: each intervention acts on what those before it left.
 * - `scale` and `head` set a number; for each head the last one counts.
 * - `mask` sets whether a query sees a key; for each cell the last one counts. Softmax runs over the keys that are visible at the
 *   end of the list. In a row that an earlier `pattern` replaced, a key that is hidden later loses its weight and the other
 *   weights are divided by their sum; a key that is shown has there the weight that the pattern gave it.
 * - `pattern` overrules scale and masks before it: its rows are what softmax gives. `uniform` spreads over the keys that are
 *   visible at that point of the list. For each row the last pattern counts.
 */

/** Which attention sites an intervention touches; a missing part means "all of them". */
export interface Site {
  readonly stack?: 'encoder' | 'decoder' | 'vision' | undefined;
  readonly layer?: number | undefined;
  readonly head?: number | undefined;
}

export interface PatternRow {
  readonly query: number;
  /** One weight a key, 0…1; their sum is 1 up to 0.001, and is made exactly 1. */
  readonly weights: readonly number[];
}

export type Intervention =
  /** `factor` multiplies q·k in place of 1/√d_head. */
  | { readonly kind: 'scale'; readonly site: Site; readonly factor: number }
  /** `factor` multiplies the head's context (pattern·v); 0 knocks the head out. */
  | { readonly kind: 'head'; readonly site: Site; readonly factor: number }
  /** `visible: false` hides `key` from `query`; `true` shows it even where the model's own mask hides it. */
  | {
      readonly kind: 'mask';
      readonly site: Site;
      readonly query: number;
      readonly key: number;
      readonly visible: boolean;
    }
  /** Softmax's output is replaced: by a named pattern, or row by row. */
  | {
      readonly kind: 'pattern';
      readonly site: Site;
      readonly pattern: 'uniform' | 'previous' | 'first' | readonly PatternRow[];
    };

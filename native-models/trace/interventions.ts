/** What a user changes in the computation before a run. Applied in order; an empty list is the model as trained. */

/** Which attention sites an intervention touches; a missing part means "all of them". */
export interface Site {
  readonly stack?: 'encoder' | 'decoder' | 'vision' | undefined;
  readonly layer?: number | undefined;
  readonly head?: number | undefined;
}

export interface PatternRow {
  readonly query: number;
  /** One weight a key; sums to 1. */
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

/** Where a figure comes from: written into every exported file, so that it can be made again. */

export interface Provenance {
  readonly application: 'Headlight';
  readonly version: string;
  readonly figure: string;
  readonly model: string;
  readonly revision?: string | undefined;
  /** SHA-256 of the weights, in hex. */
  readonly weights?: string | undefined;
  readonly text: string;
  readonly pair?: string | undefined;
  /** The pieces that the model read, special ones too. */
  readonly tokens?: readonly string[] | undefined;
  /** Of the words in the figure, `en` or `nl`; and its colours. */
  readonly language?: string | undefined;
  readonly theme?: string | undefined;
  /** Layers and heads count from 0. */
  readonly stack?: string | undefined;
  readonly site?: string | undefined;
  readonly layer?: number | undefined;
  readonly head?: number | undefined;
  /** The token whose computation is shown, from 0; left out where all are. */
  readonly query?: number | undefined;
  readonly stage?: string | undefined;
  readonly device: string;
  /** Heads shown beside `head`, as `layer:head`; left out where there are none. */
  readonly otherHeads?: readonly string[] | undefined;
  /** How the patterns were filtered, grouped and combined, as far as they were. */
  readonly lens?: Readonly<Record<string, unknown>> | undefined;
  /** The options of the command line that drew it, without model, text, changes and file; left out where the app did. */
  readonly command?: Readonly<Record<string, string | boolean>> | undefined;
  /** How the view was set, where it has settings of its own. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** What was changed in the computation, in the words of the contract; left out for the model as trained. */
  readonly interventions?: readonly unknown[] | undefined;
  /** Which runs the figure shows besides or instead of the changed one alone: changed minus original, or both with it. */
  readonly runs?: 'difference' | 'both' | undefined;
  /** Of a sheet: where its panels come from, in their order. */
  readonly panels?: readonly Provenance[] | undefined;
  /** The run that the figure compares this one with. */
  readonly beside?: ProvenanceBeside | undefined;
}

/** Another text, or another model, and the head shown of it; layers and heads count from 0. */
export interface ProvenanceBeside {
  readonly model: string;
  readonly revision?: string | undefined;
  readonly text: string;
  readonly pair?: string | undefined;
  readonly layer: number;
  readonly head: number;
}

/** Provenance as one line of JSON; parts that are undefined are left out. */
export function provenanceJson(provenance: Provenance): string {
  return JSON.stringify(provenance);
}

/** As many tokens are written into a file; the text has them all. */
const MOST_TOKENS = 2048;

export function tokensOf(pieces: readonly string[]): readonly string[] | undefined {
  return pieces.length <= MOST_TOKENS ? pieces : undefined;
}

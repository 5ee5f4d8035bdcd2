/** What a figure of one token's computation is made of: blocks below each other, in the words and numbers of the screen. */
import type { ThemeName } from './theme.ts';
import type { StripHue } from './vector-strip.ts';
import type { RasterImage } from './raster.ts';

/** A vector as a row of colours. */
export interface WalkStrip {
  readonly values: Float32Array;
  readonly hue: StripHue;
  /** Magnitude with the full colour; 0 or less: all numbers are 0. */
  readonly reach: number;
}

/** One vector with its name, and how it joins the one above it. */
export interface WalkVector {
  readonly kind: 'vector';
  /** `+`, `=`, `→`, or empty. */
  readonly sign: string;
  readonly name: string;
  /** At the right end of the name's line: how many numbers, scale, length. */
  readonly detail: string;
  /** null: not available. */
  readonly strip: WalkStrip | null;
  readonly hue: StripHue;
  /** Below the strip; empty for none. */
  readonly note: string;
}

/** Products of two vectors by dimension, each a bar up or down from a line in the middle. */
export interface WalkProducts {
  readonly kind: 'products';
  readonly title: string;
  readonly detail: string;
  /** From left to right. */
  readonly values: readonly number[];
  /** Below the bars. */
  readonly sum: string;
}

export type BarColour = 'above' | 'below' | 'weight' | 'contribution';

/** A bar on its track, in shares of the track, 0…1. */
export interface WalkBar {
  readonly from: number;
  readonly width: number;
  readonly colour: BarColour;
}

export interface WalkCell {
  readonly text: string;
  /** Written in grey: beside what the column is compared with. */
  readonly isQuiet: boolean;
}

export interface WalkRow {
  readonly label: string;
  readonly isSelected: boolean;
  /** Hidden by the mask. */
  readonly isHidden: boolean;
  /** One or two, the second below the first; none where the list has no bars. */
  readonly bars: readonly WalkBar[];
  readonly strips: readonly WalkStrip[];
  readonly cells: readonly WalkCell[];
}

/** Keys as a table: a row a key with bars, strips and numbers. */
export interface WalkKeys {
  readonly kind: 'keys';
  readonly keyTitle: string;
  readonly stripTitles: readonly string[];
  readonly cellTitles: readonly string[];
  readonly hasBars: boolean;
  /** True where zero is in the middle of a bar's track. */
  readonly isCentred: boolean;
  readonly rows: readonly WalkRow[];
  /** What the list leaves out; empty for nothing. */
  readonly more: string;
}

/** Heads of the layer with one number each. */
export interface WalkHeads {
  readonly kind: 'heads';
  readonly title: string;
  readonly heads: readonly {
    readonly label: string;
    /** 0…1 of the bar's room. */
    readonly share: number;
    readonly value: string;
    readonly isSelected: boolean;
  }[];
}

/** Numbers of the whole row; `before → value` where something changed them. */
export interface WalkFacts {
  readonly kind: 'facts';
  readonly facts: readonly { readonly label: string; readonly before: string; readonly value: string }[];
}

export interface WalkNote {
  readonly kind: 'note';
  readonly text: string;
}

export type WalkBlock = WalkVector | WalkProducts | WalkKeys | WalkHeads | WalkFacts | WalkNote;

/** What a colour means. */
export type WalkLegendItem =
  | {
      readonly kind: 'strip';
      readonly hue: StripHue;
      readonly low: string;
      readonly high: string;
      readonly text: string;
    }
  | { readonly kind: 'swatches'; readonly colours: readonly (BarColour | 'masked')[]; readonly text: string };

export interface WalkFigureInput {
  readonly title: string;
  readonly subtitle: string;
  /** Said in a line of its own below the heading, so that nobody takes made-up numbers for a model's; empty for none. */
  readonly mark: string;
  /** TeX: in symbols, and with the numbers in it. */
  readonly formulas: readonly string[];
  readonly blocks: readonly WalkBlock[];
  readonly legend: readonly WalkLegendItem[];
  readonly theme: ThemeName;
  /** In px, at `textScale` 1. */
  readonly width: number;
  readonly textScale?: number;
  /** Prefix of the ids inside the SVG. Default `walk`. */
  readonly id?: string;
}

export interface WalkFigureOptions {
  readonly document: Document;
  /** Turns a picture into a URL; default: a `data:` URL of a PNG. */
  readonly encodeRaster?: (image: RasterImage) => string;
}

/**
 * Checks what drawing relies on.
 * @throws RangeError `invalid <name>: …`
 */
export function checkWalk({ blocks, width }: WalkFigureInput): void {
  if (!(width >= 200)) throw new RangeError(`invalid width: ${width}`);
  for (const block of blocks) {
    if (block.kind === 'vector' && block.strip?.values.length === 0) {
      throw new RangeError(`invalid strip: “${block.name}” has no numbers`);
    }
    if (block.kind === 'products' && block.values.length === 0) throw new RangeError('invalid products: none');
    if (block.kind === 'keys') checkKeys(block);
  }
}

function checkKeys({ rows, stripTitles, cellTitles }: WalkKeys): void {
  for (const { label, strips, cells } of rows) {
    if (strips.length !== stripTitles.length || cells.length !== cellTitles.length) {
      const [expected, found] = [stripTitles.length + cellTitles.length, strips.length + cells.length];
      throw new RangeError(`invalid row “${label}”: ${found} cells for ${expected} columns`);
    }
  }
}

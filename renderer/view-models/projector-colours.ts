/** Colours of the embedding projector's points, and what they stand for. */
import { colourScale, weightScale } from '../figures/colour-scale.ts';
import { headColours } from '../figures/head-colours.ts';
import type { PointStyle } from '../figures/scatter-gl.ts';
import type { FigureTheme } from '../figures/theme.ts';
import type { PointMeaning } from '../state/projected-points.ts';
import type { ColouredBy } from '../state/projection-view.ts';

/** What a colour (and shape) stands for. */
export interface LegendItem {
  readonly label: string;
  readonly colour: string;
  /** 0 disc, 1 square, 2 diamond */
  readonly shape: number;
  readonly count: number;
}

/** A colour of numbers that have an order. */
export interface LegendStep {
  readonly label: string;
  readonly colour: string;
}

export type PointLegend =
  /** Things without an order; the rest that has no colour of its own comes last. */
  | { readonly kind: 'items'; readonly items: readonly LegendItem[] }
  /** Every number that there is. */
  | { readonly kind: 'steps'; readonly steps: readonly LegendStep[] }
  /** Too many numbers to show each: colours from the least to the most. */
  | { readonly kind: 'ramp'; readonly steps: readonly LegendStep[] };

export interface PointColours extends Pick<PointStyle, 'colours' | 'shapes'> {
  readonly legend: PointLegend;
}

/** In the user's language. */
export interface LegendWords {
  readonly others: (count: number) => string;
  readonly sentence: (sentence: number) => string;
  readonly part: (part: NonNullable<PointMeaning['part']>) => string;
  readonly layer: (layer: number) => string;
}

/** Discs, squares and diamonds. */
const SHAPES = 3;
/** As many numbers are shown one by one; of more so many colours are shown. */
const MOST_STEPS = 13;
const SAMPLED = 16;

/** Colours that never repeat silently: what has none left is grey, and the legend says how much that is. */
export function pointColours(
  meanings: readonly PointMeaning[],
  by: ColouredBy,
  theme: FigureTheme,
  words: LegendWords,
): PointColours {
  if (by === 'position' || by === 'layer' || by === 'row') return ordered(meanings, by, theme, words);
  const names = meanings.map((meaning) => nameOf(meaning, by, words));
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const palette = headColours(theme);
  const most = palette.length * SHAPES - 1;
  // Tokens by how often they are there; sentences and parts in their own order.
  const ranked = by === 'token' ? [...counts].sort(([, a], [, b]) => b - a) : [...counts];
  const items = ranked.slice(0, most).map(([label, count], at) => ({
    ...{ label, count, colour: palette[at % palette.length] ?? theme.grey, shape: Math.floor(at / palette.length) },
  }));
  const rest = ranked.slice(most);
  const grey = { colour: theme.grey, shape: 0 };
  const looks = new Map<string, { colour: string; shape: number }>(items.map((item) => [item.label, item]));
  const shown = names.map((name) => looks.get(name) ?? grey);
  const left = rest.reduce((sum, [, count]) => sum + count, 0);
  const all = left === 0 ? items : [...items, { ...grey, label: words.others(rest.length), count: left }];
  return {
    colours: shown.map(({ colour }) => colour),
    shapes: Uint8Array.from(shown, ({ shape }) => shape),
    legend: { kind: 'items', items: all },
  };
}

function ordered(
  meanings: readonly PointMeaning[],
  by: 'position' | 'layer' | 'row',
  theme: FigureTheme,
  words: LegendWords,
): PointColours {
  const values = meanings.map((meaning) => meaning[by === 'row' ? 'id' : by] ?? 0);
  const numbers = [...new Set(values)].sort((a, b) => a - b);
  const [least = 0, most = 0] = [numbers[0], numbers.at(-1)];
  const span = Math.max(1, most - least);
  // Away from the ground, so that the first ones can be seen too.
  const low = least - span * 0.35;
  const scale = colourScale({ ...weightScale({ transform: 'linear' }), domain: [low, least + span] }, theme);
  const colours = new Map(numbers.map((value) => [value, scale.colour(value)]));
  const isFew = numbers.length <= MOST_STEPS;
  const sampled = Array.from({ length: SAMPLED }, (_, at) => least + (span * at) / (SAMPLED - 1));
  const label = (value: number): string => (by === 'layer' ? words.layer(value) : String(Math.round(value)));
  const steps = (isFew ? numbers : sampled).map((value) => ({ label: label(value), colour: scale.colour(value) }));
  return {
    colours: values.map((value) => colours.get(value) ?? theme.grey),
    shapes: new Uint8Array(meanings.length),
    legend: { kind: isFew ? 'steps' : 'ramp', steps },
  };
}

function nameOf(
  { label, sentence, part }: PointMeaning,
  by: 'token' | 'sentence' | 'part',
  words: LegendWords,
): string {
  if (by === 'token') return label;
  if (by === 'sentence') return sentence === null ? '–' : words.sentence(sentence);
  return part === null ? '–' : words.part(part);
}

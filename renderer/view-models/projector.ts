/** The points of the embedding projector: what each stands for, its vector, and its colour. */
import { colourScale, weightScale } from '../figures/colour-scale.ts';
import type { ColourScaleSpec } from '../figures/colour-scale.ts';
import { headColours } from '../figures/head-colours.ts';
import type { PointStyle } from '../figures/scatter-gl.ts';
import type { FigureTheme } from '../figures/theme.ts';
import type { TextStates } from '../state/hidden-states.ts';
import type { ColouredBy, ProjectionView } from '../state/projection-view.ts';
import type { DataRow } from './data-file.ts';
import { pieceLabel } from './distribution.ts';

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
export interface ProjectedPoints {
  readonly data: Float32Array;
  readonly count: number;
  readonly dims: number;
  readonly meanings: readonly PointMeaning[];
}

/** Every token of every text at every depth that was asked for. */
export function tokenPoints(texts: readonly TextStates[], layers: readonly number[]): ProjectedPoints {
  const dims = texts[0]?.hidden ?? 0;
  const count = texts.reduce((sum, { tokens }) => sum + tokens.length * layers.length, 0);
  const data = new Float32Array(count * dims);
  const meanings: PointMeaning[] = [];
  texts.forEach(({ tokens, states }, sentence) => {
    layers.forEach((layer, depth) => {
      data.set(states[depth]!, meanings.length * dims);
      for (const { index, text, special, part, id } of tokens) {
        const place = special ? 'special' : part === 0 ? 'first' : 'second';
        meanings.push({ label: pieceLabel(text), sentence, position: index, layer, part: place, id });
      }
    });
  });
  return { data, count, dims, meanings };
}

/** One vector a text and depth: the mean of its tokens, or its first token. */
export function sentencePoints(
  texts: readonly TextStates[],
  layers: readonly number[],
  pooling: ProjectionView['pooling'],
): ProjectedPoints {
  const dims = texts[0]?.hidden ?? 0;
  const count = texts.length * layers.length;
  const data = new Float32Array(count * dims);
  const meanings: PointMeaning[] = [];
  texts.forEach(({ text, tokens, states }, sentence) => {
    layers.forEach((layer, depth) => {
      const at = meanings.length * dims;
      const taken = pooling === 'first' ? 1 : tokens.length;
      for (let token = 0; token < taken; token += 1) {
        for (let axis = 0; axis < dims; axis += 1) data[at + axis]! += states[depth]![token * dims + axis]! / taken;
      }
      meanings.push({ label: text, sentence, position: null, layer, part: null, id: null });
    });
  });
  return { data, count, dims, meanings };
}

/** Rows of the embedding table, from the first on. */
export function tablePoints(data: Float32Array, dims: number, names: readonly string[]): ProjectedPoints {
  const meanings = names.map((name, id) => ({
    ...{ label: pieceLabel(name), sentence: null, position: null, layer: null, part: null, id },
  }));
  return { data, count: names.length, dims, meanings };
}

/** What a colour (and shape) stands for. */
export interface LegendItem {
  readonly label: string;
  readonly colour: string;
  readonly shape: number;
  readonly count: number;
}

export interface PointColours extends Pick<PointStyle, 'colours' | 'shapes'> {
  /** Of things without an order; the rest that has no colour of its own comes last. */
  readonly items: readonly LegendItem[];
  /** Of numbers; null for things without an order. */
  readonly scale: ColourScaleSpec | null;
}

/** Discs, squares and diamonds. */
const SHAPES = 3;

/** Colours that never repeat silently: what has none left is grey, and the legend says how much that is. */
export function pointColours(
  meanings: readonly PointMeaning[],
  by: ColouredBy,
  theme: FigureTheme,
  others: (count: number) => string,
): PointColours {
  if (by === 'position' || by === 'layer') return ordered(meanings, by, theme);
  const names = meanings.map((meaning) => nameOf(meaning, by));
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const palette = headColours(theme);
  const most = palette.length * SHAPES - 1;
  const ranked = [...counts].sort(([, a], [, b]) => b - a);
  const items = ranked.slice(0, most).map(([label, count], at) => ({
    ...{ label, count, colour: palette[at % palette.length]!, shape: Math.floor(at / palette.length) },
  }));
  const rest = ranked.slice(most);
  const grey = { colour: theme.grey, shape: 0 };
  const looks = new Map<string, { colour: string; shape: number }>(items.map((item) => [item.label, item]));
  const shown = names.map((name) => looks.get(name) ?? grey);
  const left = rest.reduce((sum, [, count]) => sum + count, 0);
  return {
    colours: shown.map(({ colour }) => colour),
    shapes: Uint8Array.from(shown, ({ shape }) => shape),
    items: left === 0 ? items : [...items, { ...grey, label: others(rest.length), count: left }],
    scale: null,
  };
}

function ordered(meanings: readonly PointMeaning[], by: 'position' | 'layer', theme: FigureTheme): PointColours {
  const values = meanings.map((meaning) => meaning[by]);
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  // Away from the ground, so that the first ones can be seen too.
  const spec: ColourScaleSpec = { ...weightScale({ transform: 'linear', max: most }), domain: [-most * 0.35, most] };
  const scale = colourScale(spec, theme);
  return {
    colours: values.map((value) => (value === null ? theme.grey : scale.colour(value))),
    shapes: new Uint8Array(meanings.length),
    items: [],
    scale: spec,
  };
}

function nameOf({ label, sentence, part }: PointMeaning, by: Exclude<ColouredBy, 'position' | 'layer'>): string {
  if (by === 'token') return label;
  return by === 'sentence' ? String(sentence ?? '–') : (part ?? '–');
}

/** The same token at one depth after another, in every text that has it: lines of points, first depth first. */
export function paths(meanings: readonly PointMeaning[], chosen: number): readonly (readonly number[])[] {
  const of = meanings[chosen];
  if (of === undefined || of.position === null) return [];
  const found = new Map<string, number[]>();
  meanings.forEach(({ id, sentence, position }, point) => {
    if (id !== of.id) return;
    const key = `${sentence} ${position}`;
    const line = found.get(key);
    if (line === undefined) found.set(key, [point]);
    else line.push(point);
  });
  return [...found.values()].filter((line) => line.length > 1);
}

export interface NearPoint {
  readonly point: number;
  readonly cosine: number;
}

/** The points whose vectors are nearest to one's own, by cosine, in the space before projection. */
export function nearPoints(
  { data, dims, count }: ProjectedPoints,
  chosen: number,
  listed: number,
): readonly NearPoint[] {
  const own = data.subarray(chosen * dims, (chosen + 1) * dims);
  const length = Math.sqrt(dot(own, own));
  const all = Array.from({ length: count }, (_, point) => {
    const other = data.subarray(point * dims, (point + 1) * dims);
    const lengths = length * Math.sqrt(dot(other, other));
    return { point, cosine: lengths === 0 ? 0 : dot(own, other) / lengths };
  });
  return all
    .filter(({ point }) => point !== chosen)
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, listed);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += a[at]! * b[at]!;
  return sum;
}

/** Every point as a row of data. */
export function projectionData(
  { meanings }: ProjectedPoints,
  coordinates: Float32Array,
  components: 2 | 3,
): readonly DataRow[] {
  const axes = ['x', 'y', 'z'].slice(0, components);
  return meanings.map(({ label, sentence, position, layer, part, id }, point) => ({
    ...{ point, label, sentence, position, layer, part, id },
    ...Object.fromEntries(axes.map((axis, at) => [axis, coordinates[point * components + at] ?? null])),
  }));
}

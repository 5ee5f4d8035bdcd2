/** The points of the embedding projector: what each stands for, its vector, what is near it, and as rows of data. */
import type { Token } from '../../electron/api/index.ts';
import type { Projection } from '../projection/types.ts';
import type { PointMeaning, ProjectedPoints } from '../state/projected-points.ts';
import type { ProjectionView } from '../state/projection-view.ts';
import type { DataRow } from './data-file.ts';
import { pieceLabel } from './distribution.ts';
import type { Translate } from './failure.ts';
import { formatNumber } from './format.ts';

export type { PointMeaning, ProjectedPoints } from '../state/projected-points.ts';

/** A text whose numbers are there. */
export interface ReadText {
  /** Its place among the texts, from 0. */
  readonly sentence: number;
  readonly text: string;
  readonly tokens: readonly Token[];
  /** One a layer: f32 [tokens, hidden]. */
  readonly states: readonly Float32Array[];
}

const widthOf = ([text]: readonly ReadText[]): number =>
  text === undefined ? 0 : (text.states[0]?.length ?? 0) / Math.max(1, text.tokens.length);

/** Every token of every text at every depth that was asked for. */
export function tokenPoints(texts: readonly ReadText[], layers: readonly number[]): ProjectedPoints {
  const dims = widthOf(texts);
  const count = texts.reduce((sum, { tokens }) => sum + tokens.length * layers.length, 0);
  const data = new Float32Array(count * dims);
  const meanings: PointMeaning[] = [];
  texts.forEach(({ tokens, states, sentence }) => {
    layers.forEach((layer, depth) => {
      data.set(states[depth] ?? [], meanings.length * dims);
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
  texts: readonly ReadText[],
  layers: readonly number[],
  pooling: ProjectionView['pooling'],
): ProjectedPoints {
  const dims = widthOf(texts);
  const count = texts.length * layers.length;
  const data = new Float32Array(count * dims);
  const meanings: PointMeaning[] = [];
  texts.forEach(({ text, tokens, states, sentence }) => {
    layers.forEach((layer, depth) => {
      const rows = new Set(Array.from({ length: pooling === 'first' ? 1 : tokens.length }, (_, token) => token));
      const own = { data: states[depth] ?? new Float32Array(), dims };
      data.set(meanOf(own, [...rows]), meanings.length * dims);
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

/** The point of a token of the typed sentence, at the last depth there is; null where there is none. */
export function pointOfToken(meanings: readonly PointMeaning[], position: number): number | null {
  const at = meanings.findLastIndex((each) => each.sentence === 0 && each.position === position);
  return at < 0 ? null : at;
}

export interface NearPoint {
  readonly point: number;
  readonly cosine: number;
}

/** The points nearest to some points' mean vector, without themselves: by cosine, in the space before projection. */
export function nearPoints(
  { data, dims, count }: ProjectedPoints,
  of: readonly number[],
  listed: number,
): readonly NearPoint[] {
  const own = meanOf({ data, dims }, of);
  const length = Math.sqrt(dot(own, own));
  const without = new Set(of);
  const near: NearPoint[] = [];
  for (let point = 0; point < count; point += 1) {
    if (without.has(point)) continue;
    const other = data.subarray(point * dims, (point + 1) * dims);
    const lengths = length * Math.sqrt(dot(other, other));
    const cosine = lengths === 0 ? 0 : dot(own, other) / lengths;
    const last = near.at(-1);
    if (near.length === listed && last !== undefined && cosine <= last.cosine) continue;
    let at = near.length;
    while (at > 0 && (near[at - 1]?.cosine ?? Infinity) < cosine) at -= 1;
    near.splice(at, 0, { point, cosine });
    if (near.length > listed) near.pop();
  }
  return near;
}

/** Cosine of the angle between two points' vectors; 0 where one of them has no direction. */
export function cosineOf({ data, dims }: Pick<ProjectedPoints, 'data' | 'dims'>, a: number, b: number): number {
  const [x, y] = [a, b].map((point) => data.subarray(point * dims, (point + 1) * dims));
  if (x === undefined || y === undefined) return NaN;
  const lengths = Math.sqrt(dot(x, x)) * Math.sqrt(dot(y, y));
  return lengths === 0 ? 0 : dot(x, y) / lengths;
}

function meanOf({ data, dims }: Pick<ProjectedPoints, 'data' | 'dims'>, rows: readonly number[]): Float32Array {
  const mean = new Float64Array(dims);
  for (const row of rows) {
    for (let axis = 0; axis < dims; axis += 1) mean[axis]! += data[row * dims + axis]! / rows.length;
  }
  return Float32Array.from(mean);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += a[at]! * b[at]!;
  return sum;
}

/** The points whose labels contain what is typed, whatever its case; none for nothing. */
export function pointsNamed(meanings: readonly PointMeaning[], typed: string): readonly number[] {
  const wanted = typed.toLowerCase();
  if (wanted.trim() === '') return [];
  return meanings.flatMap(({ label }, point) => (label.toLowerCase().includes(wanted) ? [point] : []));
}

/** A point in words, with its coordinates. */
export function pointText(
  meaning: PointMeaning | undefined,
  { coordinates, components }: Pick<Projection, 'coordinates' | 'components'>,
  at: number,
  words: Translate,
): string {
  if (meaning === undefined) return '';
  const { label, sentence, position, layer, id } = meaning;
  const axes = Array.from({ length: components }, (_, axis) =>
    formatNumber(coordinates[at * components + axis] ?? NaN),
  );
  const parts = [
    `“${label}” (${axes.join(', ')})`,
    position === null ? null : words('projector.position', { position }),
    layer === null ? null : layer < 0 ? words('projector.entering') : words('projector.after', { layer }),
    sentence === null ? null : words('projector.sentenceOf', { sentence }),
    position === null && id !== null ? words('projector.rowOf', { id }) : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
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

/** Queries and keys of one head as points of one space: what each is, what it attends to, and its row of data. */
import { adjusted } from '../projection/joint.ts';
import type { JointAdjustment, JointInput } from '../projection/joint.ts';
import type { Points } from '../projection/types.ts';
import type { FoundHeads } from '../state/head-vectors.ts';
import type { JointSentence, JointSet } from '../state/joint-view.ts';
import type { Token } from '../../electron/api/index.ts';
import type { DataRow } from './data-file.ts';
import { pieceLabel } from './distribution.ts';

export type JointKind = 'query' | 'key';

/** What a point stands for. */
export interface JointPoint {
  readonly kind: JointKind;
  /** Place of its sentence among those that are shown. */
  readonly sentence: number;
  /** Of the token in its sentence. */
  readonly position: number;
  readonly label: string;
}

/**
 * The vectors of all texts that could be read, one sentence after the other.
 * @param tokens of the text on screen
 */
export function jointSet(
  found: FoundHeads,
  tokens: readonly Token[],
  { place, key }: Pick<JointSet, 'place' | 'key'>,
): JointSet {
  const read = found.flatMap((each) => ('failure' in each ? [] : [{ ...each, tokens: each.tokens ?? tokens }]));
  const count = read.reduce((sum, each) => sum + each.tokens.length, 0);
  const dims = read[0] === undefined ? 0 : read[0].q.length / Math.max(1, read[0].tokens.length);
  const [queries, keys] = [new Float32Array(count * dims), new Float32Array(count * dims)];
  const sentences: JointSentence[] = [];
  let first = 0;
  for (const { text, tokens: own, q, k, pattern, sees } of read) {
    queries.set(q, first * dims);
    keys.set(k, first * dims);
    sentences.push({ text, tokens: own, first, pattern, sees });
    first += own.length;
  }
  return { place, key, sentences, queries: { data: queries, count, dims }, keys: { data: keys, count, dims } };
}

/** As the arithmetic takes them: a query sees keys of its own sentence that the mask does not hide. */
export function jointInput({ sentences, queries, keys }: JointSet): Required<JointInput> {
  const of = sentences.flatMap((sentence) => sentence.tokens.map(() => sentence));
  const sees = (query: number, key: number): boolean => {
    const own = of[query];
    if (own === undefined || own !== of[key]) return false;
    return own.sees[(query - own.first) * own.tokens.length + key - own.first] === 1;
  };
  return { queries, keys, sees };
}

/** Every query, then every key. */
export function jointPoints({ sentences }: JointSet): readonly JointPoint[] {
  return (['query', 'key'] as const).flatMap((kind) =>
    sentences.flatMap(({ tokens }, sentence) =>
      tokens.map(({ text }, position) => ({ kind, sentence, position, label: pieceLabel(text) })),
    ),
  );
}

/** Where a point is among `jointPoints`; null where there is no such token. */
export function pointAt(
  { sentences, queries }: JointSet,
  { kind, sentence, position }: Pick<JointPoint, 'kind' | 'sentence' | 'position'>,
): number | null {
  const of = sentences[sentence];
  if (of?.tokens[position] === undefined) return null;
  return (kind === 'query' ? 0 : queries.count) + of.first + position;
}

/** A query and a key that see each other. */
export interface JointPair {
  /** The other point. */
  readonly point: number;
  /** The model's own softmax weight, query to key. */
  readonly weight: number;
  /** In the joint space, before projection. */
  readonly distance: number;
  /** q·k as the model has it. */
  readonly score: number;
}

/** The keys that a query may attend to, or the queries that may attend to a key; the largest weight first. */
export function jointPairs(set: JointSet, adjustment: JointAdjustment, chosen: number): readonly JointPair[] {
  const { queries, keys, sentences } = set;
  const isQuery = chosen < queries.count;
  const own = isQuery ? chosen : chosen - queries.count;
  const sentence = sentences.findLast(({ first }) => first <= own);
  if (sentence === undefined) return [];
  const { first, tokens, pattern, sees } = sentence;
  const space = adjusted(queries, keys, adjustment);
  const pairs = tokens.map((_, position): JointPair | null => {
    const [query, key] = isQuery ? [own - first, position] : [position, own - first];
    const cell = query * tokens.length + key;
    if (sees[cell] !== 1) return null;
    return {
      point: (isQuery ? queries.count : 0) + first + position,
      weight: pattern[cell] ?? NaN,
      distance: distanceOf(space, first + query, queries.count + first + key),
      score: dotOf(queries, keys, first + query, first + key),
    };
  });
  return pairs.filter((pair) => pair !== null).sort((a, b) => b.weight - a.weight);
}

function distanceOf({ data, dims }: Points, a: number, b: number): number {
  let sum = 0;
  for (let axis = 0; axis < dims; axis += 1) sum += (data[a * dims + axis]! - data[b * dims + axis]!) ** 2;
  return Math.sqrt(sum);
}

function dotOf(queries: Points, keys: Points, query: number, key: number): number {
  const { dims } = queries;
  let sum = 0;
  for (let axis = 0; axis < dims; axis += 1) sum += queries.data[query * dims + axis]! * keys.data[key * dims + axis]!;
  return sum;
}

/** Every point as a row of data. */
export function jointData(set: JointSet, coordinates: Float32Array, components: 2 | 3): readonly DataRow[] {
  const axes = ['x', 'y', 'z'].slice(0, components);
  return jointPoints(set).map(({ kind, sentence, position, label }, point) => ({
    ...{ point, kind, sentence, text: set.sentences[sentence]?.text ?? '', position, token: label },
    ...Object.fromEntries(axes.map((axis, at) => [axis, coordinates[point * components + at] ?? null])),
  }));
}

/** ‖shift‖ */
export function lengthOf(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

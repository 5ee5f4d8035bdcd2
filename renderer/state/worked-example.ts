/**
 * The course's slide as a trace of its own: two words, "Thinking Machines", in one head of d_head 64. Every number here is
 * hand-made, none is a model's. The vectors are small integers, chosen so that q₁·k₁ = 112 and q₁·k₂ = 96; the rest follows:
 * ÷ √64 = 14 and 12, softmax 0.88 and 0.12 (J. Alammar, The Illustrated Transformer, "Self-Attention in Detail").
 */
import type { ApiFailure, OpenedModel, RunResult, Slice, SiteSummary, Token } from '../../electron/api/index.ts';
import { ApiError } from '../../electron/api/index.ts';
import type { SliceRequest } from './slices.ts';
import { ALL_STATIONS } from './stations.ts';
import type { Station } from './stations.ts';

export const EXAMPLE_TRACE = 'worked-example';
export const EXAMPLE_TEXT = 'Thinking Machines';
/** The stations that the slide has; there is no embedding, no second layer and no prediction. */
export const EXAMPLE_STATIONS: readonly Station[] = [
  'tokens',
  'qkv',
  'scores',
  'scaled',
  'masked',
  'pattern',
  'context',
];

const D_HEAD = 64;
const WORDS = EXAMPLE_TEXT.split(' ');
const COUNT = WORDS.length;
const PLACE = 'encoder.0.self';

/* prettier-ignore */
const VECTORS = {
  q1: [
    0, -1, 1, 3, -2, -2, 2, -2, 0, 2, -2, 2, -1, -2, -2, 1, 1, -2, -1, -2, 2, 1, -2, 2, -2, -1, 3, 3, 2, -2, 2, 2,
    1, -2, -1, -2, 2, -1, 0, 1, -1, 2, -2, 2, 0, 2, 3, -1, -2, 2, 2, 3, -1, 0, -2, 2, 3, -2, 2, -2, 2, -1, 1, 3,
  ],
  q2: [
    2, 1, 0, 1, 2, 1, 0, 0, -1, -1, 3, -1, -2, 2, 0, 2, 1, 0, 3, 1, 0, 2, -2, -2, 2, 1, -1, 0, -1, 1, 1, -2,
    3, -2, 2, 2, 0, 0, 3, 0, 2, 1, 2, 1, -2, -2, 0, 1, 3, 3, -2, -2, 3, 3, 0, 3, 2, 3, 1, 0, 3, 1, 3, 0,
  ],
  k1: [
    1, 1, 3, -2, 1, -3, -1, -3, -3, 3, 1, 3, -3, 1, -2, 3, -2, -1, 3, -2, 2, 2, -2, 1, 2, 0, 3, 2, -1, -1, 3, 1,
    2, -3, 1, -1, 3, 3, -3, 0, 2, 1, -1, 1, -1, -1, 3, 1, 2, 1, 2, 3, 2, 1, 0, 3, 2, 3, 3, 0, 2, 1, 3, 3,
  ],
  k2: [
    -2, 1, 3, -1, 1, 2, 2, -1, -3, 3, -1, 2, -3, 2, -2, 3, -1, -2, 3, -3, 3, 3, 2, 0, 3, 0, 3, -1, 2, -3, 3, -3,
    3, 3, -1, -1, -1, 0, 2, 3, 3, 3, -1, 2, 2, -1, 2, -1, 2, 3, 3, 2, 3, 0, -2, 3, 2, 1, 0, -2, 3, 2, 1, 3,
  ],
  v1: [
    2, 0, 2, 2, 1, -2, 0, -1, 0, 2, 0, -3, 3, 3, -2, -3, -2, -2, -1, 0, -2, -3, -1, 0, 1, -1, -3, -1, 1, 3, 0, -1,
    0, 2, -3, -3, 0, 3, -1, 1, -2, 0, -2, 0, -1, -1, -2, 0, -3, -1, 2, -3, -1, 3, -2, -2, 2, -2, -3, -2, -1, 1, 3, 3,
  ],
  v2: [
    -2, 1, 0, 0, 3, 3, 3, -2, -2, -1, -1, -2, 2, 0, 0, 2, 1, -2, -1, 0, 1, -2, -2, 3, 0, 2, -2, 2, -1, 1, 0, 1,
    -1, 1, -2, 0, 1, 1, -2, -2, 3, 3, -3, 2, 1, -3, 1, 3, -1, 2, 3, 3, 0, -3, 2, 2, 1, -2, -1, -3, 0, 2, -3, 2,
  ],
};

const Q = [VECTORS.q1, VECTORS.q2];
const K = [VECTORS.k1, VECTORS.k2];
const V = [VECTORS.v1, VECTORS.v2];

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? NaN), 0);

const SCORES = Q.map((q) => K.map((k) => dot(q, k)));
const SCALED = SCORES.map((row) => row.map((score) => score / Math.sqrt(D_HEAD)));
const PATTERN = SCALED.map(softmax);
const CONTEXT = PATTERN.map((weights) =>
  Array.from({ length: D_HEAD }, (_, at) =>
    weights.reduce((sum, weight, key) => sum + weight * (V[key]?.[at] ?? NaN), 0),
  ),
);

function softmax(row: readonly number[]): number[] {
  const maximum = Math.max(...row);
  const parts = row.map((value) => Math.exp(value - maximum));
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
}

interface Value {
  readonly axes: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

const PER_DIMENSION = ['token', 'd_head'];
const PER_KEY = ['query', 'key'];
const VALUES: Readonly<Record<string, Value>> = {
  q: { axes: PER_DIMENSION, rows: Q },
  k: { axes: PER_DIMENSION, rows: K },
  v: { axes: PER_DIMENSION, rows: V },
  scores: { axes: PER_KEY, rows: SCORES },
  scaled: { axes: PER_KEY, rows: SCALED },
  masked: { axes: PER_KEY, rows: SCALED },
  pattern: { axes: PER_KEY, rows: PATTERN },
  context: { axes: PER_DIMENSION, rows: CONTEXT },
};

/**
 * Answers what the engine answers for a real trace.
 * @throws ApiError `bad-request` for a value that the slide does not have
 */
export function exampleSlice({ name, head }: SliceRequest): Slice {
  const value = name.startsWith(`${PLACE}.`) && head === 0 ? VALUES[name.slice(PLACE.length + 1)] : undefined;
  if (value === undefined) {
    const failure: ApiFailure = { code: 'bad-request', message: `The worked example has no value ${name}.` };
    throw new ApiError(failure);
  }
  const dims = [value.rows.length, value.rows[0]?.length ?? 0];
  const data = Float32Array.from(value.rows.flat()).buffer;
  return { name, head: 0, axes: [...value.axes], dims, rows: null, format: 'f32', data };
}

/** The two words as a run; its trace is {@link EXAMPLE_TRACE}. @param name what it is called, in the user's language */
export function exampleRun(name: string): RunResult {
  const summaries = [exampleSummary()];
  return {
    traceId: EXAMPLE_TRACE,
    model: name,
    device: '',
    tokens: WORDS.map(exampleToken),
    summaries,
    predictions: [],
    seconds: 0,
  };
}

/** One layer with one head; not a model, and never asked of the engine. */
export function exampleModel(name: string): OpenedModel {
  const shape = { layers: 1, heads: 1, hidden: null, maxTokens: COUNT, vocabulary: COUNT };
  const unknown = { family: null, parameters: null, bytes: null, dtype: null, license: null, revision: null };
  return {
    entry: { id: EXAMPLE_TRACE, name, source: 'bundled', folder: '', ...shape, ...unknown, problem: null },
    stacks: [{ name: 'encoder', sites: ['self'], layers: 1, heads: 1, dHead: D_HEAD, hidden: D_HEAD, causal: false }],
    head: 'none',
    labels: [],
    scale: 'softmax',
    segments: 0,
    takesPair: false,
    maskToken: null,
    device: { id: 'cpu', state: 'ready' },
    unusedWeights: [],
    openSeconds: 0,
  };
}

function exampleToken(text: string, index: number): Token {
  const start = index === 0 ? 0 : EXAMPLE_TEXT.indexOf(text);
  return {
    index,
    id: index,
    piece: text,
    text,
    startsWord: true,
    special: false,
    part: 0,
    start,
    end: start + text.length,
  };
}

function exampleSummary(): SiteSummary {
  const mean = (of: (row: readonly number[], query: number) => number): number =>
    PATTERN.reduce((sum, row, query) => sum + of(row, query), 0) / COUNT;
  const statistics = {
    entropy: mean((row) => row.reduce((sum, weight) => sum - weight * Math.log(weight), 0)),
    distance: mean((row, query) => row.reduce((sum, weight, key) => sum + weight * Math.abs(query - key), 0)),
    first: mean((row) => row[0] ?? NaN),
    previous: mean((row, query) => row[query - 1] ?? 0),
    self: mean((row, query) => row[query] ?? NaN),
    separator: 0,
  };
  const order = ['entropy', 'distance', 'first', 'previous', 'self', 'separator'] as const;
  const pictures = Uint8Array.from(PATTERN.flat(), (weight) => Math.round(255 * Math.sqrt(weight)));
  return {
    stack: 'encoder',
    site: 'self',
    layers: 1,
    heads: 1,
    grid: COUNT,
    block: 1,
    pictures: pictures.buffer,
    statistics: Float32Array.from(order, (name) => statistics[name]).buffer,
    order: [...order],
  };
}

/** The stations that can be shown. */
export function stationsOf(isExample: boolean): readonly Station[] {
  return isExample ? EXAMPLE_STATIONS : ALL_STATIONS;
}

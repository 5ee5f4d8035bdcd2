/** A plan and an encoding → the tensors that the network's graph takes. Shapes are those of layers/attention.ts; batch is 1. */
import type { Feed, Feeds } from '../session/runtime.ts';
import type { StackInfo } from '../types.ts';
import { maskOf } from './plan.ts';
import type { SitePlan } from './plan.ts';

/** Pictures of heads are at most this many cells a side. */
export const LARGEST_GRID = 32;

/** The linear statistics of layers/summary.ts, in the order of its columns. */
const LINEAR_STATISTICS = 5;

export interface Tiling {
  /** Cells a side of a picture. */
  readonly grid: number;
  /** Tokens a side of a cell: the smallest that keeps `grid` within LARGEST_GRID. */
  readonly block: number;
}

export function tilingOf(tokens: number): Tiling {
  const block = Math.ceil(tokens / LARGEST_GRID);
  return { block, grid: Math.ceil(tokens / block) };
}

/** ids, positions and segments, each int64 [1, tokens]. */
export function textFeeds(ids: readonly number[], typeIds: readonly number[] | null): Feeds {
  return {
    ids: integerRow(ids),
    positions: integerRow(ids.map((_, index) => index)),
    ...(typeIds === null ? {} : { segments: integerRow(typeIds) }),
  };
}

/** int64 [1, values]. */
export function integerRow(values: readonly number[]): Feed {
  return { type: 'int64', data: BigInt64Array.from(values, BigInt), dims: [1, values.length] };
}

/** The inputs of a network without tracing. */
export function plainFeeds(stacks: readonly StackInfo[], segments: number, ids: readonly number[]): Feeds {
  const tokens = ids.length;
  const masks = stacks
    .filter(({ causal }) => causal)
    .map((stack) => {
      const mask = maskOf({ stack, tokens, visibility: new Map() }, 0);
      return [`${stack.name}.self.mask`, floats(mask, [1, 1, tokens, tokens])] as const;
    });
  return {
    ...textFeeds(ids, segments > 0 ? ids.map(() => 0) : null),
    ...Object.fromEntries(masks),
  };
}

/**
 * The inputs of one site.
 * @param separators which key tokens count as separators
 */
export function siteFeeds(plan: SitePlan, separators: readonly boolean[]): Feeds {
  const { stack, tokens } = plan;
  const { grid, block } = tilingOf(tokens);
  const pad = grid * block - tokens;
  const named: Feeds = {
    factor: floats(plan.factor, [stack.layers, 1, stack.heads, 1, 1]),
    scale: scaleFeed(plan),
    ...maskFeeds(plan),
    summaryWeights: floats(linearWeights(tokens, separators), [tokens * tokens, LINEAR_STATISTICS]),
    picturePads: integers([0, 0, 0, 0, 0, 0, pad, pad]),
    pictureTiles: integers([1, stack.heads, grid, block, grid, block]),
  };
  return Object.fromEntries(Object.entries(named).map(([name, feed]) => [`${stack.name}.self.${name}`, feed]));
}

/** Scale a head, or a query where rows of the pattern are replaced: there 0, so that only the mask's log-weights count. */
function scaleFeed({ stack, tokens, scale, replaced }: SitePlan): Feed {
  if (replaced.size === 0) return floats(scale, [stack.layers, 1, stack.heads, 1, 1]);
  const perQuery = new Float32Array(scale.length * tokens);
  scale.forEach((value, head) => perQuery.fill(value, head * tokens, (head + 1) * tokens));
  for (const [head, rows] of replaced) for (const query of rows.keys()) perQuery[head * tokens + query] = 0;
  return floats(perQuery, [stack.layers, 1, stack.heads, tokens, 1]);
}

/**
 * Tables of masks: the first is the model's own, then one for each different set of edits; layers with the same edits share a table,
 * and so do heads where in every layer all heads have the same edits.
 */
function maskFeeds(plan: SitePlan): { mask: Feed; maskIndex: Feed } {
  const { stack, tokens } = plan;
  const layers = Array.from({ length: stack.layers }, (_, layer) =>
    Array.from({ length: stack.heads }, (_head, head) => layer * stack.heads + head),
  );
  const edits = layers.map((heads) => heads.map((head) => editsOf(plan, head)));
  if (edits.every((heads) => heads.every((edit) => edit === ''))) {
    const neutral = stack.causal
      ? floats(maskOf(plan, -1), [1, 1, 1, tokens, tokens])
      : floats(new Float32Array(1), [1, 1, 1, 1, 1]);
    return { mask: neutral, maskIndex: integers(layers.map(() => 0)) };
  }
  const width = edits.every((heads) => heads.every((edit) => edit === heads[0])) ? 1 : stack.heads;
  const keys = ['', ...new Set(edits.map((heads) => tableKey(heads)).filter((key) => key !== ''))];
  const tables = new Float32Array(keys.length * width * tokens * tokens);
  keys.forEach((key, table) => {
    const layer = edits.findIndex((heads) => tableKey(heads) === key);
    for (let head = 0; head < width; head++) {
      const values = key === '' ? maskOf(plan, -1) : maskWithReplacedRows(plan, layers[layer]![head]!);
      tables.set(values, (table * width + head) * tokens * tokens);
    }
  });
  return {
    mask: floats(tables, [keys.length, 1, width, tokens, tokens]),
    maskIndex: integers(edits.map((heads) => keys.indexOf(tableKey(heads)))),
  };
}

/** The edits of one head as a text that is equal for equal edits; empty for none. */
function editsOf({ visibility, replaced }: SitePlan, head: number): string {
  const cells = [...(visibility.get(head) ?? [])]
    .sort(([a], [b]) => a - b)
    .map(([cell, visible]) => `${cell}${visible ? '+' : '-'}`);
  // Rows are compared by the head they were made for: two heads with replaced rows never share a table.
  const rows = (replaced.get(head)?.size ?? 0) > 0 ? [`rows of ${head}`] : [];
  return [...cells, ...rows].join(' ');
}

function tableKey(heads: readonly string[]): string {
  return heads.every((edit) => edit === '') ? '' : heads.join('|');
}

function maskWithReplacedRows(plan: SitePlan, head: number): Float32Array {
  const mask = maskOf(plan, head);
  for (const [query, weights] of plan.replaced.get(head) ?? []) {
    mask.set(weights.map(Math.log), query * plan.tokens);
  }
  return mask;
}

/** f32 [query·key, 5]: distance, first, previous, self, separator; a sum with a pattern gives the mean over its queries. */
function linearWeights(tokens: number, separators: readonly boolean[]): Float32Array {
  const weights = new Float32Array(tokens * tokens * LINEAR_STATISTICS);
  const mean = 1 / tokens;
  const meanOfPrevious = tokens > 1 ? 1 / (tokens - 1) : 0;
  let at = 0;
  for (let query = 0; query < tokens; query++) {
    for (let key = 0; key < tokens; key++) {
      weights[at] = Math.abs(query - key) * mean;
      if (key === 0) weights[at + 1] = mean;
      if (key === query - 1) weights[at + 2] = meanOfPrevious;
      if (key === query) weights[at + 3] = mean;
      if (separators[key] === true) weights[at + 4] = mean;
      at += LINEAR_STATISTICS;
    }
  }
  return weights;
}

export function floats(data: Float32Array, dims: readonly number[]): Feed {
  return { type: 'float32', data, dims };
}

export function integers(values: readonly number[]): Feed {
  return { type: 'int64', data: BigInt64Array.from(values, BigInt), dims: [values.length] };
}

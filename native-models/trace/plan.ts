/**
 * Interventions → what each attention site computes with. A plan is made once a run, from the list in order; the network's inputs
 * and the slices of single heads both read it, so they cannot disagree.
 */
import { ModelError } from '../errors.ts';
import type { StackInfo } from '../types.ts';
import type { Intervention, PatternRow, Site } from './interventions.ts';

/** One self-attention site of a stack with its interventions applied. Arrays are row-major. */
export interface SitePlan {
  readonly stack: StackInfo;
  readonly tokens: number;
  /** f32 [layers, heads]; neutral 1/√d_head. */
  readonly scale: Float32Array;
  /** f32 [layers, heads]; neutral 1. */
  readonly factor: Float32Array;
  /** Visibility edits by `layer·heads + head`: query·tokens + key → visible. */
  readonly visibility: ReadonlyMap<number, ReadonlyMap<number, boolean>>;
  /** Replaced rows of the pattern by `layer·heads + head`: query → weights f32 [tokens]. */
  readonly replaced: ReadonlyMap<number, ReadonlyMap<number, Float32Array>>;
}

const ROW_SUM_TOLERANCE = 1e-3;

/**
 * @throws ModelError `bad-request` for an intervention that names a layer, head or token that is not there, a pattern row that
 *   does not sum to 1, or a query that is left with no key
 */
export function planSites(
  stacks: readonly StackInfo[],
  tokens: number,
  list: readonly Intervention[],
): readonly SitePlan[] {
  for (const intervention of list) assertSite(stacks, intervention.site);
  return stacks.map((stack) => planStack(stack, tokens, list));
}

function planStack(stack: StackInfo, tokens: number, list: readonly Intervention[]): SitePlan {
  const count = stack.layers * stack.heads;
  const plan = {
    stack,
    tokens,
    scale: new Float32Array(count).fill(1 / Math.sqrt(stack.dHead)),
    factor: new Float32Array(count).fill(1),
    visibility: new Map<number, Map<number, boolean>>(),
    replaced: new Map<number, Map<number, Float32Array>>(),
  };
  const apply = (intervention: Intervention) => {
    const heads = headsOf(stack, intervention.site);
    if (intervention.kind === 'scale')
      for (const head of heads) plan.scale[head] = finite('scale', intervention.factor);
    if (intervention.kind === 'head') for (const head of heads) plan.factor[head] = finite('head', intervention.factor);
    if (intervention.kind === 'mask') {
      const cell = token('query', intervention.query, tokens) * tokens + token('key', intervention.key, tokens);
      for (const head of heads) entry(plan.visibility, head).set(cell, intervention.visible);
    }
  };
  list.forEach(apply);
  for (const head of plan.visibility.keys()) assertEveryQuerySees(plan, head);
  // Patterns come after the masks, because `uniform` spreads over the keys that are left visible.
  for (const intervention of list) {
    if (intervention.kind !== 'pattern') continue;
    for (const head of headsOf(stack, intervention.site)) {
      const rows = entry(plan.replaced, head);
      for (const { query, weights } of patternRows(plan, head, intervention.pattern)) {
        rows.set(token('query', query, tokens), checkedRow(query, weights, tokens));
      }
    }
  }
  return plan;
}

/** f32 [tokens, tokens], 0 or −∞: the model's own mask with the visibility edits of one head. */
export function maskOf(
  { stack, tokens, visibility }: Pick<SitePlan, 'stack' | 'tokens' | 'visibility'>,
  head: number,
): Float32Array {
  const mask = new Float32Array(tokens * tokens);
  if (stack.causal)
    for (let query = 0; query < tokens; query++) mask.fill(-Infinity, query * tokens + query + 1, (query + 1) * tokens);
  for (const [cell, visible] of visibility.get(head) ?? []) mask[cell] = visible ? 0 : -Infinity;
  return mask;
}

function patternRows(
  plan: Pick<SitePlan, 'stack' | 'tokens' | 'visibility'>,
  head: number,
  pattern: 'uniform' | 'previous' | 'first' | readonly PatternRow[],
): readonly PatternRow[] {
  if (typeof pattern !== 'string') return pattern;
  const { tokens } = plan;
  const mask = pattern === 'uniform' ? maskOf(plan, head) : null;
  return Array.from({ length: tokens }, (_, query) => {
    if (mask === null) return { query, weights: oneHot(tokens, pattern === 'first' ? 0 : Math.max(0, query - 1)) };
    const visible = Array.from(mask.subarray(query * tokens, (query + 1) * tokens), (value) => (value === 0 ? 1 : 0));
    const count = visible.reduce<number>((sum, value) => sum + value, 0);
    return { query, weights: visible.map((value) => value / count) };
  });
}

function oneHot(length: number, index: number): number[] {
  return Array.from({ length }, (_, at) => (at === index ? 1 : 0));
}

function checkedRow(query: number, weights: readonly number[], tokens: number): Float32Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const valid = weights.length === tokens && weights.every((weight) => weight >= 0 && weight <= 1 + ROW_SUM_TOLERANCE);
  if (valid && Math.abs(sum - 1) <= ROW_SUM_TOLERANCE) return Float32Array.from(weights);
  throw new ModelError(
    'bad-request',
    'pattern-row',
    `The pattern row of query ${query} has ${weights.length} weights with sum ${sum}; expected ${tokens} weights of 0…1 with sum 1.`,
    { query, weights: weights.length, sum, tokens },
  );
}

function assertEveryQuerySees(plan: Pick<SitePlan, 'stack' | 'tokens' | 'visibility'>, head: number): void {
  const { tokens, stack } = plan;
  const mask = maskOf(plan, head);
  for (let query = 0; query < tokens; query++) {
    if (mask.subarray(query * tokens, (query + 1) * tokens).some((value) => value === 0)) continue;
    throw new ModelError(
      'bad-request',
      'query-sees-nothing',
      `Query ${query} of ${stack.name} layer ${Math.floor(head / stack.heads)} head ${head % stack.heads} would see no key at all; leave it at least one.`,
      { query },
    );
  }
}

/** Indices `layer·heads + head` that a site covers; none where it names another stack. */
function headsOf(stack: StackInfo, site: Site): readonly number[] {
  if (site.stack !== undefined && site.stack !== stack.name) return [];
  const range = (chosen: number | undefined, count: number) =>
    chosen === undefined ? Array.from({ length: count }, (_, index) => index) : [chosen];
  return range(site.layer, stack.layers).flatMap((layer) =>
    range(site.head, stack.heads).map((head) => layer * stack.heads + head),
  );
}

function assertSite(stacks: readonly StackInfo[], site: Site): void {
  const covered = stacks.filter((stack) => site.stack === undefined || stack.name === site.stack);
  const inside = (index: number | undefined, count: number) =>
    index === undefined || (Number.isInteger(index) && index >= 0 && index < count);
  if (
    covered.length > 0 &&
    covered.every((stack) => inside(site.layer, stack.layers) && inside(site.head, stack.heads))
  )
    return;
  const has = stacks
    .map(({ name, layers, heads }) => `${name} (layers 0…${layers - 1}, heads 0…${heads - 1})`)
    .join(', ');
  const asked = [site.stack ?? 'any stack', `layer ${site.layer ?? 'any'}`, `head ${site.head ?? 'any'}`].join(', ');
  throw new ModelError('bad-request', 'site-missing', `There is no ${asked} in this model; it has ${has}.`);
}

function token(what: 'query' | 'key', index: number, tokens: number): number {
  if (Number.isInteger(index) && index >= 0 && index < tokens) return index;
  throw new ModelError(
    'bad-request',
    'token-missing',
    `There is no ${what} ${index}; the text has tokens 0…${tokens - 1}.`,
    {
      index,
      tokens,
    },
  );
}

function finite(what: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new ModelError('bad-request', 'factor-not-finite', `The ${what} factor is ${value}; expected a finite number.`);
}

function entry<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Map<L, V>();
  map.set(key, made);
  return made;
}

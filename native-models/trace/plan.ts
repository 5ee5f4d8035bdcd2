/**
 * Interventions → what each attention site computes with. A plan is made once a run, from the list in order; the network's inputs
 * and the slices of single heads both read it, so they cannot disagree.
 */
import { ModelError } from '../errors.ts';
import type { StackInfo } from '../types.ts';
import type { Intervention, Site } from './interventions.ts';
import { drawnRow, pointedRow, uniformRow, withoutHidden } from './pattern-rows.ts';
import type { ReplacedRow } from './pattern-rows.ts';
import type { Range } from './rows.ts';

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

/** A plan while the list is being applied. */
interface Draft extends Pick<SitePlan, 'stack' | 'tokens' | 'scale' | 'factor'> {
  readonly visibility: Map<number, Map<number, boolean>>;
  readonly rows: Map<number, Map<number, ReplacedRow>>;
}

type Masks = Pick<SitePlan, 'stack' | 'tokens' | 'visibility'>;

/**
 * @throws ModelError `bad-request` for an intervention that names a layer, head or token that is not there, a pattern row that
 *   does not sum to 1, a query that is left with no key, or a replaced row whose weight is all on keys hidden after it
 */
export function planSites(
  stacks: readonly StackInfo[],
  tokens: number,
  list: readonly Intervention[],
): readonly SitePlan[] {
  for (const intervention of list) assertFits(stacks, tokens, intervention);
  return stacks.map((stack) => planStack(stack, tokens, list));
}

function planStack(stack: StackInfo, tokens: number, list: readonly Intervention[]): SitePlan {
  const count = stack.layers * stack.heads;
  const draft: Draft = {
    stack,
    tokens,
    scale: new Float32Array(count).fill(1 / Math.sqrt(stack.dHead)),
    factor: new Float32Array(count).fill(1),
    visibility: new Map(),
    rows: new Map(),
  };
  for (const intervention of list)
    for (const head of headsOf(stack, intervention.site)) apply(draft, head, intervention);
  for (const [head, edits] of draft.visibility) {
    const queries = new Set([...edits.keys()].map((cell) => Math.floor(cell / tokens)));
    for (const query of queries) assertSeesSomething(draft, head, query);
  }
  const { scale, factor, visibility } = draft;
  return { stack, tokens, scale, factor, visibility, replaced: replacedRows(draft) };
}

function apply(draft: Draft, head: number, intervention: Intervention): void {
  const { tokens } = draft;
  switch (intervention.kind) {
    case 'scale':
      draft.scale[head] = intervention.factor;
      return;
    case 'head':
      draft.factor[head] = intervention.factor;
      return;
    case 'mask': {
      const { query, key, visible } = intervention;
      entry(draft.visibility, head).set(query * tokens + key, visible);
      const hidden = draft.rows.get(head)?.get(query)?.hidden;
      if (visible) hidden?.delete(key);
      else hidden?.add(key);
      return;
    }
    case 'pattern': {
      const rows = entry(draft.rows, head);
      for (const [query, weights] of patternRows(draft, head, intervention.pattern))
        rows.set(query, { weights, hidden: new Set() });
    }
  }
}

type Pattern = Extract<Intervention, { kind: 'pattern' }>['pattern'];

function patternRows(draft: Draft, head: number, pattern: Pattern): readonly (readonly [number, Float32Array])[] {
  const { tokens } = draft;
  if (typeof pattern !== 'string') return pattern.map((row) => [row.query, drawnRow(row, tokens)]);
  return Array.from({ length: tokens }, (_, query) => {
    if (pattern !== 'uniform') return [query, pointedRow(pattern, query, tokens)];
    assertSeesSomething(draft, head, query);
    return [query, uniformRow(tokens, (key) => sees(draft, head, query, key))];
  });
}

function replacedRows({ stack, rows }: Draft): ReadonlyMap<number, ReadonlyMap<number, Float32Array>> {
  const ofHead = (head: number, replaced: ReadonlyMap<number, ReplacedRow>) =>
    new Map(
      [...replaced].map(([query, row]) => {
        const weights = withoutHidden(row);
        if (weights !== null) return [query, weights];
        const message = `Query ${query} of ${headName(stack, head)} keeps no weight: its pattern was replaced, and then every key that the pattern looks at was hidden; hide keys before replacing the pattern, or fewer of them.`;
        throw new ModelError('bad-request', 'pattern-row-hidden', message, { query });
      }),
    );
  return new Map([...rows].map(([head, replaced]) => [head, ofHead(head, replaced)]));
}

/** f32 [rows, tokens], 0 or −∞: the model's own mask with the visibility edits of one head, for some queries or all. */
export function maskOf(
  { stack, tokens, visibility }: Masks,
  head: number,
  { first, count }: Range = { first: 0, count: tokens },
): Float32Array {
  const mask = new Float32Array(count * tokens);
  if (stack.causal)
    for (let row = 0; row < count; row++) mask.fill(-Infinity, row * tokens + first + row + 1, (row + 1) * tokens);
  for (const [cell, visible] of visibility.get(head) ?? []) {
    const at = cell - first * tokens;
    if (at >= 0 && at < mask.length) mask[at] = visible ? 0 : -Infinity;
  }
  return mask;
}

function sees({ stack, tokens, visibility }: Masks, head: number, query: number, key: number): boolean {
  return visibility.get(head)?.get(query * tokens + key) ?? (!stack.causal || key <= query);
}

function assertSeesSomething(masks: Masks, head: number, query: number): void {
  for (let key = 0; key < masks.tokens; key++) if (sees(masks, head, query, key)) return;
  const message = `Query ${query} of ${headName(masks.stack, head)} would see no key at all; leave it at least one.`;
  throw new ModelError('bad-request', 'query-sees-nothing', message, { query });
}

function headName({ name, heads }: StackInfo, head: number): string {
  return `${name} layer ${Math.floor(head / heads)} head ${head % heads}`;
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

function assertFits(stacks: readonly StackInfo[], tokens: number, intervention: Intervention): void {
  assertSite(stacks, intervention.site);
  switch (intervention.kind) {
    case 'scale':
    case 'head':
      assertFinite(intervention.kind, intervention.factor);
      return;
    case 'mask':
      assertToken('query', intervention.query, tokens);
      assertToken('key', intervention.key, tokens);
      return;
    case 'pattern':
      if (typeof intervention.pattern === 'string') return;
      for (const { query } of intervention.pattern) assertToken('query', query, tokens);
  }
}

function assertSite(stacks: readonly StackInfo[], { stack: name, layer, head }: Site): void {
  const covered = stacks.filter((stack) => name === undefined || stack.name === name);
  const inside = (index: number | undefined, count: number) =>
    index === undefined || (Number.isInteger(index) && index >= 0 && index < count);
  if (covered.length > 0 && covered.every(({ layers, heads }) => inside(layer, layers) && inside(head, heads))) return;
  const asked = [
    ...(name === undefined ? [] : [name]),
    ...(layer === undefined ? [] : [`layer ${layer}`]),
    ...(head === undefined ? [] : [`head ${head}`]),
  ].join(', ');
  const has = stacks
    .map((stack) => `${stack.name} (layers 0…${stack.layers - 1}, heads 0…${stack.heads - 1})`)
    .join(', ');
  throw new ModelError('bad-request', 'site-missing', `There is no ${asked} in this model; it has ${has}.`);
}

function assertToken(what: 'query' | 'key', index: number, tokens: number): void {
  if (Number.isInteger(index) && index >= 0 && index < tokens) return;
  const message = `There is no ${what} ${index}; the text has tokens 0…${tokens - 1}.`;
  throw new ModelError('bad-request', 'token-missing', message, { index, tokens });
}

/** The graph computes in float32, where 1e39 is infinite. */
function assertFinite(what: string, value: number): void {
  if (Number.isFinite(Math.fround(value))) return;
  throw new ModelError('bad-request', 'factor-not-finite', `The ${what} factor is ${value}; expected a finite number.`);
}

function entry<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Map<L, V>();
  map.set(key, made);
  return made;
}

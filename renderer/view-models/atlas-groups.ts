/** Heads that look alike in this sentence, in groups, and what such a group is called. */
import type { ScoredHead, SiteSummary } from '../../electron/api/index.ts';
import { isSameHead, MOST_HEADS } from '../state/selection.ts';
import type { HeadPlace, Selection } from '../state/selection.ts';
import { clusterTree, cutTree } from './atlas-cluster.ts';
import { headDistances, headRows } from './atlas-similar.ts';
import type { Translate } from './failure.ts';
import { formatNumber } from './format.ts';
import { SHARES, statisticOf } from './heads.ts';
import type { Statistic } from './heads.ts';

/** A cluster is a group while it is joined at no more than this share of the mean distance of all heads, or this distance. */
const GROUP_SHARE = 0.75;
const ALIKE = 0.1;
/** From this mean on, a group is called after where its attention goes, or after a score. */
const MOSTLY = 0.5;
/** From this share of the entropy of even weights on, weights are called spread out. */
const SPREAD = 0.85;
/** Scores that say what no statistic of one sentence says. */
const NAMING_SCORES = ['induction', 'duplicateToken'] as const;

export type GroupName =
  /** Where most of the attention goes, or what the heads do on test sequences; `value`: mean over the members, 0…1. */
  | { readonly kind: 'statistic'; readonly of: Statistic; readonly value: number }
  | { readonly kind: 'score'; readonly of: (typeof NAMING_SCORES)[number]; readonly value: number }
  /** Nearly the same weight on every token that can be seen. */
  | { readonly kind: 'spread' }
  /** Counts from 1. */
  | { readonly kind: 'number'; readonly number: number }
  /** Heads that are in no group. */
  | { readonly kind: 'alone' };

export interface HeadGroup {
  readonly name: GroupName;
  /** Flat indices (layer · heads + head): neighbours are alike. */
  readonly heads: readonly number[];
}

/** Flat indices of heads. */
export interface SimilarHeads {
  /** Two heads and more each, in an order in which neighbours are alike. */
  readonly groups: readonly (readonly number[])[];
  /** Heads that are like no other, in the order of layers and heads. */
  readonly alone: readonly number[];
  /** Clusters that are further apart than this on average stay apart: see `headDistance`, 0…1. */
  readonly most: number;
}

const kept = new WeakMap<SiteSummary, SimilarHeads>();

/**
 * The heads by average linkage of their distances, cut at three quarters of the mean distance of two heads in this sentence: heads
 * differ more in some sentences than in others. Heads that differ by 0.1 at most are alike in any case. Kept as long as the summary is.
 */
export function similarHeads(summary: SiteSummary): SimilarHeads {
  const known = kept.get(summary);
  if (known !== undefined) return known;
  const rows = headRows(summary);
  const distances = headDistances(rows);
  const most = Math.max(ALIKE, GROUP_SHARE * meanDistance(distances, rows.count));
  const clusters = cutTree(clusterTree(distances, rows.count), most);
  const alone = clusters.filter((heads) => heads.length === 1).flat();
  const groups = clusters.filter((heads) => heads.length > 1);
  const similar = { groups, alone: alone.sort((a, b) => a - b), most };
  kept.set(summary, similar);
  return similar;
}

/** Of all pairs of two heads; 0 where there is one head. */
function meanDistance(distances: Float64Array, count: number): number {
  return count < 2 ? 0 : distances.reduce((sum, each) => sum + each, 0) / (count * (count - 1));
}

/** What names are made of, beyond the summary. */
export interface NamingFacts {
  readonly tokens: number;
  /** Whether tokens see only what came before. */
  readonly isCausal: boolean;
  /** null where the scores are not measured. */
  readonly scored: readonly ScoredHead[] | null;
}

/** All heads in groups with names: after what most of their attention goes to, else numbered; those in no group come last. */
export function headGroups(summary: SiteSummary, facts: NamingFacts): readonly HeadGroup[] {
  const { groups, alone } = similarHeads(summary);
  const named = groups.map((heads, at) => ({ heads, name: nameOf(heads, summary, facts) ?? numbered(at) }));
  return alone.length === 0 ? named : [...named, { heads: alone, name: { kind: 'alone' } }];
}

const numbered = (at: number): GroupName => ({ kind: 'number', number: at + 1 });

function nameOf(heads: readonly number[], summary: SiteSummary, facts: NamingFacts): GroupName | null {
  const mean = (valueOf: (head: number) => number): number =>
    heads.reduce((sum, head) => sum + valueOf(head), 0) / heads.length;
  const score = largest(NAMING_SCORES, (name) => mean((head) => scoreOf(head, summary, facts, name)));
  if (score.value >= MOSTLY) return { kind: 'score', ...score };
  const statistic = (name: Statistic): number => mean((head) => statisticAt(summary, head, name));
  const share = largest(SHARES, statistic);
  if (share.value >= MOSTLY) return { kind: 'statistic', ...share };
  const even = evenEntropy(facts);
  return even > 0 && statistic('entropy') >= SPREAD * even ? { kind: 'spread' } : null;
}

/** The first of the largest; NaN is never it. */
function largest<T>(names: readonly T[], valueOf: (name: T) => number): { readonly of: T; readonly value: number } {
  const [first, ...rest] = names.map((of) => ({ of, value: valueOf(of) }));
  if (first === undefined) throw new RangeError('invalid names: none');
  return rest.reduce((best, each) => (each.value > best.value ? each : best), first);
}

function statisticAt(summary: SiteSummary, head: number, name: Statistic): number {
  return statisticOf(summary, Math.floor(head / summary.heads), head % summary.heads, name);
}

function scoreOf(
  index: number,
  { stack, site, heads }: SiteSummary,
  { scored }: NamingFacts,
  name: (typeof NAMING_SCORES)[number],
): number {
  // Self-attention alone is scored.
  const isIt = (item: ScoredHead): boolean => item.stack === stack && item.layer * heads + item.head === index;
  return site === 'self' ? (scored?.find(isIt)?.scores[name] ?? 0) : 0;
}

/** The mean entropy over the queries of weights that are the same on every token that can be seen, in nats. */
export function evenEntropy({ tokens, isCausal }: Pick<NamingFacts, 'tokens' | 'isCausal'>): number {
  if (!isCausal) return Math.log(Math.max(1, tokens));
  let sum = 0;
  for (let seen = 1; seen <= tokens; seen += 1) sum += Math.log(seen);
  return tokens > 0 ? sum / tokens : 0;
}

/** `mostly first token · 0.92`, `group 3`. */
export function groupTitle(name: GroupName, words: Translate): string {
  switch (name.kind) {
    case 'statistic':
    case 'score':
      return words('atlasView.group.mostly', {
        name: words(`${name.kind}.${name.of}`),
        value: formatNumber(name.value, 2),
      });
    case 'number':
      return words('atlasView.group.number', { number: name.number });
    default:
      return words(`atlasView.group.${name.kind}`);
  }
}

/** What the groups are, in short for a note and in full for its title. */
export function groupsNote(summary: SiteSummary, words: Translate): { readonly short: string; readonly full: string } {
  const values = { distance: formatNumber(similarHeads(summary).most, 2) };
  return { short: words('atlasView.groupsNote', values), full: words('atlasView.groupsHelp', values) };
}

/**
 * Chooses heads together: the selected one stays selected if it is one of them, else the first is; no more than `MOST_HEADS`.
 * @param indices flat indices; @param heads how many heads a layer has
 */
export function chooseAll(
  selection: HeadPlace,
  indices: readonly number[],
  heads: number,
): Pick<Selection, 'layer' | 'head' | 'others'> {
  const places = indices.map((index): HeadPlace => ({ layer: Math.floor(index / heads), head: index % heads }));
  const { layer, head } = places.find((place) => isSameHead(place, selection)) ?? places[0] ?? selection;
  const others = places.filter((place) => !isSameHead(place, { layer, head }));
  return { layer, head, others: others.slice(0, MOST_HEADS - 1) };
}

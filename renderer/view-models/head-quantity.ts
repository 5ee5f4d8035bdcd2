/** What can colour and sort the heads: a statistic of this sentence, or a score on the model's test sequences. */
import { HEAD_SCORES } from '../../electron/api/index.ts';
import type { HeadScore, ScoredHead, SiteSummary } from '../../electron/api/index.ts';
import { SHARES, STATISTIC_ORDER, statisticColumn, statisticOf } from './heads.ts';
import type { Statistic } from './heads.ts';

/** Also the key of its words: `statistic.entropy`, `score.induction`. */
export type StatisticQuantity = `statistic.${Statistic}`;
export type ScoreQuantity = `score.${HeadScore}`;
export type Quantity = StatisticQuantity | ScoreQuantity;

export const STATISTIC_QUANTITIES = STATISTIC_ORDER.map((name): StatisticQuantity => `statistic.${name}`);
export const SCORE_QUANTITIES = HEAD_SCORES.map((name): ScoreQuantity => `score.${name}`);

/** `pictures`: every head's own weights. */
export type AtlasColour = 'pictures' | Quantity;

/** What the colour can be, in labelled groups. */
export const COLOUR_GROUPS: readonly { readonly id: 'sentence' | 'scores'; readonly items: readonly AtlasColour[] }[] =
  [
    { id: 'sentence', items: ['pictures', ...STATISTIC_QUANTITIES] },
    { id: 'scores', items: SCORE_QUANTITIES },
  ];

export function isScore(colour: AtlasColour): colour is ScoreQuantity {
  return colour.startsWith('score.');
}

/** `score.help.induction`: the words that define a quantity. */
export function helpKey(quantity: Quantity): string {
  return quantity.replace('.', '.help.');
}

const nameOf = (quantity: Quantity): string => quantity.slice(quantity.indexOf('.') + 1);

/** Quantities that lie in 0…1: every one but entropy and the distances. */
export function isShare(quantity: Quantity): boolean {
  const name = nameOf(quantity);
  return isScore(quantity) ? name !== 'distance' : SHARES.some((share) => share === name);
}

/** The key of a quantity's unit. */
export function unitKey(quantity: Quantity): string {
  if (quantity === 'statistic.entropy') return 'statistic.nats';
  if (quantity === 'score.uniform') return 'score.ratio';
  if (!isShare(quantity)) return 'statistic.tokens';
  return isScore(quantity) ? 'score.weight' : 'statistic.share';
}

/** One quantity of one head; NaN where it was not measured. */
export function quantityOf(
  quantity: Quantity,
  summary: SiteSummary,
  scored: readonly ScoredHead[],
  { layer, head }: { readonly layer: number; readonly head: number },
): number {
  const name = nameOf(quantity);
  if (!isScore(quantity)) return statisticOf(summary, layer, head, name as Statistic);
  const found = scored.find((item) => item.stack === summary.stack && item.layer === layer && item.head === head);
  return summary.site === 'self' && found !== undefined ? found.scores[name as HeadScore] : NaN;
}

/** One quantity of all heads of a site. */
export interface HeadReading {
  readonly quantity: Quantity;
  /** [layer, head] of layers × heads; NaN where nothing was measured. */
  readonly values: Float64Array;
  /** The least and greatest measured value; null where there is none. */
  readonly range: readonly [number, number] | null;
  /** The values at the two ends of the colour scale. */
  readonly domain: readonly [number, number];
}

/**
 * Reads a quantity of all heads of the summary's site.
 * @param scored the model's scores; null while they are not known. They are of self-attention.
 */
export function headReading(
  quantity: Quantity,
  summary: SiteSummary,
  scored: readonly ScoredHead[] | null,
): HeadReading {
  const values = isScore(quantity)
    ? scoreColumn(quantity, summary, scored ?? [])
    : Float64Array.from(statisticColumn(summary, nameOf(quantity) as Statistic));
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length === 0) return { quantity, values, range: null, domain: [0, 1] };
  const least = known.reduce((low, value) => Math.min(low, value), Infinity);
  const most = known.reduce((high, value) => Math.max(high, value), -Infinity);
  // Scores in 0…1 keep that scale, so that a model without such a head looks like one.
  const own: readonly [number, number] = most > least ? [least, most] : [least - 0.5, least + 0.5];
  const domain = isScore(quantity) && isShare(quantity) ? ([0, 1] as const) : own;
  return { quantity, values, range: [least, most], domain };
}

function scoreColumn(
  quantity: ScoreQuantity,
  { stack, site, layers, heads }: SiteSummary,
  scored: readonly ScoredHead[],
): Float64Array {
  const values = new Float64Array(layers * heads).fill(NaN);
  const name = nameOf(quantity) as HeadScore;
  for (const item of site === 'self' ? scored : []) {
    const inside = item.stack === stack && item.layer < layers && item.head < heads;
    if (inside) values[item.layer * heads + item.head] = item.scores[name];
  }
  return values;
}

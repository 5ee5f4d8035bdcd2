/**
 * What can colour and sort the heads: a statistic of this sentence, what a head does to a prediction of it, how far the changes
 * moved a head, or a score on the model's test sequences.
 */
import { HEAD_SCORES } from '../../electron/api/index.ts';
import type { HeadScore, LayerChange, RankedHead, ScoredHead, SiteSummary } from '../../electron/api/index.ts';
import { scoreScale, weightScale } from '../figures/colour-scale.ts';
import type { ColourScaleSpec } from '../figures/colour-scale.ts';
import { MOVED } from '../state/atlas.ts';
import type { AtlasColour, EffectQuantity, Quantity, ScoreQuantity, StatisticQuantity } from '../state/atlas.ts';
import { SHARES, STATISTIC_ORDER, statisticOf } from './heads.ts';
import type { Statistic } from './heads.ts';

/** What the prediction becomes without a head; the first two are signed. */
export const EFFECTS = ['deltaProbability', 'deltaLogit', 'klNats'] as const satisfies readonly (keyof RankedHead)[];
export type Effect = (typeof EFFECTS)[number];

export { MOVED } from '../state/atlas.ts';
export type { AtlasColour, EffectQuantity, Quantity, ScoreQuantity, StatisticQuantity } from '../state/atlas.ts';

export const STATISTIC_QUANTITIES = STATISTIC_ORDER.map((name): StatisticQuantity => `statistic.${name}`);
export const SCORE_QUANTITIES = HEAD_SCORES.map((name): ScoreQuantity => `score.${name}`);
export const EFFECT_QUANTITIES = EFFECTS.map((name): EffectQuantity => `effect.${name}`);

/** Where the numbers come from: the run's summary, its ranking of heads, its comparison with the original, the model's scores. */
export type ColourGroup = 'sentence' | 'prediction' | 'changes' | 'scores';

/** What the colour can be, in labelled groups. */
export const COLOUR_GROUPS: readonly { readonly id: ColourGroup; readonly items: readonly AtlasColour[] }[] = [
  { id: 'sentence', items: ['pictures', ...STATISTIC_QUANTITIES] },
  { id: 'prediction', items: EFFECT_QUANTITIES },
  { id: 'changes', items: [MOVED] },
  { id: 'scores', items: SCORE_QUANTITIES },
];

export function groupOf(colour: AtlasColour): ColourGroup {
  if (isScore(colour)) return 'scores';
  if (isEffect(colour)) return 'prediction';
  return colour === MOVED ? 'changes' : 'sentence';
}

/** What is known of all heads beyond the run's summary; null where it is not wanted, or not known yet. */
export interface HeadNumbers {
  /** Of self-attention, as the others are. */
  readonly scored: readonly ScoredHead[] | null;
  readonly ranked: readonly RankedHead[] | null;
  readonly layers: readonly LayerChange[] | null;
}

export const NO_NUMBERS: HeadNumbers = { scored: null, ranked: null, layers: null };

/** What the panel of one head lists while the heads have a colour: its statistics, until the colour's numbers are there. */
export function panelQuantities(
  colour: AtlasColour,
  { scored, ranked, layers }: HeadNumbers,
): { readonly group: ColourGroup; readonly quantities: readonly Quantity[] } {
  const group = groupOf(colour);
  if (group === 'scores' && scored !== null) return { group, quantities: SCORE_QUANTITIES };
  if (group === 'prediction' && ranked !== null) return { group, quantities: EFFECT_QUANTITIES };
  if (group === 'changes' && layers !== null) return { group, quantities: [MOVED, ...STATISTIC_QUANTITIES] };
  return { group: 'sentence', quantities: STATISTIC_QUANTITIES };
}

export function isScore(colour: AtlasColour): colour is ScoreQuantity {
  return colour.startsWith('score.');
}

export function isEffect(colour: AtlasColour): colour is EffectQuantity {
  return colour.startsWith('effect.') && colour !== MOVED;
}

/** Quantities that say up or down, and not only how much. */
export function isSigned(quantity: Quantity): boolean {
  return quantity === 'effect.deltaProbability' || quantity === 'effect.deltaLogit';
}

/** Quantities that the window or the engine computed in double precision; the others are the model's float32. */
export function isDouble(quantity: Quantity): boolean {
  return groupOf(quantity) !== 'sentence';
}

/** `score.help.induction`: the words that define a quantity. */
export function helpKey(quantity: Quantity): string {
  return quantity.replace('.', '.help.');
}

const nameOf = (quantity: Quantity): string => quantity.slice(quantity.indexOf('.') + 1);

/** Quantities that lie in 0…1: every one but entropy, the distances and what a prediction does without a head. */
export function isShare(quantity: Quantity): boolean {
  const name = nameOf(quantity);
  if (isScore(quantity)) return name !== 'distance';
  return quantity === MOVED || SHARES.some((share) => share === name);
}

/** The key of a quantity's unit. */
export function unitKey(quantity: Quantity): string {
  if (quantity === 'effect.deltaProbability' || quantity === 'effect.deltaLogit' || quantity === MOVED) {
    return quantity.replace('.', '.unit.');
  }
  if (quantity === 'statistic.entropy' || quantity === 'effect.klNats') return 'statistic.nats';
  if (quantity === 'score.uniform') return 'score.ratio';
  if (!isShare(quantity)) return 'statistic.tokens';
  return isScore(quantity) ? 'score.weight' : 'statistic.share';
}

export interface HeadIndex {
  readonly layer: number;
  readonly head: number;
}

/** One quantity of one head; NaN where it was not measured. */
export function quantityOf(quantity: Quantity, summary: SiteSummary, numbers: HeadNumbers, place: HeadIndex): number {
  if (groupOf(quantity) === 'sentence') {
    return statisticOf(summary, place.layer, place.head, nameOf(quantity) as Statistic);
  }
  if (summary.site !== 'self') return NaN;
  const isHere = (item: { readonly stack: string; readonly layer: number }): boolean =>
    item.stack === summary.stack && item.layer === place.layer;
  const isIt = (item: ScoredHead | RankedHead): boolean => isHere(item) && item.head === place.head;
  if (isScore(quantity)) return numbers.scored?.find(isIt)?.scores[nameOf(quantity) as HeadScore] ?? NaN;
  if (isEffect(quantity)) return numbers.ranked?.find(isIt)?.[nameOf(quantity) as Effect] ?? NaN;
  return numbers.layers?.find(isHere)?.heads[place.head] ?? NaN;
}

/** One quantity of all heads of a site. */
export interface HeadReading {
  readonly quantity: Quantity;
  /** [layer, head] of layers × heads; NaN where nothing was measured. */
  readonly values: Float64Array;
  /** The least and greatest measured value; null where there is none. */
  readonly range: readonly [number, number] | null;
  /** What colours the values. */
  readonly scale: ColourScaleSpec;
}

/** Reads a quantity of all heads of the summary's site. */
export function headReading(quantity: Quantity, summary: SiteSummary, numbers: HeadNumbers): HeadReading {
  const { layers, heads } = summary;
  const values = Float64Array.from({ length: layers * heads }, (_, index) =>
    quantityOf(quantity, summary, numbers, { layer: Math.floor(index / heads), head: index % heads }),
  );
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length === 0) return { quantity, values, range: null, scale: linear([0, 1]) };
  const least = known.reduce((low, value) => Math.min(low, value), Infinity);
  const most = known.reduce((high, value) => Math.max(high, value), -Infinity);
  return { quantity, values, range: [least, most], scale: scaleOf(quantity, known, least, most) };
}

/** @param known the values that were measured, from `least` to `most` */
function scaleOf(quantity: Quantity, known: Float64Array, least: number, most: number): ColourScaleSpec {
  if (isSigned(quantity)) return scoreScale(Float32Array.from(known));
  // A share of weights, on the scale of weights, so that what moved a little is seen.
  if (quantity === MOVED) return weightScale();
  if (quantity === 'effect.klNats') return linear([0, most > 0 ? most : 1]);
  // Scores in 0…1 keep that scale, so that a model without such a head looks like one.
  if (isScore(quantity) && isShare(quantity)) return linear([0, 1]);
  return linear(most > least ? [least, most] : [least - 0.5, least + 0.5]);
}

function linear(domain: readonly [number, number]): ColourScaleSpec {
  return { kind: 'sequential', palette: 'headlight', transform: 'linear', domain };
}

/** How the heads are shown, small beside the figure and large in its place: what colours them, and in which order they stand. */
import type { HeadScore, HeadStatistics } from '../../electron/api/index.ts';

/** Also the key of its words: `statistic.entropy`, `score.induction`, `effect.klNats`. */
export type StatisticQuantity = `statistic.${keyof HeadStatistics}`;
export type ScoreQuantity = `score.${HeadScore}`;
export type EffectQuantity = `effect.${'deltaProbability' | 'deltaLogit' | 'klNats'}`;
/** The share of a head's weights that the changes moved to other keys. */
export const MOVED = 'effect.moved';
export type Quantity = StatisticQuantity | ScoreQuantity | EffectQuantity | typeof MOVED;

/** `pictures`: every head's own weights. */
export type AtlasColour = 'pictures' | Quantity;

/**
 * `position`: layers × heads; `highest`, `lowest`: by the quantity that colours the heads, and by position where it is none;
 * `similar`: heads that look alike in this sentence stand together, in groups.
 */
export const ATLAS_ORDERS = ['position', 'highest', 'lowest', 'similar'] as const;
export type AtlasOrder = (typeof ATLAS_ORDERS)[number];

export interface AtlasState {
  readonly colour: AtlasColour;
  readonly order: AtlasOrder;
}

export const FIRST_ATLAS: AtlasState = { colour: 'pictures', order: 'position' };

/** Orders that need a quantity. */
export type RankOrder = Extract<AtlasOrder, 'highest' | 'lowest'>;
export const isRank = (order: AtlasOrder): order is RankOrder => order === 'highest' || order === 'lowest';

/** The order that the heads stand in: weights alone are neither high nor low. */
export function shownOrder({ colour, order }: AtlasState): AtlasOrder {
  return colour === 'pictures' && isRank(order) ? 'position' : order;
}

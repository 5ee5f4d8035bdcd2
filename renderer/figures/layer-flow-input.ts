/** What a flow across layers is drawn from, and the checks on it. */
import type { AxisLabel } from './heatmap-input.ts';
import type { ThemeName } from './theme.ts';

/** What the token `to` above a layer has of the token `from` below it. */
export interface FlowLink {
  readonly from: number;
  readonly to: number;
  /** A share of all that the target has in this layer, above 0. */
  readonly amount: number;
  /** Through the residual stream, drawn in grey; else by attention. */
  readonly residual: boolean;
}

/** Words of the figure in the reader's language. */
export interface LayerFlowWords {
  /** Above the shares at the lowest boundary. */
  readonly embedding: string;
  /** A layer's name where there is room, e.g. `layer 3`; else its number alone. */
  readonly layer: (layer: number) => string;
  readonly attention: string;
  readonly residual: string;
  /** What a bar's height is. */
  readonly bar: string;
  /** Tokens that have no row of their own. */
  readonly gap: (tokens: number) => string;
  /** How much of all amounts the ribbons are that are drawn, 0…1. */
  readonly drawn: (share: number) => string;
  /** A share as text, e.g. `12.3 %`. */
  readonly share: (share: number) => string;
}

export interface LayerFlowInput {
  readonly labels: readonly AxisLabel[];
  /** f32 [layers + 1, tokens]: each token's share of what the target has, at each layer boundary, the lowest first. */
  readonly relevance: Float32Array;
  /** Of each layer, the lowest first. */
  readonly links: readonly (readonly FlowLink[])[];
  /** The amounts of all links of each layer, drawn or not. */
  readonly totals: readonly number[];
  readonly target: number;
  /** An empty title or subtitle takes no room. */
  readonly title: string;
  readonly subtitle: string;
  readonly words: LayerFlowWords;
  readonly theme: ThemeName;
  /** Room in px. A figure grows beyond it only where a column would get too narrow. */
  readonly maxWidth: number;
  readonly maxHeight: number;
  /** Factor on all type sizes; default 1. */
  readonly textScale?: number;
  /** Prefix of the ids inside the SVG. Default `layer-flow`. */
  readonly id?: string;
}

/** @throws RangeError `invalid <name>: <value>` where sizes, links and target do not fit each other */
export function checkLayerFlow({ labels, relevance, links, totals, target, ...size }: LayerFlowInput): void {
  const tokens = labels.length;
  if (tokens === 0) throw new RangeError('invalid labels: none');
  if (links.length === 0) throw new RangeError('invalid links: no layer');
  if (relevance.length !== (links.length + 1) * tokens) {
    throw new RangeError(
      `invalid relevance: ${relevance.length} shares for ${links.length + 1} boundaries × ${tokens} tokens`,
    );
  }
  if (totals.length !== links.length) {
    throw new RangeError(`invalid totals: ${totals.length} for ${links.length} layers`);
  }
  const inside = (token: number) => Number.isInteger(token) && token >= 0 && token < tokens;
  if (!inside(target)) throw new RangeError(`invalid target: ${target} of ${tokens} tokens`);
  for (const ofLayer of links)
    for (const { from, to, amount } of ofLayer) {
      if (!inside(from) || !inside(to)) throw new RangeError(`invalid links: ${from} → ${to} of ${tokens} tokens`);
      if (!(amount > 0 && Number.isFinite(amount))) throw new RangeError(`invalid links: an amount of ${amount}`);
    }
  if (!(size.maxWidth > 0 && size.maxHeight > 0)) {
    throw new RangeError(`invalid size: ${size.maxWidth} × ${size.maxHeight}`);
  }
}

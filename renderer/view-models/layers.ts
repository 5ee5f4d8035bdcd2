/** The flow across layers as a figure and in words: from an answer of the engine to what is drawn and said. */
import type { LayerFlowInput } from '../figures/layer-flow.ts';
import type { PlacedRibbon, PlacedRow } from '../figures/layer-flow.ts';
import type { LayerFlow, FlowQuestion } from '../state/flow.ts';
import { FIRST_FLOW, takesResidual } from '../state/flow-options.ts';
import type { FlowOptions } from '../state/flow-options.ts';
import type { Frame } from '../state/frames.ts';
import type { Lens } from '../state/lens.ts';
import type { Translate } from './failure.ts';
import { formatNumber, shownIndex, tokenLabel } from './format.ts';
import { unitsOf } from './lens/units.ts';
import type { Units } from './lens/units.ts';

/** What is drawn besides the place that it is drawn in. */
export type LayersFigure = Omit<LayerFlowInput, 'theme' | 'maxWidth' | 'maxHeight' | 'id' | 'title' | 'subtitle'>;

/** The question that a frame's run is asked: about the selected query, as the options say. */
export function flowQuestion({ run, selection }: Frame, query: number, options: FlowOptions): FlowQuestion {
  const target = Math.min(query, run.tokens.length - 1);
  // Where the share is of no account, it makes no question of its own.
  const residual = takesResidual(options) ? options.residual : FIRST_FLOW.residual;
  return { traceId: run.traceId, stack: selection.stack, target, ...options, residual };
}

/** Pieces, words or groups, as the lens has them; what it hides elsewhere is shown here, because information passes through it. */
export function flowUnits({ run, input }: Frame, lens: Pick<Lens, 'unit' | 'groups'>): Units {
  return unitsOf(run.tokens, lens, input);
}

/** An answer in units: the shares and amounts of a unit's tokens are added up. */
export function layersFigure(flow: LayerFlow, units: Units, words: Translate): LayersFigure {
  const tokens = units.unitOf.length;
  const boundaries = flow.relevance.length / tokens;
  const relevance = new Float32Array(boundaries * units.count);
  flow.relevance.forEach((share, at) => {
    relevance[Math.floor(at / tokens) * units.count + units.unitOf[at % tokens]!]! += share;
  });
  return {
    labels: Array.from({ length: units.count }, (_, unit) => ({
      text: units.label(unit),
      special: units.special(unit),
    })),
    relevance,
    links: flow.layers.map(({ edges }) =>
      edges.map((edge) => ({ ...edge, from: units.unitOf[edge.from]!, to: units.unitOf[edge.to]! })),
    ),
    totals: flow.layers.map(({ total }) => total),
    target: units.unitOf[flow.target]!,
    words: figureWords(flow, words),
  };
}

function figureWords({ weighting }: LayerFlow, words: Translate): LayerFlowInput['words'] {
  return {
    embedding: words('layers.embedding'),
    layer: (layer) => words('layers.layer', { layer: shownIndex(layer) }),
    attention: words('layers.attention'),
    residual: words(weighting === 'norms' ? 'layers.residualNorms' : 'layers.residual'),
    bar: words('layers.bar'),
    gap: (count) => words('layers.gap', { count }),
    drawn: (share) =>
      share > 0.9995 ? words('layers.drawnAll') : words('layers.drawn', { share: percentText(share, 1) }),
    share: (share) => percentText(share, 1),
  };
}

/** A share in percent; what is above 0 and too small is `<0.1 %`. */
export function percentText(share: number, decimals: number): string {
  const least = 10 ** -decimals;
  const percent = share * 100;
  return percent > 0 && percent < least / 2 ? `<${least} %` : `${percent.toFixed(decimals)} %`;
}

/** `attention rollout over mean weights, residual share 0.5`. */
export function methodText({ method, weighting, residual, scale }: LayerFlow, words: Translate): string {
  const of = words(`layers.over.${weighting}`);
  const way = words(`layers.way.${method}`, { of });
  const share = residual === null ? '' : words('layers.residualShare', { share: formatNumber(residual, 2) });
  const norms = method !== 'raw' && weighting === 'norms' ? words('layers.residualByNorm') : '';
  const sum = method === 'flow' ? words('layers.flowScale', { scale: formatNumber(scale, 3) }) : '';
  return [way, share, norms, sum].filter((part) => part !== '').join(' · ');
}

/** Words for a row: a token or word with its place, or how many of them. */
function rowText(row: Pick<PlacedRow, 'first' | 'count'>, units: Units, words: Translate): string {
  if (row.count > 1) return words('layers.gap', { count: row.count });
  return `“${tokenLabel(units.label(row.first))}” (${shownIndex(units.first[row.first] ?? 0)})`;
}

/** What the target has of a row at a layer boundary, in a sentence. */
export function nodeText(
  units: Units,
  row: Pick<PlacedRow, 'first' | 'count'>,
  { boundary, share }: { readonly boundary: number; readonly share: number },
  words: Translate,
): string {
  const at = boundary === 0 ? words('layers.atEmbedding') : words('layers.after', { layer: shownIndex(boundary - 1) });
  return words('layers.node', { at, row: rowText(row, units, words), share: percentText(share, 2) });
}

/** What a ribbon carries, in a sentence. */
export function ribbonText(
  flow: LayerFlow,
  units: Units,
  rows: readonly Pick<PlacedRow, 'first' | 'count'>[],
  ribbon: Pick<PlacedRibbon, 'layer' | 'from' | 'to' | 'amount' | 'residual'>,
  words: Translate,
): string {
  const name = (index: number): string => {
    const row = rows[index];
    return row === undefined ? '' : rowText(row, units, words);
  };
  const own = flow.weighting === 'norms' ? 'layers.ribbonOwn' : 'layers.ribbonResidual';
  return words(ribbon.residual ? own : 'layers.ribbonAttention', {
    layer: shownIndex(ribbon.layer),
    from: name(ribbon.from),
    to: name(ribbon.to),
    share: percentText(ribbon.amount, 2),
  });
}

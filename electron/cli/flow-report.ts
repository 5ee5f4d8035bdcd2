/** What `headlight flow` prints: what a token has of every token at every layer boundary, and the edges in between. */
import type { FlowLayer, Intervention, LayerFlow, Trace } from '../../native-models/index.ts';
import { interventionWords } from './interventions.ts';
import { counted, plainLine, textTable } from './table.ts';

export interface FlowReport {
  readonly trace: Trace;
  readonly interventions: readonly Intervention[];
  readonly flow: LayerFlow;
}

/** Tokens with less than this at every boundary are put together in one line. */
const LEAST = 0.001;
/** As many columns of numbers as fit a wide terminal. */
const COLUMNS = 13;
/** Attention edges that are named of a layer. */
const NAMED = 3;

export function flowReportJson({ trace, interventions, flow }: FlowReport): string {
  const { entry, device } = trace.model;
  const tokens = trace.tokens.length;
  const relevance = Array.from({ length: flow.relevance.length / tokens }, (_, at) =>
    Array.from(flow.relevance.subarray(at * tokens, (at + 1) * tokens)),
  );
  const result = { model: entry.id, device: device.id, tokens: trace.tokens, interventions };
  return `${JSON.stringify({ ...result, flow: { ...flow, relevance } }, null, 2)}\n`;
}

export function flowReportText({ trace, interventions, flow }: FlowReport): string {
  const { model, tokens } = trace;
  const facts = `${plainLine(model.entry.id)} · ${counted(tokens.length, 'token')} · ${flow.stack} · ${model.device.id}`;
  const whatIf = interventionWords(interventions).map((words) => `What if: ${words}`);
  const target = plainLine(JSON.stringify(tokens[flow.target]?.text ?? ''));
  const lines = [
    facts,
    ...whatIf,
    `Where token ${flow.target}, ${target}, has its information from, by ${methodWords(flow)}.`,
    ...scaleLine(flow),
  ];
  return `${lines.join('\n')}\n\n${shareTable(flow, trace)}\n${layerTable(flow)}`;
}

function methodWords({ method, weighting, residual }: LayerFlow): string {
  const of = weighting === 'attention' ? 'mean attention weights' : 'norms of what the heads write';
  if (method === 'raw') return `its own row of each layer's ${of}`;
  const share = residual === null ? 'residual stream by its norm' : `residual share ${residual}`;
  return `attention ${method} over ${of}, ${share}`;
}

function scaleLine({ method, scale }: LayerFlow): readonly string[] {
  return method === 'flow' ? [`Shares of ${scale.toFixed(3)}, the sum of the maximum flows to all tokens.`] : [];
}

/** A row a token, a column a layer boundary in percent; at most COLUMNS of them, the ends always. */
function shareTable({ relevance }: LayerFlow, { tokens }: Trace): string {
  const boundaries = relevance.length / tokens.length;
  const shown = spread(boundaries, COLUMNS);
  const share = (boundary: number, token: number) => relevance[boundary * tokens.length + token]!;
  const isLarge = (token: number) =>
    Array.from({ length: boundaries }, (_, boundary) => share(boundary, token)).some((each) => each >= LEAST);
  const [large, small] = [tokens.filter(({ index }) => isLarge(index)), tokens.filter(({ index }) => !isLarge(index))];
  const header = ['TOKEN', 'TEXT', ...shown.map((at) => (at === 0 ? 'EMBEDDING' : `AFTER ${at - 1}`))];
  const rows = large.map(({ index, text }) => [
    String(index),
    plainLine(text),
    ...shown.map((at) => percent(share(at, index))),
  ]);
  const rest = [
    '…',
    `${small.length} others`,
    ...shown.map((at) => percent(small.reduce((sum, { index }) => sum + share(at, index), 0))),
  ];
  return textTable(
    [header, ...rows, ...(small.length > 0 ? [rest] : [])],
    [0, ...shown.map((_, column) => column + 2)],
  );
}

/** Evenly chosen indices of `count`, `most` at most, with the first and the last. */
function spread(count: number, most: number): readonly number[] {
  const chosen = Math.min(count, most);
  return Array.from({ length: chosen }, (_, at) => Math.round((at * (count - 1)) / Math.max(1, chosen - 1)));
}

/** A row a layer, the last one first: what passes through the residual stream, and the largest ways of attention. */
function layerTable({ layers }: LayerFlow): string {
  const rows = layers
    .toReversed()
    .map(({ layer, residual, edges }) => [String(layer), percent(residual), largest(edges)]);
  return textTable([['LAYER', 'RESIDUAL', 'LARGEST BY ATTENTION (from → to)'], ...rows], [0, 1]);
}

function largest(edges: FlowLayer['edges']): string {
  const attention = edges.filter(({ residual }) => !residual).slice(0, NAMED);
  return attention.map(({ from, to, amount }) => `${from} → ${to} ${percent(amount)}`).join(', ') || 'none';
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

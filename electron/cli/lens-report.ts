/** What `headlight lens` prints: what each layer would predict at one token, or as JSON at every token. */
import { LENS_MEASURES } from '../../native-models/index.ts';
import type { Intervention, LensCell, LensGrid, LensMeasure, PlacedToken, Trace } from '../../native-models/index.ts';
import { interventionWords } from './interventions.ts';
import { counted, plainLine, textTable } from './table.ts';

export interface LensReport {
  readonly trace: Trace;
  readonly interventions: readonly Intervention[];
}

/** The name of a row of the lens. */
export function layerName(layer: number): string {
  return layer < 0 ? 'embedding' : String(layer);
}

/** `layers`: a row a layer, the embedding's first; in each a cell a token. */
export function lensReportJson({ trace, interventions }: LensReport, grid: LensGrid): string {
  const { entry, device } = trace.model;
  const rows = Array.from({ length: grid.layers + 1 }, (_, row) => ({
    layer: layerName(row - 1),
    cells: Array.from({ length: grid.tokens }, (_cell, token) => cellOf(grid, row, token)),
  }));
  const result = { model: entry.id, device: device.id, kind: grid.kind, tokens: trace.tokens, interventions };
  return `${JSON.stringify({ ...result, layers: rows }, null, 2)}\n`;
}

function cellOf({ cells, names, tokens }: LensGrid, row: number, token: number) {
  const value = (name: LensMeasure): number | null => {
    const number = cells[(row * tokens + token) * LENS_MEASURES.length + LENS_MEASURES.indexOf(name)]!;
    return Number.isNaN(number) ? null : number;
  };
  const id = value('top')!;
  return {
    token,
    top: { id, text: names.get(id) ?? '', probability: value('topProbability') },
    entropyBits: value('entropy'),
    klBits: value('kl'),
    final: { probability: value('finalProbability'), rank: value('finalRank') },
    actual: { probability: value('actualProbability'), rank: value('actualRank') },
  };
}

/** @param cells of one token, a layer each, the embedding's first */
export function lensReportText({ trace, interventions }: LensReport, cells: readonly LensCell[]): string {
  const { model, tokens } = trace;
  const last = cells.at(-1)!;
  const place = `token ${last.position}, ${JSON.stringify(plainLine(tokens[last.position]?.text ?? ''))}`;
  const lines = [
    `${plainLine(model.entry.id)} · ${counted(tokens.length, 'token')} · ${model.device.id}`,
    ...interventionWords(interventions).map((words) => `What if: ${words}`),
    `What each layer would predict ${model.head === 'next-token' ? 'after' : 'at'} ${place}: ${wayWords(trace)}.`,
  ];
  const rows = [...cells]
    .reverse()
    .map(({ layer, candidates: [top], entropyBits, klBits, final, actual }) => [
      layerName(layer),
      plainLine(JSON.stringify(top?.text ?? '')),
      percent(top?.probability ?? 0),
      entropyBits.toFixed(2),
      klBits.toFixed(2),
      ...placed(final),
      ...(last.actual === null ? [] : placed(actual)),
    ]);
  const header = [
    ...['LAYER', 'TOP', 'P(TOP)', 'ENTROPY', 'KL', 'P(FINAL)', 'RANK'],
    ...(last.actual === null ? [] : ['P(IN TEXT)', 'RANK']),
  ];
  const table = textTable([header, ...rows], [2, 3, 4, 5, 6, 7, 8]);
  return `${lines.join('\n')}\n\n${table}\n${meaning(last)}`;
}

function wayWords({ model }: Trace): string {
  return model.source.finalNorm === null
    ? "the model's head on each layer's output, which ends with its own norm"
    : "the final norm and the model's head on the residual stream as it leaves the layer";
}

function meaning({ final, actual }: LensCell): string {
  const word = (text: string) => plainLine(JSON.stringify(text));
  const inText = actual === null ? '' : `, IN TEXT ${word(actual.text)}`;
  return `Entropy and KL(final ‖ layer) in bits; ranks from 0. FINAL is ${word(final.text)}, the model's own prediction${inText}.\n`;
}

function placed(token: PlacedToken | null): readonly string[] {
  return token === null ? ['', ''] : [percent(token.probability), String(token.rank)];
}

function percent(probability: number): string {
  return `${(probability * 100).toFixed(2)} %`;
}

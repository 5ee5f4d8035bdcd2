/** The logit lens as its view and its figure show it: rows from the last layer down to the embedding. */
import type { LensCell, LensMeasure, Token } from '../../electron/api/index.ts';
import type { ColourScaleSpec } from '../figures/colour-scale.ts';
import { weightScale } from '../figures/colour-scale.ts';
import type { LensGridInput } from '../figures/lens-grid.ts';
import type { Frame } from '../state/frames.ts';
import { measureOf } from '../state/lens-answers.ts';
import type { LensGrid } from '../state/lens-answers.ts';
import type { LensColour } from '../state/lens-view.ts';
import { pieceLabel } from './distribution.ts';
import { changesText } from './export-text.ts';
import type { Translate } from './failure.ts';
import { formatNumber, shownIndex, tokenLabel } from './format.ts';

const MEASURES = { probability: 'topProbability', entropy: 'entropy', kl: 'kl' } as const satisfies Record<
  LensColour,
  LensMeasure
>;

export interface LensRow {
  /** −1 is the embedding. */
  readonly layer: number;
  readonly label: string;
}

/** The last layer first. */
export function lensRows({ layers }: Pick<LensGrid, 'layers'>, words: Translate): readonly LensRow[] {
  return Array.from({ length: layers + 1 }, (_, at) => layers - 1 - at).map((layer) => ({
    layer,
    label: layerLabel(layer, words),
  }));
}

export function layerLabel(layer: number, words: Translate): string {
  return layer < 0 ? words('logitLens.embedding') : words('logitLens.layer', { layer: shownIndex(layer) });
}

/** A piece in a cell: a leading space says nothing there. */
export const cellLabel = (text: string): string => tokenLabel(text.replace(/^ (?=\S)/u, ''));

/** The number that colours a cell. */
export function colourValue(grid: LensGrid, layer: number, token: number, colour: LensColour): number {
  return measureOf(grid, layer + 1, token, MEASURES[colour]);
}

export function topText(grid: LensGrid, layer: number, token: number): string {
  return grid.names.get(measureOf(grid, layer + 1, token, 'top')) ?? '';
}

/** 0…1 for probabilities; entropy up to that of a vocabulary of equal probabilities; divergence up to the largest that there is. */
export function lensScale(grid: LensGrid, colour: LensColour, vocabulary: number | null): ColourScaleSpec {
  if (colour === 'probability') return weightScale();
  let most = colour === 'entropy' && vocabulary !== null ? Math.log2(vocabulary) : 0;
  for (let row = 0; row <= grid.layers; row += 1) {
    for (let token = 0; token < grid.tokens; token += 1) {
      most = Math.max(most, measureOf(grid, row, token, MEASURES[colour]));
    }
  }
  return weightScale({ transform: colour === 'kl' ? 'sqrt' : 'linear', max: most > 0 ? most : 1 });
}

/** One cell in a sentence: what a screen reader hears, and the tooltip. */
export function cellText(
  grid: LensGrid,
  { layer, position }: { readonly layer: number; readonly position: number },
  tokens: readonly Token[],
  words: Translate,
): string {
  const number = (measure: LensMeasure): string => formatNumber(measureOf(grid, layer + 1, position, measure), 3);
  const token = `“${tokenLabel(tokens[position]?.text ?? '')}”`;
  return words(`logitLens.cell.${grid.kind}`, {
    layer: layerLabel(layer, words),
    token,
    index: shownIndex(position),
    top: pieceLabel(topText(grid, layer, position)),
    probability: number('topProbability'),
    entropy: number('entropy'),
    kl: number('kl'),
  });
}

/** A line of the numbers beside the candidates: what it is, and its number. */
export interface CellFact {
  readonly id: 'entropy' | 'kl' | 'final' | 'actual';
  readonly label: string;
  readonly value: string;
}

export function cellFacts(
  { kind }: Pick<LensGrid, 'kind'>,
  cell: Pick<LensCell, 'entropyBits' | 'klBits' | 'final' | 'actual'>,
  words: Translate,
): readonly CellFact[] {
  const bits = (value: number): string => words('logitLens.bits', { bits: formatNumber(value, 3) });
  const placed = ({ probability, rank }: LensCell['final']): string =>
    words('logitLens.placed', { rank: String(rank), probability: formatNumber(probability, 3) });
  const { final, actual } = cell;
  return [
    { id: 'entropy', label: words('logitLens.entropy'), value: bits(cell.entropyBits) },
    { id: 'kl', label: words('logitLens.kl'), value: bits(cell.klBits) },
    { id: 'final', label: words('logitLens.final', { token: pieceLabel(final.text) }), value: placed(final) },
    ...(actual === null
      ? []
      : [
          {
            id: 'actual' as const,
            label: words(`logitLens.actual.${kind}`, { token: pieceLabel(actual.text) }),
            value: placed(actual),
          },
        ]),
  ];
}

/** The whole lens as rows of a table: one a layer and token, the embedding first. */
export function lensTable(
  grid: LensGrid,
  tokens: readonly Token[],
): readonly Readonly<Record<string, string | number | null>>[] {
  return Array.from({ length: grid.layers + 1 }, (_, row) => row).flatMap((row) =>
    tokens.map(({ index, text }) => {
      const value = (measure: LensMeasure): number | null => {
        const number = measureOf(grid, row, index, measure);
        return Number.isNaN(number) ? null : number;
      };
      return {
        layer: row === 0 ? 'embedding' : row - 1,
        position: index,
        token: text,
        top_id: value('top'),
        top: grid.names.get(value('top') ?? -1) ?? '',
        top_probability: value('topProbability'),
        entropy_bits: value('entropy'),
        kl_bits: value('kl'),
        final_probability: value('finalProbability'),
        final_rank: value('finalRank'),
        actual_probability: value('actualProbability'),
        actual_rank: value('actualRank'),
      };
    }),
  );
}

/** Room of an exported figure in px: a column of text at 96 px an inch. */
const WIDTH = 860;

/** The grid as a figure to take along. */
export function lensFigure(
  frame: Frame,
  grid: LensGrid,
  colour: LensColour,
  words: Translate,
): Omit<LensGridInput, 'theme'> {
  const rows = lensRows(grid, words);
  const tokens = frame.run.tokens.map(({ text }) => tokenLabel(text));
  const cells = rows.flatMap(({ layer }) => tokens.map((_, position) => ({ layer, position })));
  const changes = changesText(frame, words);
  return {
    title: words('views.heading.lens'),
    subtitle: [frame.model.entry.name, ...(changes === '' ? [] : [changes])].join(' · '),
    rows: rows.map(({ label }) => label),
    columns: tokens,
    texts: cells.map(({ layer, position }) => cellLabel(topText(grid, layer, position))),
    values: Float32Array.from(cells, ({ layer, position }) => colourValue(grid, layer, position, colour)),
    scale: lensScale(grid, colour, frame.model.entry.vocabulary),
    legendTitle: words(`logitLens.legend.${colour}`),
    note: words(`logitLens.way.${grid.kind}`),
    maxWidth: WIDTH,
    description: words('logitLens.grid', { rows: rows.length, columns: tokens.length }),
  };
}

/** One cell's numbers, out of the grid. @param tokens of the text, for the names of what stands there */
export function gridCell(
  grid: LensGrid,
  { layer, position }: { readonly layer: number; readonly position: number },
  tokens: readonly Token[],
): Pick<LensCell, 'entropyBits' | 'klBits' | 'final' | 'actual'> {
  const value = (measure: LensMeasure): number => measureOf(grid, layer + 1, position, measure);
  const rank = value('actualRank');
  const there = tokens[grid.kind === 'next-token' ? position + 1 : position];
  return {
    entropyBits: value('entropy'),
    klBits: value('kl'),
    final: {
      id: measureOf(grid, grid.layers, position, 'top'),
      text: topText(grid, grid.layers - 1, position),
      probability: value('finalProbability'),
      rank: value('finalRank'),
    },
    actual:
      Number.isNaN(rank) || there === undefined
        ? null
        : { id: there.id, text: there.text, probability: value('actualProbability'), rank },
  };
}

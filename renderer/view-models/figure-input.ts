/** From a frame of slices to what a figure draws: labels, scale, words. Size and theme are the view's to add. */
import type { Token } from '../../electron/api/index.ts';
import type { HeatmapInput } from '../figures/heatmap-input.ts';
import type { TokenVectorsInput, VectorPanel } from '../figures/token-vectors-layout.ts';
import type { Matrix } from '../state/slices.ts';
import type { MatrixStation } from '../state/stations.ts';
import type { Translate } from './failure.ts';
import type { MatrixPanel } from './matrix-panels.ts';
import type { RunPart } from './run-compare.ts';
import { tokenLabel } from './format.ts';

export type MatrixFigure = Omit<HeatmapInput, 'theme' | 'maxWidth' | 'maxHeight' | 'selection'>;
export type VectorsFigure = Omit<TokenVectorsInput, 'theme' | 'maxWidth' | 'maxHeight'>;

export interface FigureText {
  readonly title: string;
  readonly subtitle: string;
}

export function axisLabels(tokens: readonly Token[]): { text: string; special: boolean }[] {
  return tokens.map((token) => ({ text: tokenLabel(token.text), special: token.special }));
}

const LEGENDS: Readonly<Record<MatrixStation, string>> = {
  scores: 'stage.legend.score',
  scaled: 'stage.legend.scaled',
  masked: 'stage.legend.masked',
  pattern: 'stage.legend.weight',
};

const DIFFERENCES: Readonly<Record<MatrixStation, string>> = {
  scores: 'compare.legend.score',
  scaled: 'compare.legend.scaled',
  masked: 'compare.legend.scaled',
  pattern: 'compare.legend.weight',
};

/** What the colours of a figure go by, where it is one of a pair of runs. */
export interface SharedScale {
  readonly part: RunPart;
  /** The numbers that the scale has to reach: of both runs, so that their colours mean the same. */
  readonly values: Float32Array;
}

/** A query × key matrix: of one head, or what the lens makes of several. */
export function panelFigure(panel: MatrixPanel, text: FigureText, words: Translate): MatrixFigure {
  const { part, matrix, rows, columns, labels, scale } = panel;
  const isOfRuns = part === 'difference' && panel.missing === undefined;
  return {
    ...text,
    matrix,
    rows,
    columns,
    rowLabels: labels,
    columnLabels: labels,
    rowTitle: words('stage.query'),
    columnTitle: words('stage.key'),
    legendTitle: words(legendOf(panel)),
    scale,
    words: {
      masked: words(panel.missing ?? (isOfRuns ? 'compare.hiddenInBoth' : 'stage.hidden')),
      missing: words(isOfRuns ? 'compare.hiddenInOne' : 'stage.missing'),
    },
  };
}

function legendOf({ part, frame, combine, scale, lensed, missing }: MatrixPanel): string {
  const station = frame.selection.station as MatrixStation;
  if (missing !== undefined) return 'views.legend.difference';
  if (part === 'difference') return DIFFERENCES[station];
  if (combine === 'difference') return 'views.legend.difference';
  if (scale.domain[1] !== 1 && station === 'pattern') return 'views.legend.own';
  if (combine === 'max') return 'views.legend.max';
  // Rows that lost keys and were not made whole again.
  return lensed === null || isWhole(lensed) ? LEGENDS[station] : 'views.legend.hidden';
}

/** Whether every row still sums to 1. */
function isWhole({ kept, units, note }: NonNullable<MatrixPanel['lensed']>): boolean {
  return kept.length === units.count || note.some(({ key }) => key === 'lens.note.renormalised');
}

/** Above this ratio of the largest magnitude to the 99.5th percentile, the scale ends at the percentile and says so. */
const OUTLIER_RATIO = 3;

/** The magnitude below which 99.5 % of the numbers lie. */
export function typicalReach(values: Float32Array): number {
  const sizes = values.map(Math.abs).sort();
  return sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * 0.995))] ?? 0;
}

function vectorPanel(
  matrix: Matrix,
  hue: VectorPanel['hue'],
  title: string,
  words: Translate,
  { part, values }: SharedScale = { part: 'original', values: matrix.data },
): VectorPanel {
  const columns = matrix.dims[1] ?? 0;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const typical = typicalReach(values);
  const clipped = typical > 0 && largest > OUTLIER_RATIO * typical;
  const legend = part === 'difference' ? 'compare.legend' : 'stage.legend';
  const legendTitle = words(`${legend}.${clipped ? 'clipped' : 'vector'}`);
  const reach = clipped ? typical : largest;
  return { matrix: matrix.data, columns, title, hue, legendTitle, ...(reach > 0 ? { reach } : {}) };
}

/** A token × dimension matrix, or Q, K and V of one head side by side. */
export function vectorsFigure(
  matrices: readonly Matrix[],
  tokens: readonly Token[],
  text: FigureText,
  words: Translate,
  scaleOf: (index: number) => SharedScale | undefined = () => undefined,
): VectorsFigure {
  const panels =
    matrices.length === 3
      ? matrices.map((matrix, index) => {
          const hue = (['query', 'key', 'value'] as const)[index] ?? 'product';
          return vectorPanel(matrix, hue, words(`stage.${'qkv'[index] ?? 'q'}`), words, scaleOf(index));
        })
      : matrices.map((matrix, index) => vectorPanel(matrix, hueOf(matrix.name), '', words, scaleOf(index)));
  return {
    ...text,
    rows: tokens.length,
    rowLabels: axisLabels(tokens),
    panels,
    columnTitle: words('stage.dimension'),
  };
}

/** A head's context is made of values and has their hue; sums over heads have the neutral one. */
function hueOf(name: string): VectorPanel['hue'] {
  return name.endsWith('.context') ? 'value' : 'product';
}

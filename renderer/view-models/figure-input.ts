/** From a frame of slices to what a figure draws: labels, scale, words. Size and theme are the view's to add. */
import type { Token } from '../../electron/api/index.ts';
import { scoreScale, weightScale } from '../figures/colour-scale.ts';
import type { HeatmapInput } from '../figures/heatmap-input.ts';
import type { TokenVectorsInput, VectorPanel } from '../figures/token-vectors-layout.ts';
import type { Matrix } from '../state/slices.ts';
import type { MatrixStation } from '../state/stations.ts';
import type { Translate } from './failure.ts';
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

/** A query × key matrix of one head. Patterns are weights; everything before softmax is a score centred on 0. */
export function matrixFigure(
  station: MatrixStation,
  matrix: Matrix,
  tokens: readonly Token[],
  text: FigureText,
  words: Translate,
): MatrixFigure {
  const labels = axisLabels(tokens);
  return {
    ...text,
    matrix: matrix.data,
    rows: matrix.dims[0] ?? 0,
    columns: matrix.dims[1] ?? 0,
    rowLabels: labels,
    columnLabels: labels,
    rowTitle: words('stage.query'),
    columnTitle: words('stage.key'),
    legendTitle: words(LEGENDS[station]),
    scale: station === 'pattern' ? weightScale() : scoreScale(matrix.data),
    words: { masked: words('stage.hidden'), missing: words('stage.missing') },
  };
}

/** Above this ratio of the largest magnitude to the 99.5th percentile, the scale ends at the percentile and says so. */
const OUTLIER_RATIO = 3;

/** The magnitude below which 99.5 % of the numbers lie. */
export function typicalReach(values: Float32Array): number {
  const sizes = values.map(Math.abs).sort();
  return sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * 0.995))] ?? 0;
}

function vectorPanel(matrix: Matrix, hue: VectorPanel['hue'], title: string, words: Translate): VectorPanel {
  const columns = matrix.dims[1] ?? 0;
  const largest = matrix.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const typical = typicalReach(matrix.data);
  const clipped = typical > 0 && largest > OUTLIER_RATIO * typical;
  const legendTitle = words(clipped ? 'stage.legend.clipped' : 'stage.legend.vector');
  return { matrix: matrix.data, columns, title, hue, legendTitle, ...(clipped ? { reach: typical } : {}) };
}

/** A token × dimension matrix, or Q, K and V of one head side by side. */
export function vectorsFigure(
  matrices: readonly Matrix[],
  tokens: readonly Token[],
  text: FigureText,
  words: Translate,
): VectorsFigure {
  const panels =
    matrices.length === 3
      ? matrices.map((matrix, index) => {
          const hue = (['query', 'key', 'value'] as const)[index] ?? 'product';
          return vectorPanel(matrix, hue, words(`stage.${'qkv'[index] ?? 'q'}`), words);
        })
      : matrices.map((matrix) => vectorPanel(matrix, hueOf(matrix.name), '', words));
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

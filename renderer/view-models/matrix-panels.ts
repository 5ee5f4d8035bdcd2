/** What the matrix view shows: a panel a head and run, or one of the heads combined, as the lens has them. */
import type { AxisLabel } from '../figures/heatmap-input.ts';
import { largestMagnitude, scoreScale, weightScale } from '../figures/colour-scale.ts';
import type { ColourScaleSpec } from '../figures/colour-scale.ts';
import type { Frame } from '../state/frames.ts';
import { isPlain } from '../state/lens.ts';
import type { Lens, TokenSpan } from '../state/lens.ts';
import { chosenHeads, isSameHead } from '../state/selection.ts';
import type { HeadPlace } from '../state/selection.ts';
import type { MatrixStation } from '../state/stations.ts';
import { drawsHeads } from '../state/views.ts';
import { axisLabels } from './figure-input.ts';
import { shownIndex } from './format.ts';
import { lensedFrame, rowOf, tokensOf } from './lens/apply.ts';
import type { Lensed } from './lens/apply.ts';
import { partTestId, sharedValues } from './run-compare.ts';
import type { PartFrame, RunPart } from './run-compare.ts';

export interface MatrixPanel {
  readonly part: RunPart;
  /** Of the run that the panel is about; its selection says where. */
  readonly frame: Frame;
  /** The head, or all that were combined. */
  readonly heads: readonly HeadPlace[];
  /** How; `each`: it is one head's. */
  readonly combine: Lens['combine'];
  /** [rows, columns], row-major. */
  readonly matrix: Float32Array;
  readonly rows: number;
  readonly columns: number;
  readonly labels: readonly AxisLabel[];
  readonly scale: ColourScaleSpec;
  /** Signed: of two runs, or of heads. */
  readonly isDifference: boolean;
  /** The same cells in the original and the changed run; null: this is the only run. */
  readonly pair: readonly [Float32Array, Float32Array] | null;
  /** Which tokens the rows stand for; null: each its own. */
  readonly lensed: Lensed | null;
  /** What the legend says of cells that only one of two texts has, which are −∞; left out: there are none. */
  readonly missing?: string;
}

/** Whether the panels of a place go by the lens: the patterns of the whole sentence do. */
export function usesLens({ selection, matrices }: Frame, lens: Lens): boolean {
  return drawsHeads(selection) && (matrices.length > 1 || !isPlain(lens));
}

/** Panels in the order of the heads, and of the runs within a head. @param parts what is shown of a pair of runs, or the only run */
export function matrixPanels(parts: readonly PartFrame[], lens: Lens): readonly MatrixPanel[] {
  const [first] = parts;
  if (first === undefined) return [];
  const panels = usesLens(first.frame, lens) ? lensedPanels(parts, lens) : parts.flatMap(plainPanel);
  return lens.range === 'own' && drawsHeads(first.frame.selection) ? panels.map(ownScale) : panels;
}

function plainPanel(shown: PartFrame): MatrixPanel[] {
  const { part, frame, pair } = shown;
  const [matrix] = frame.matrices;
  if (matrix === undefined) return [];
  const isDifference = part === 'difference';
  const { layer, head } = frame.selection;
  const station = frame.selection.station as MatrixStation;
  return [
    {
      part,
      frame,
      heads: [{ layer, head }],
      combine: 'each',
      matrix: matrix.data,
      rows: matrix.dims[0] ?? 0,
      columns: matrix.dims[1] ?? 0,
      labels: axisLabels(frame.run.tokens),
      scale: station === 'pattern' && !isDifference ? weightScale() : scoreScale(sharedValues(shown)),
      isDifference,
      pair: pair === null ? null : pairOf(pair.map(({ matrices }) => matrices[0]?.data)),
      lensed: null,
    },
  ];
}

const pairOf = ([before, after]: readonly (Float32Array | undefined)[]): MatrixPanel['pair'] =>
  before === undefined || after === undefined ? null : [before, after];

function lensedPanels(parts: readonly PartFrame[], lens: Lens): readonly MatrixPanel[] {
  const [first] = parts;
  if (first === undefined) return [];
  const runs = first.pair?.map((frame) => lensedFrame(frame, lens)) ?? null;
  const views = parts.map((shown) => ({ shown, answer: lensedFrame(original(shown), lens) }));
  const heads = chosenHeads(first.frame.selection);
  const count = views[0]?.answer.matrices.length ?? 0;
  const panels = Array.from({ length: count }, (_, at) =>
    views.map(({ shown, answer }): MatrixPanel => {
      const pair = runs === null ? null : pairOf(runs.map(({ matrices }) => matrices[at]));
      const isOfRuns = shown.part === 'difference';
      const own = lensedOf(shown, runs)?.matrices[at] ?? answer.matrices[at] ?? new Float32Array();
      const matrix = isOfRuns && pair !== null ? minus(pair[1], pair[0]) : own;
      return {
        part: shown.part,
        frame: shown.frame,
        heads: answer.combine === 'each' ? heads.slice(at, at + 1) : heads,
        combine: answer.combine,
        matrix,
        rows: answer.rows,
        columns: answer.columns,
        labels: answer.labels,
        scale: weightScale(),
        isDifference: isOfRuns || answer.combine === 'difference',
        pair,
        lensed: answer,
      };
    }),
  ).flat();
  return sharedScale(panels);
}

/** The frame whose units name the rows: of a difference, that of the original. */
const original = ({ frame, pair }: PartFrame): Frame => pair?.[0] ?? frame;

function lensedOf({ part }: PartFrame, runs: readonly Lensed[] | null): Lensed | undefined {
  return part === 'original' ? runs?.[0] : part === 'changed' ? runs?.[1] : undefined;
}

const minus = (after: Float32Array, before: Float32Array): Float32Array =>
  after.map((value, at) => value - before[at]!);

/** Signed panels share one scale: the difference of heads on its own, that of runs on its own. */
function sharedScale(panels: readonly MatrixPanel[]): readonly MatrixPanel[] {
  const reach = (kind: (panel: MatrixPanel) => boolean): ColourScaleSpec =>
    scoreScale(Float32Array.from(panels.filter(kind), ({ matrix }) => largestMagnitude(matrix)));
  const isOfRuns = ({ part }: MatrixPanel): boolean => part === 'difference';
  const [ofRuns, ofHeads] = [reach(isOfRuns), reach((panel) => panel.isDifference && !isOfRuns(panel))];
  return panels.map((panel) => (panel.isDifference ? { ...panel, scale: isOfRuns(panel) ? ofRuns : ofHeads } : panel));
}

/** Colours up to the panel's own largest weight. */
function ownScale(panel: MatrixPanel): MatrixPanel {
  const most = largestMagnitude(panel.matrix);
  return { ...panel, scale: panel.isDifference ? scoreScale(Float32Array.of(most)) : weightScale({ max: most }) };
}

/** The tokens of a row or column. */
export function panelTokens({ lensed }: Pick<MatrixPanel, 'lensed'>, row: number): TokenSpan {
  return lensed === null ? { first: row, last: row } : tokensOf(lensed, row);
}

/** The row or column of a token; null where it is left out, or where there is no such token. */
export function panelRow({ lensed, rows }: Pick<MatrixPanel, 'lensed' | 'rows'>, token: number | null): number | null {
  if (token === null) return null;
  if (lensed !== null) return rowOf(lensed, token);
  return token < rows ? token : null;
}

/** `matrix`, `matrix-changed`; of heads beside the selected one, `matrix-2-3`. */
export function panelTestId({ part, heads, combine, frame }: MatrixPanel): string {
  const [head] = heads;
  const base = partTestId('matrix', part);
  if (combine !== 'each' || head === undefined || isSameHead(head, frame.selection)) return base;
  return `${base}-${head.layer}-${head.head}`;
}

/** `0 · 3`; of several heads, in order: `0 · 3, 1 · 2`. */
export function headsName(heads: readonly HeadPlace[]): string {
  return heads.map(({ layer, head }) => `${shownIndex(layer)} · ${shownIndex(head)}`).join(', ');
}

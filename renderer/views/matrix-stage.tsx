/** A query × key matrix of one head, of one run or of what changed. Hover and selection never paint the cells again. */
import { useCallback, useEffect, useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Size } from '../components/use-size.ts';
import { cellAt, heatmap, heatmapLayout } from '../figures/heatmap.ts';
import type { HeatmapInput } from '../figures/heatmap.ts';
import { stepCell } from '../state/selection.ts';
import type { MatrixStation } from '../state/stations.ts';
import { matrixFigure } from '../view-models/figure-input.ts';
import { formatNumber, tokenLabel } from '../view-models/format.ts';
import { cellReadout } from '../view-models/readout.ts';
import { partTestId, sharedValues, valuesAt } from '../view-models/run-compare.ts';
import type { PartFrame } from '../view-models/run-compare.ts';
import { placeText } from '../view-models/stage-text.ts';
import { useApp, useServices, useSession, useTheme, useWords } from './context.tsx';
import { FigureRoom, FigureSurface } from './figure-surface.tsx';
import { paintHeatmap } from './paint.ts';
import { useShownKey } from './use-cell.ts';
import { useCellPointer } from './use-cell-pointer.tsx';
import { useMaskEdit } from './use-mask-edit.ts';

/** The largest side of a cell, in px. */
const MAX_CELL = 56;

export function MatrixStage({ shown }: { shown: PartFrame }): ReactElement {
  return <FigureRoom>{(size) => <Matrix shown={shown} size={size} />}</FigureRoom>;
}

function useHeatmapInput(shown: PartFrame, { width, height }: Size): HeatmapInput {
  const words = useWords();
  const theme = useTheme();
  return useMemo(() => {
    const { frame, part } = shown;
    const [matrix] = frame.matrices;
    if (matrix === undefined) throw new Error('invalid frame: no matrix');
    const station = frame.selection.station as MatrixStation;
    const scale = { part, values: sharedValues(shown) };
    const figure = matrixFigure(station, matrix, frame.run.tokens, { title: '', subtitle: '' }, words, scale);
    return { ...figure, theme, maxWidth: width, maxHeight: height, maxCell: MAX_CELL, id: `stage-${part}` };
  }, [shown, theme, width, height, words]);
}

function Matrix({ shown, size }: { shown: PartFrame; size: Size }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const input = useHeatmapInput(shown, size);
  const layout = useMemo(() => heatmapLayout(input), [input]);
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  const edit = useMaskEdit();
  const paint = useCallback(
    (canvas: HTMLCanvasElement) => {
      paintHeatmap(canvas, input, layout);
    },
    [input, layout],
  );
  const draw = useCallback(() => {
    const row = query < input.rows ? query : undefined;
    const column = key !== null && key < input.columns ? key : undefined;
    return heatmap({ ...input, selection: { row, column } }, { document, cells: 'omit' });
  }, [input, query, key]);
  const pointer = useMatrixPointer(shown, input, layout, edit?.toggle);
  const { frame, part, pair } = shown;
  const { selection } = frame;
  const label = t('stage.matrixLabel', {
    title: words(`stage.title.${selection.station}`),
    place: placeText(selection, frame.model, words),
    rows: input.rows,
    columns: input.columns,
  });
  return (
    <FigureSurface
      width={layout.width}
      height={layout.height}
      paint={paint}
      draw={draw}
      pointer={pointer}
      onMove={({ dQuery, dKey }) =>
        session.select(stepCell({ ...selection, query }, key ?? 0, input.rows, input.columns, dQuery, dKey))
      }
      onAct={edit === null || key === null ? undefined : () => edit.toggle({ row: query, column: key })}
      label={pair === null ? label : t('compare.partOf', { part: t(`compare.part.${part}`), label })}
      help={edit === null ? undefined : t('compare.editMaskHelp')}
      readout={useReadout(shown, input, query, key)}
      testId={partTestId('matrix', part)}
      rows={input.rows}
      columns={input.columns}
    />
  );
}

/** The selected cell in one sentence. */
function useReadout({ frame, part, pair }: PartFrame, input: HeatmapInput, query: number, key: number | null): string {
  const words = useWords();
  const { tokens } = frame.run;
  const [from, to] = [tokens[query], tokens[key ?? -1]];
  const index = query * input.columns + (key ?? 0);
  if (part !== 'difference' || pair === null)
    return cellReadout(frame.selection.station, from, to, input.matrix[index] ?? NaN, words);
  if (from === undefined || to === undefined) return '';
  const places = { query: tokenLabel(from.text), key: tokenLabel(to.text) };
  return words('compare.readoutDifference', { ...places, ...valuesAt(pair, 0, index) });
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Pointing at a cell shows its numbers here and in the inspector; clicking selects it, and edits it where that is on. */
function useMatrixPointer(
  { frame, part, pair }: PartFrame,
  input: HeatmapInput,
  layout: ReturnType<typeof heatmapLayout>,
  onEdit: ((cell: Cell) => void) | undefined,
) {
  const session = useSession();
  const { hover } = useServices();
  useEffect(() => () => hover.set(null), [hover, frame]);
  const { tokens } = frame.run;
  const text = (index: number): string => tokenLabel(tokens[index]?.text ?? '');
  const { cells, cellSize } = layout;
  const numberAt = (index: number): string => {
    const value = formatNumber(input.matrix[index] ?? NaN);
    if (part !== 'difference' || pair === null) return value;
    const { before, after } = valuesAt(pair, 0, index);
    return Number.isNaN(input.matrix[index]) ? `${before} → ${after}` : `${before} → ${after}  Δ ${value}`;
  };
  return useCellPointer<Cell>({
    find: (x, y) => cellAt(layout, input, x, y),
    boxOf: ({ row, column }) => ({
      x: cells.x + column * cellSize,
      y: cells.y + row * cellSize,
      width: cellSize,
      height: cellSize,
    }),
    textOf: ({ row, column }) => `${text(row)} → ${text(column)}  ${numberAt(row * input.columns + column)}`,
    onHover: (cell) => hover.set(cell === null ? null : { query: cell.row, key: cell.column }),
    onChoose: (cell) => {
      session.select({ query: cell.row, key: cell.column });
      onEdit?.(cell);
    },
  });
}

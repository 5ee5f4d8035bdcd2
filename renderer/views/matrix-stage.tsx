/** A query × key matrix of one head. Hover and selection never paint the cells again. */
import { useCallback, useEffect, useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Size } from '../components/use-size.ts';
import { cellAt, heatmap, heatmapLayout } from '../figures/heatmap.ts';
import type { HeatmapInput } from '../figures/heatmap.ts';
import type { Frame } from '../state/frames.ts';
import { stepCell } from '../state/selection.ts';
import type { MatrixStation } from '../state/stations.ts';
import { matrixFigure } from '../view-models/figure-input.ts';
import { formatNumber, tokenLabel } from '../view-models/format.ts';
import { cellReadout } from '../view-models/readout.ts';
import { placeText } from '../view-models/stage-text.ts';
import { useApp, useServices, useSession, useTheme, useWords } from './context.tsx';
import { FigureRoom, FigureSurface } from './figure-surface.tsx';
import { paintHeatmap } from './paint.ts';
import { useShownKey } from './use-cell.ts';
import { useCellPointer } from './use-cell-pointer.tsx';

/** The largest side of a cell, in px. */
const MAX_CELL = 56;

export function MatrixStage({ frame }: { frame: Frame }): ReactElement {
  return <FigureRoom>{(size) => <Matrix frame={frame} size={size} />}</FigureRoom>;
}

function useHeatmapInput(frame: Frame, { width, height }: Size): HeatmapInput {
  const words = useWords();
  const theme = useTheme();
  return useMemo(() => {
    const [matrix] = frame.matrices;
    if (matrix === undefined) throw new Error('invalid frame: no matrix');
    const station = frame.selection.station as MatrixStation;
    const figure = matrixFigure(station, matrix, frame.run.tokens, { title: '', subtitle: '' }, words);
    return { ...figure, theme, maxWidth: width, maxHeight: height, maxCell: MAX_CELL, id: 'stage' };
  }, [frame, theme, width, height, words]);
}

function Matrix({ frame, size }: { frame: Frame; size: Size }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const input = useHeatmapInput(frame, size);
  const layout = useMemo(() => heatmapLayout(input), [input]);
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
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
  const pointer = useMatrixPointer(frame, input, layout);
  const { selection, run } = frame;
  const value = input.matrix[query * input.columns + (key ?? 0)] ?? NaN;
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
      label={t('stage.matrixLabel', {
        title: words(`stage.title.${selection.station}`),
        place: placeText(selection, frame.model, words),
        rows: input.rows,
        columns: input.columns,
      })}
      readout={cellReadout(selection.station, run.tokens[query], run.tokens[key ?? -1], value, words)}
      testId="matrix"
      rows={input.rows}
      columns={input.columns}
    />
  );
}

/** Pointing at a cell shows its numbers here and in the inspector; clicking selects it. */
function useMatrixPointer(frame: Frame, input: HeatmapInput, layout: ReturnType<typeof heatmapLayout>) {
  const session = useSession();
  const { hover } = useServices();
  useEffect(() => () => hover.set(null), [hover, frame]);
  const { tokens } = frame.run;
  const text = (index: number): string => tokenLabel(tokens[index]?.text ?? '');
  const { cells, cellSize } = layout;
  return useCellPointer<{ row: number; column: number }>({
    find: (x, y) => cellAt(layout, input, x, y),
    boxOf: ({ row, column }) => ({
      x: cells.x + column * cellSize,
      y: cells.y + row * cellSize,
      width: cellSize,
      height: cellSize,
    }),
    textOf: ({ row, column }) =>
      `${text(row)} → ${text(column)}  ${formatNumber(input.matrix[row * input.columns + column] ?? NaN)}`,
    onHover: (cell) => hover.set(cell === null ? null : { query: cell.row, key: cell.column }),
    onChoose: ({ row, column }) => session.select({ query: row, key: column }),
  });
}

/** The matrix of a way of writing places, with the number under the pointer or the cursor. */
import { useCallback, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { cellAt, heatmap, heatmapLayout } from '../figures/heatmap.ts';
import type { HeatmapInput } from '../figures/heatmap.ts';
import { cellMoved } from '../state/selection.ts';
import { useTheme } from './context.tsx';
import { FigureRoom, FigureSurface } from './figure-surface.tsx';
import { paintHeatmap } from './paint.ts';
import { useCellPointer } from './use-cell-pointer.tsx';

/** A figure without its colours and its room. */
export type MatrixFigure = Omit<HeatmapInput, 'theme' | 'maxWidth' | 'maxHeight' | 'id'>;

interface PositionMatrixProps {
  readonly figure: MatrixFigure;
  readonly label: string;
  readonly textOf: (row: number, column: number) => string;
}

export function PositionMatrix(props: PositionMatrixProps): ReactElement {
  return <FigureRoom>{({ width, height }) => <Matrix {...props} width={width} height={height} />}</FigureRoom>;
}

function Matrix({
  figure,
  label,
  textOf,
  width,
  height,
}: PositionMatrixProps & { readonly width: number; readonly height: number }): ReactElement {
  const theme = useTheme();
  const [cursor, setCursor] = useState({ row: 0, column: 0 });
  const input = useMemo(
    () => ({ ...figure, theme, maxWidth: width, maxHeight: height, maxCell: 14, id: 'positions' }),
    [figure, theme, width, height],
  );
  const layout = useMemo(() => heatmapLayout(input), [input]);
  const at = { row: Math.min(cursor.row, input.rows - 1), column: Math.min(cursor.column, input.columns - 1) };
  const paint = useCallback((canvas: HTMLCanvasElement) => paintHeatmap(canvas, input, layout), [input, layout]);
  const draw = useCallback(() => heatmap(input, { document, cells: 'omit', layout }), [input, layout]);
  const pointer = useCellPointer({
    find: (x, y) => cellAt(layout, input, x, y),
    boxOf: ({ row, column }) => ({
      x: layout.cells.x + column * layout.cellSize,
      y: layout.cells.y + row * layout.cellSize,
      width: layout.cellSize,
      height: layout.cellSize,
    }),
    textOf: ({ row, column }) => textOf(row, column),
    onChoose: setCursor,
  });
  return (
    <FigureSurface
      width={layout.width}
      height={layout.height}
      paint={paint}
      draw={draw}
      pointer={pointer}
      onMove={(move) => setCursor(cellMoved(at, move, input))}
      label={label}
      readout={textOf(at.row, at.column)}
      testId="positions-matrix"
      rows={input.rows}
      columns={input.columns}
    />
  );
}

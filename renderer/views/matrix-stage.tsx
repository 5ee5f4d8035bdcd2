/** A query × key matrix: cells on a canvas, words and legend in SVG, the pointer on an overlay of its own. */
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSize } from '../components/use-size.ts';
import { cellAt, heatmap, heatmapLayout } from '../figures/heatmap.ts';
import type { HeatmapInput } from '../figures/heatmap.ts';
import { cellMoveOf } from '../state/commands.ts';
import type { Frame } from '../state/frames.ts';
import { stepCell } from '../state/selection.ts';
import type { MatrixStation } from '../state/stations.ts';
import { matrixFigure } from '../view-models/figure-input.ts';
import { formatNumber } from '../view-models/format.ts';
import { cellReadout } from '../view-models/readout.ts';
import { placeText } from '../view-models/stage-text.ts';
import { useApp, useServices, useSession, useTheme, useWords } from './context.tsx';
import { paintHeatmap } from './paint.ts';
import { useShownKey } from './use-cell.ts';
import { useCellPointer } from './use-cell-pointer.tsx';

/** The largest side of a cell, in px. */
const MAX_CELL = 56;

export function MatrixStage({ frame }: { frame: Frame }): ReactElement {
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  return (
    <div className="figure-room" ref={room}>
      {size !== null && <Matrix frame={frame} width={size.width} height={size.height} />}
    </div>
  );
}

function useHeatmapInput(frame: Frame, maxWidth: number, maxHeight: number): HeatmapInput {
  const words = useWords();
  const theme = useTheme();
  const { t } = useTranslation();
  return useMemo(() => {
    const station = frame.selection.station as MatrixStation;
    const [matrix] = frame.matrices;
    if (matrix === undefined) throw new Error('invalid frame: no matrix');
    const figure = matrixFigure(station, matrix, frame.run.tokens, { title: '', subtitle: '' }, words);
    const description = t('stage.matrixHelp');
    return { ...figure, theme, maxWidth, maxHeight, maxCell: MAX_CELL, id: 'stage', words: { ...figure.words, description } };
    // `words` follows the language, as `t` does.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [frame, theme, maxWidth, maxHeight, t]);
}

function Matrix({ frame, width, height }: { frame: Frame; width: number; height: number }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const { hover } = useServices();
  const helpId = useId();
  const input = useHeatmapInput(frame, width, height);
  const layout = useMemo(() => heatmapLayout(input), [input]);
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (canvas.current !== null) paintHeatmap(canvas.current, input, layout);
  }, [input, layout]);
  useLayoutEffect(() => {
    const row = query < input.rows ? query : undefined;
    const column = key !== null && key < input.columns ? key : undefined;
    const svg = heatmap({ ...input, selection: { row, column } }, { document, cells: 'omit' });
    svg.setAttribute('aria-hidden', 'true');
    drawing.current?.replaceChildren(svg);
  }, [input, query, key]);
  useEffect(() => () => hover.set(null), [hover, frame]);

  const { tokens } = frame.run;
  const valueAt = (row: number, column: number): number => input.matrix[row * input.columns + column] ?? NaN;
  const pointer = useCellPointer({
    find: (x, y) => cellAt(layout, input, x, y),
    boxOf: ({ row, column }) => ({
      x: layout.cells.x + column * layout.cellSize,
      y: layout.cells.y + row * layout.cellSize,
      width: layout.cellSize,
      height: layout.cellSize,
    }),
    textOf: ({ row, column }) =>
      `${tokens[row]?.text ?? ''} → ${tokens[column]?.text ?? ''}  ${formatNumber(valueAt(row, column))}`,
    onHover: (cell) => hover.set(cell === null ? null : { query: cell.row, key: cell.column }),
    onChoose: ({ row, column }) => session.select({ query: row, key: column }),
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = cellMoveOf(event.key);
    if (move === null) return;
    event.preventDefault();
    event.stopPropagation();
    const { selection } = frame;
    session.select(stepCell({ ...selection, query }, key ?? 0, input.rows, input.columns, move.dQuery, move.dKey));
  };
  const title = words(`stage.title.${frame.selection.station}`);
  const place = placeText(frame.selection, frame.model, words);
  const readout = cellReadout(frame.selection.station, tokens[query], tokens[key ?? -1], valueAt(query, key ?? -1), words);

  return (
    <div
      className="figure"
      style={{ width: layout.width, height: layout.height }}
      role="application"
      tabIndex={0}
      aria-label={t('stage.matrixLabel', { title, place, rows: input.rows, columns: input.columns })}
      aria-describedby={helpId}
      data-testid="matrix"
      data-rows={input.rows}
      data-columns={input.columns}
      onKeyDown={onKeyDown}
      {...pointer.handlers}
    >
      <canvas ref={canvas} className="figure-cells" aria-hidden="true" />
      <div ref={drawing} className="figure-drawing" />
      {pointer.overlay}
      <p id={helpId} className="hidden">
        {t('stage.matrixHelp')}
      </p>
      <p className="hidden" aria-live="polite" data-testid="readout">
        {readout}
      </p>
    </div>
  );
}

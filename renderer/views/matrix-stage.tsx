/** A query × key matrix of one head, of several together, or of what changed. Hover and selection never paint the cells again. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { WheelUse } from '../components/use-zoom.ts';
import type { ZoomControl } from '../components/zoom-control.ts';
import { ZOOM_STEP } from '../components/zoom.ts';
import type { Size } from '../components/use-size.ts';
import { cellAt, heatmap, heatmapLayout } from '../figures/heatmap.ts';
import type { HeatmapInput } from '../figures/heatmap.ts';
import { cellMoved } from '../state/selection.ts';
import { panelFigure } from '../view-models/figure-input.ts';
import type { Matrix } from '../state/slices.ts';
import { readNumber, readText } from '../view-models/exact-number.ts';
import { formatNumber } from '../view-models/format.ts';
import { panelRow, panelTestId, panelTokens } from '../view-models/matrix-panels.ts';
import type { MatrixPanel } from '../view-models/matrix-panels.ts';
import { pairNumbers, panelReadout } from '../view-models/readout.ts';
import type { ReadCell } from '../view-models/readout.ts';
import { placeText } from '../view-models/stage-text.ts';
import { useApp, useServices, useSession, useTheme, useWords } from './context.tsx';
import { FigureRoom, FigureSurface } from './figure-surface.tsx';
import { paintHeatmap } from './paint.ts';
import { useShownKey } from './use-cell.ts';
import { useCellPointer } from './use-cell-pointer.tsx';
import { useExactRow } from './use-exact-row.ts';
import { useFigureZoom } from './use-figure-zoom.ts';
import type { HeatmapZoom } from './use-figure-zoom.ts';
import { useMaskEdit } from './use-mask-edit.ts';
import { useMatrixBrush } from './use-matrix-brush.tsx';
import type { Cell } from './use-matrix-brush.tsx';

/** The largest side of a cell, in px. */
const MAX_CELL = 56;
/** Below this side of a cell, in px, enlarging shows more. */
const LEGIBLE_CELL = 20;

interface MatrixStageProps {
  readonly panel: MatrixPanel;
  /** Its place among the panels. */
  readonly at?: number;
  readonly wheel?: WheelUse;
  /** What its cells mean, where they are not those of the selection. */
  readonly link?: CellLink | undefined;
}

/** The chosen cell of a panel whose tokens are not all the text's own. */
export interface CellLink {
  readonly row: number | null;
  readonly column: number | null;
  readonly choose: (cell: Cell) => void;
  readonly point: (cell: Cell | null) => void;
}

export function MatrixStage({ panel, at = 0, wheel = 'plain', link }: MatrixStageProps): ReactElement {
  return <FigureRoom>{(size) => <Matrix {...{ panel, at, size, wheel, link }} />}</FigureRoom>;
}

function useHeatmapInput(panel: MatrixPanel, at: number, { width, height }: Size): HeatmapInput {
  const words = useWords();
  const theme = useTheme();
  return useMemo(() => {
    const figure = panelFigure(panel, { title: '', subtitle: '' }, words);
    const id = `stage-${panel.part}-${at}`;
    return { ...figure, theme, maxWidth: width, maxHeight: height, maxCell: MAX_CELL, id };
  }, [panel, at, theme, width, height, words]);
}

type MatrixProps = Required<Omit<MatrixStageProps, 'link'>> & Pick<MatrixStageProps, 'link'> & { readonly size: Size };

function Matrix({ panel, at, size, wheel, link: linked }: MatrixProps): ReactElement {
  const input = useHeatmapInput(panel, at, size);
  const layout = useMemo(() => heatmapLayout(input), [input]);
  const zoom = useFigureZoom(input, layout, wheel);
  const { layoutNow } = zoom;
  const own = useOwnLink(panel);
  const link = linked ?? own;
  const { row, column } = link;
  const region = useRegion(panel);
  const edit = useMaskEdit();
  const paint = useCallback(
    (canvas: HTMLCanvasElement) => {
      paintHeatmap(canvas, input, layoutNow());
    },
    [input, layoutNow],
  );
  const draw = useCallback(() => {
    const shown = { ...input, selection: { row: row ?? undefined, column: column ?? undefined }, region };
    return heatmap(shown, { document, cells: 'omit', layout: layoutNow(shown) });
  }, [input, row, column, region, layoutNow]);
  const pointer = useMatrixPointer(panel, at, input, zoom, link, edit?.toggle);
  const brush = useMatrixBrush(panel, (x, y) => cellAt(layoutNow(), input, x, y), zoom.isEnlarged);
  const from = { row: row ?? 0, column: column ?? 0 };
  return (
    <FigureSurface
      width={layout.width}
      height={layout.height}
      zoom={zoom}
      brush={edit === null && linked === undefined ? brush.gestures : undefined}
      paint={paint}
      draw={draw}
      pointer={pointer}
      onMove={(move) => {
        const to = cellMoved(from, move, input);
        link.choose(to);
        reveal(zoom, to);
      }}
      onExtend={linked === undefined ? (move) => brush.extend(from, move) : undefined}
      onAct={edit === null || row === null || column === null ? undefined : () => edit.toggle({ row, column })}
      {...useLabels(panel, at, row, column, edit !== null)}
      testId={panelTestId(panel)}
      rows={input.rows}
      columns={input.columns}
    >
      {layout.raster && layout.cellSize < LEGIBLE_CELL && (
        <ZoomButtons control={zoom.parts.control} isBeside={size.width - layout.width >= ZOOM_ROOM} />
      )}
    </FigureSurface>
  );
}

/** Cells of the text's own run: choosing selects them. */
function useOwnLink(panel: MatrixPanel): CellLink {
  const session = useSession();
  const { hover } = useServices();
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  const cellOf = ({ row, column }: Cell) => ({
    query: panelTokens(panel, row).first,
    key: panelTokens(panel, column).first,
  });
  return {
    row: panelRow(panel, query),
    column: panelRow(panel, key),
    choose: (cell) => session.select(cellOf(cell)),
    point: (cell) => hover.set(cell === null ? null : cellOf(cell)),
  };
}

/** Room that the buttons need beside the figure, which stands in the middle, on both sides together, in px. */
const ZOOM_ROOM = 88;

/** For those who have neither wheel nor keys; beside the figure, or on it where there is no room. */
function ZoomButtons({ control, isBeside }: { control: ZoomControl; isBeside: boolean }): ReactElement {
  const { t } = useTranslation();
  const button = (id: 'zoomIn' | 'zoomOut' | 'zoomHome', sign: string, onClick: () => void): ReactElement => (
    <button
      type="button"
      className="tool-button"
      title={t(`views.${id}`)}
      aria-label={t(`views.${id}`)}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
      data-testid={id}
    >
      {sign}
    </button>
  );
  return (
    <div className={isBeside ? 'figure-zoom beside' : 'figure-zoom'} onPointerDown={(event) => event.stopPropagation()}>
      {button('zoomOut', '−', () => control.zoomBy(1 / ZOOM_STEP))}
      {button('zoomHome', '⤢', () => control.goHome())}
      {button('zoomIn', '+', () => control.zoomBy(ZOOM_STEP))}
    </div>
  );
}

/** The region that was chosen, in rows and columns; none where a part of it is left out. */
function useRegion(panel: MatrixPanel): HeatmapInput['region'] {
  const brush = useApp((state) => state.lens.brush);
  return useMemo(() => {
    if (brush === null) return undefined;
    const { queries, keys } = brush;
    const [top, bottom] = [panelRow(panel, queries.first), panelRow(panel, queries.last)];
    const [left, right] = [panelRow(panel, keys.first), panelRow(panel, keys.last)];
    if (top === null || bottom === null || left === null || right === null) return undefined;
    return { rows: [top, bottom], columns: [left, right] };
  }, [panel, brush]);
}

/** Moves what is seen so that a cell is in it. */
function reveal({ parts, isEnlarged, layoutNow }: HeatmapZoom, { row, column }: Cell): void {
  if (!isEnlarged()) return;
  const { plot } = layoutNow();
  parts.control.moveTo((zoom) => {
    const into = (start: number, at: number, first: number, room: number): number => {
      const place = start + at * zoom.scale;
      if (place < first) return start + first - place;
      const over = place + zoom.scale - first - room;
      return over > 0 ? start - over : start;
    };
    return {
      ...zoom,
      x: into(zoom.x, column, plot.x, plot.width),
      y: into(zoom.y, row, plot.y, plot.height),
    };
  });
}

/** The figure's name, what can be done, and the selected cell in one sentence. */
function useLabels(panel: MatrixPanel, at: number, row: number | null, column: number | null, edits: boolean) {
  const { t } = useTranslation();
  const exact = useExactRow(panel.frame.run.traceId, tracedMatrix(panel, at), row);
  const words = useWords();
  const { frame, part, pair } = panel;
  const { selection, model } = frame;
  const label = t('stage.matrixLabel', {
    title: words(`stage.title.${selection.station}`),
    place: placeText({ ...selection, ...(panel.heads[0] ?? {}) }, model, words),
    rows: panel.rows,
    columns: panel.columns,
  });
  return {
    label: pair === null ? label : t('compare.partOf', { part: t(`compare.part.${part}`), label }),
    help: t(edits ? 'compare.editMaskHelp' : 'views.matrixHelp'),
    readout: row === null || column === null ? '' : panelReadout(panel, readCell(panel, at, exact, row, column), words),
  };
}

/** The traced matrix whose cells a panel shows as they are; null where they are reckoned from several, which are then exact. */
function tracedMatrix({ frame, pair, combine, matrix }: MatrixPanel, at: number): Matrix | null {
  const traced = pair === null && combine === 'each' ? frame.matrices[at] : undefined;
  return traced?.data === matrix ? traced : null;
}

/** A cell and its number: that of the exact row behind a picture, once it is here. */
function readCell(panel: MatrixPanel, at: number, row: Matrix | null, query: number, key: number): ReadCell {
  const traced = tracedMatrix(panel, at);
  const number =
    traced === null
      ? { value: panel.matrix[query * panel.columns + key] ?? NaN, exact: true }
      : readNumber(traced, row, query, key);
  return { row: query, column: key, ...number };
}

/** Pointing at a cell shows its numbers here and in the inspector; clicking selects it, and edits it where that is on. */
function useMatrixPointer(
  panel: MatrixPanel,
  at: number,
  input: HeatmapInput,
  zoom: HeatmapZoom,
  link: CellLink,
  onEdit: ((cell: Cell) => void) | undefined,
) {
  const session = useSession();
  const { hover } = useServices();
  const { frame } = panel;
  useEffect(() => () => hover.set(null), [hover, frame]);
  // Only a picture that is not exact needs to know the row: its exact numbers are then asked for.
  const traced = tracedMatrix(panel, at);
  const [pointedRow, setPointedRow] = useState<number | null>(null);
  const exactRow = useExactRow(frame.run.traceId, traced, pointedRow);
  const text = (row: number): string => panel.labels[row]?.text ?? '';
  const pointer = useCellPointer<Cell>({
    find: (x, y) => cellAt(zoom.layoutNow(), input, x, y),
    boxOf: ({ row, column }) => {
      const { cells, cellSize } = zoom.layoutNow();
      return { x: cells.x + column * cellSize, y: cells.y + row * cellSize, width: cellSize, height: cellSize };
    },
    textOf: ({ row, column }) =>
      `${text(row)} → ${text(column)}  ${numberAt(panel, readCell(panel, at, exactRow, row, column))}`,
    onHover: (cell) => {
      link.point(cell);
      if (traced?.exact === false) setPointedRow(cell?.row ?? null);
    },
    onChoose: (cell) => {
      link.choose(cell);
      session.setLens({ brush: null });
      onEdit?.(cell);
    },
  });
  const { refresh } = pointer;
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    if (exactRow !== null && exactRow !== traced) latest.current();
  }, [exactRow, traced]);
  return pointer;
}

function numberAt(panel: MatrixPanel, cell: ReadCell): string {
  const { matrix, columns, part, pair } = panel;
  if (part !== 'difference' || pair === null) return readText(cell);
  const index = cell.row * columns + cell.column;
  const value = formatNumber(matrix[index] ?? NaN);
  const [before, after] = pairNumbers(panel, index);
  const change = `${before} → ${after}`;
  return !Number.isFinite(matrix[index]) ? change : `${change}  Δ ${value}`;
}

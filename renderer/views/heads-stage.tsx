/** The large atlas: every head at a glance, moved and enlarged up to single weights. One canvas; nothing a frame goes through React. */
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, PointerEvent, ReactElement, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteSummary } from '../../electron/api/index.ts';
import { fitPart, fitZoom, isHome, revealPart } from '../components/zoom.ts';
import type { Zoom, ZoomBounds } from '../components/zoom.ts';
import { useSize } from '../components/use-size.ts';
import type { Size } from '../components/use-size.ts';
import { useZoom } from '../components/use-zoom.ts';
import type { ZoomParts } from '../components/use-zoom.ts';
import type { ZoomControl } from '../components/zoom-control.ts';
import type { Rect } from '../figures/legend.ts';
import { isRank } from '../state/atlas.ts';
import { shownRun } from '../state/changed-run.ts';
import type { Frame } from '../state/frames.ts';
import { summaryOf } from '../state/selection.ts';
import type { HeadPlace } from '../state/selection.ts';
import { headsLayout } from '../view-models/atlas-layout.ts';
import type { HeadsLayout } from '../view-models/atlas-layout.ts';
import { useAtlasShown } from './atlas-shown.ts';
import type { AtlasShown } from './atlas-shown.ts';
import { useApp, useSession } from './context.tsx';
import { boxOfSpot, drawHeads, overlaps } from './heads-canvas.ts';
import { CELL_UNIT, HeadCells } from './heads-cells.tsx';
import { HeadsLegend } from './heads-legend.tsx';
import { useHeadsPointer } from './heads-pointer.ts';
import type { HeadsPointer } from './heads-pointer.ts';
import { useHeadsView } from './heads-scene.ts';
import type { HeadsView } from './heads-scene.ts';
import { HeadTiles } from './heads-tiles.ts';
import { useHeadKeys } from './use-head-keys.ts';
import { headOf } from './use-head-pointer.ts';

/** @param frame what the stage shows; the heads are those of the run that the small atlas shows */
export function HeadsStage({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const run = useApp((state) => shownRun(state).result) ?? frame.run;
  const summary = useApp((state) => summaryOf(run.summaries, state.selection));
  const shown = useMemo(() => ({ ...frame, run }), [frame, run]);
  const element = useRef<HTMLDivElement>(null);
  const size = useSize(element);
  const hasRoom = size !== null && size.width > 0 && size.height > 0;
  return (
    <div className="heads-stage" ref={element} data-testid="heads-stage">
      {summary === null && <p className="stage-note">{t('atlasView.stage.none')}</p>}
      {summary !== null && hasRoom && <Heads summary={summary} frame={shown} size={size} />}
    </div>
  );
}

/** Room at the left and above for the numbers of layers and heads, where those stand in rows and columns; in px. */
const EDGES = { left: 30, top: 20 };
const MARGIN = 2;
/** Of what stands below the heads, in px. */
const LEGEND = 64;
/** As far in as one gets, in px: a weight, and a head at least. */
const LARGEST_CELL = 40;
const LARGEST_HEAD = 600;
/** Free around a head that is enlarged, in px: for the names of its tokens; and around one that is moved to. */
const AROUND = 56;
const NEAR = 12;

interface Room {
  readonly room: Size;
  readonly inner: Rect;
}

function roomOf({ width, height }: Size, isFlow: boolean): Room {
  const room = { width, height: Math.max(120, height - LEGEND) };
  const { left, top } = isFlow ? { left: 0, top: 0 } : EDGES;
  return { room, inner: { x: left, y: top, width: room.width - left, height: room.height - top } };
}

function boundsOf({ width, height }: HeadsLayout, { room, inner }: Room, tokens: number): ZoomBounds {
  const home = fitZoom({ width, height }, inner, MARGIN);
  return {
    content: { width, height },
    room,
    home: { scale: home.scale, x: home.x + inner.x, y: home.y + inner.y },
    most: Math.max(LARGEST_HEAD, tokens * LARGEST_CELL, 2 * home.scale),
  };
}

interface HeadsProps {
  readonly summary: SiteSummary;
  /** Of the run whose heads are shown. */
  readonly frame: Frame;
  readonly size: Size;
}

function Heads({ summary, frame, size }: HeadsProps): ReactElement {
  const { slices } = useSession();
  const shown = useAtlasShown(summary);
  const { arrangement } = shown;
  const isFlow = arrangement.kind === 'flow';
  const place = useMemo(() => roomOf(size, isFlow), [size, isFlow]);
  const layout = useMemo(() => headsLayout(arrangement, place.inner), [arrangement, place]);
  const tokens = frame.run.tokens.length;
  const bounds = useMemo(() => boundsOf(layout, place, tokens), [layout, place, tokens]);
  const [tiles] = useState(() => new HeadTiles(slices));
  useEffect(() => tiles.start(), [tiles]);
  const view = useHeadsView({ summary, frame, shown, layout, ...place, tiles });
  const refresh = useRef<() => void>(() => undefined);
  const { canvas, cells, draw } = useDrawing(view, tiles, refresh);
  const zoom = useZoom(bounds, draw);
  const { control } = zoom;
  useRedraws(control, tiles);
  const pointer = useHeadsPointer({ places: view.places, control, frame, tiles, heads: summary.heads });
  useLayoutEffect(() => {
    refresh.current = pointer.refresh;
  });
  const enlarge = useEnlarge(control, layout, summary.heads);
  useSelectedInView(control, layout, summary.heads);
  return (
    <>
      <Surface {...{ summary, shown, layout, room: place.room, zoom, pointer, canvas, cells, enlarge }} />
      <HeadsLegend summary={summary} shown={shown} control={control} tiles={tiles} onEnlarge={enlarge} />
    </>
  );
}

interface SurfaceProps {
  readonly summary: SiteSummary;
  readonly shown: AtlasShown;
  readonly layout: HeadsLayout;
  readonly room: Size;
  readonly zoom: ZoomParts;
  readonly pointer: HeadsPointer;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly cells: RefObject<HTMLDivElement | null>;
  readonly enlarge: () => void;
}

function Surface({ summary, shown, layout, room, zoom, pointer, canvas, cells, enlarge }: SurfaceProps): ReactElement {
  const { t } = useTranslation();
  const help = useId();
  const { control, element, handlers, wasDrag } = zoom;
  const onKeyDown = useKeys({ control, layout, summary, onZoomKey: handlers.onKeyDown, enlarge });
  return (
    <div
      ref={element}
      className="heads-room"
      style={room}
      data-testid="heads-room"
      onPointerDown={handlers.onPointerDown}
      onPointerMove={(event: PointerEvent<HTMLElement>) => {
        handlers.onPointerMove(event);
        pointer.handlers.onPointerMove(event);
      }}
      onPointerUp={handlers.onPointerUp}
      onPointerCancel={handlers.onPointerCancel}
      onPointerLeave={pointer.handlers.onPointerLeave}
      onClick={(event: MouseEvent<HTMLElement>) => {
        if (!wasDrag()) pointer.onClick(event);
      }}
      onDoubleClick={enlarge}
    >
      <canvas ref={canvas} className="heads-canvas" aria-hidden="true" />
      <HeadCells
        layout={layout}
        heads={summary.heads}
        reading={shown.reading}
        isRanked={layout.isFlow && isRank(shown.order)}
        box={cells}
        describedBy={help}
        onKeyDown={onKeyDown}
        onFocusChange={() => control.redraw()}
      />
      {pointer.overlay}
      <p id={help} className="hidden">
        {t('atlasView.stage.help')} {t('atlasView.chooseHelp')}
      </p>
    </div>
  );
}

/** The cells follow the pictures once these have been at rest this long, in milliseconds: placing them takes longer than drawing. */
const CELLS_AFTER_MS = 80;

/** Draws what is seen, moves the cells along, and says which heads are looked at closely. */
function useDrawing(view: HeadsView, tiles: HeadTiles, refresh: RefObject<() => void>) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cells = useRef<HTMLDivElement>(null);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const draw = useCallback(
    (zoom: Zoom) => {
      if (canvas.current === null) return;
      drawHeads(canvas.current, zoom, view.scene, focusedHead(cells.current));
      if (cells.current !== null) cells.current.dataset['moving'] = 'true';
      clearTimeout(rest.current);
      rest.current = setTimeout(() => placeCells(cells.current, zoom), CELLS_AFTER_MS);
      tiles.want(view.places.wantedAt(zoom));
      refresh.current();
    },
    [view, tiles, refresh],
  );
  useEffect(() => () => clearTimeout(rest.current), []);
  return { canvas, cells, draw };
}

function placeCells(cells: HTMLDivElement | null, { x, y, scale }: Zoom): void {
  if (cells === null) return;
  cells.style.transform = `translate(${x}px, ${y}px) scale(${scale / CELL_UNIT})`;
  cells.dataset['scale'] = scale.toFixed(2);
  delete cells.dataset['moving'];
}

/** The head whose cell the keyboard is on; null: none of them. */
function focusedHead(cells: HTMLDivElement | null): HeadPlace | null {
  const cell = document.activeElement;
  return cells !== null && cell !== null && cells.contains(cell) && cell.matches(':focus-visible')
    ? headOf(cell)
    : null;
}

/** What changes the picture besides the zoom: patterns that come, and the fonts. */
function useRedraws(control: ZoomControl, tiles: HeadTiles): void {
  useEffect(() => {
    void document.fonts.ready.then(() => control.redraw());
    return tiles.subscribe(() => control.redraw());
  }, [control, tiles]);
}

/** The selected head as large as the room; from there back to all. */
function useEnlarge(control: ZoomControl, layout: HeadsLayout, heads: number): () => void {
  const selected = useSpot(layout, heads);
  return () => {
    if (selected === null) return;
    control.moveTo((zoom, bounds) => {
      const near = fitPart({ ...selected, width: 1, height: 1 }, bounds, AROUND);
      return zoom.scale >= 0.95 * near.scale ? bounds.home : near;
    });
  };
}

function useSpot(layout: HeadsLayout, heads: number) {
  const index = useApp(({ selection }) => selection.layer * heads + selection.head);
  return useMemo(() => layout.spots.find((spot) => spot.index === index) ?? null, [layout, index]);
}

interface KeysProps {
  readonly control: ZoomControl;
  readonly layout: HeadsLayout;
  readonly summary: SiteSummary;
  readonly onZoomKey: (event: KeyboardEvent<HTMLElement>) => boolean;
  readonly enlarge: () => void;
}

function useKeys({ control, layout, summary, onZoomKey, enlarge }: KeysProps) {
  const { rows, isFlow, spots } = layout;
  const { heads } = summary;
  const onHeadKey = useHeadKeys({
    rows,
    isFlow,
    heads,
    onMove: ({ layer, head }) => {
      const spot = spots.find(({ index }) => index === layer * heads + head);
      if (spot === undefined) return;
      control.moveTo((zoom, bounds) => revealPart({ ...spot, width: 1, height: 1 }, zoom, bounds, NEAR));
    },
  });
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (onZoomKey(event) || onHeadKey(event)) return;
    if (event.key !== 'Enter' || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    enlarge();
  };
}

/** A head that is selected elsewhere comes into view. */
function useSelectedInView(control: ZoomControl, layout: HeadsLayout, heads: number): void {
  const spot = useSpot(layout, heads);
  useEffect(() => {
    if (spot === null) return;
    control.moveTo((zoom, bounds) => {
      const isSeen = overlaps(boxOfSpot(spot, zoom), { x: 0, y: 0, ...bounds.room });
      return isSeen || isHome(zoom, bounds) ? zoom : revealPart({ ...spot, width: 1, height: 1 }, zoom, bounds, NEAR);
    });
  }, [control, spot]);
}

/** Looking at a part of something large: where it stands and how large it is. Pure arithmetic, for canvases and SVG alike. */
import type { Size } from './use-size.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A point (x, y) of the content is drawn at (zoom.x + scale · x, zoom.y + scale · y) px of the room. */
export interface Zoom extends Point {
  /** px of the room a unit of the content. */
  readonly scale: number;
}

export interface ZoomBounds {
  /** The content's size in units of its own. */
  readonly content: Size;
  /** In px. */
  readonly room: Size;
  /** All of the content in the room: as far out as one gets. */
  readonly home: Zoom;
  /** As far in as one gets; px a unit. */
  readonly most: number;
}

export function toRoom(zoom: Zoom, { x, y }: Point): Point {
  return { x: zoom.x + zoom.scale * x, y: zoom.y + zoom.scale * y };
}

export function toContent(zoom: Zoom, { x, y }: Point): Point {
  return { x: (x - zoom.x) / zoom.scale, y: (y - zoom.y) / zoom.scale };
}

/**
 * All of the content as large as it goes, in the middle of the room.
 * @param margin px kept free on all sides
 * @param most the largest scale
 */
export function fitZoom(content: Size, room: Size, margin = 0, most = Infinity): Zoom {
  const along = (side: 'width' | 'height'): number =>
    Math.max(1, room[side] - 2 * margin) / Math.max(1e-9, content[side]);
  const scale = Math.min(most, along('width'), along('height'));
  return { scale, x: (room.width - scale * content.width) / 2, y: (room.height - scale * content.height) / 2 };
}

/** A part of the content as large as it goes, in the middle of the room. @param margin px kept free on all sides */
export function fitPart(part: Point & Size, bounds: ZoomBounds, margin = 0): Zoom {
  const { scale, x, y } = fitZoom(part, bounds.room, margin, bounds.most);
  return clampZoom({ scale, x: x - scale * part.x, y: y - scale * part.y }, bounds);
}

/**
 * The nearest zoom inside the bounds: neither further out than home nor too far in, and the content covers at least what it covers
 * at home. So the content never gets lost, and yet no zooming in at a point of it moves that point.
 */
export function clampZoom(zoom: Zoom, { content, home, most }: ZoomBounds): Zoom {
  const scale = Math.max(home.scale, Math.min(Math.max(most, home.scale), zoom.scale));
  const place = (at: number, start: number, length: number): number =>
    Math.min(start, Math.max(start + length * (home.scale - scale), at));
  return { scale, x: place(zoom.x, home.x, content.width), y: place(zoom.y, home.y, content.height) };
}

/** Scales by a factor about a point of the room, in px: what is under it stays under it, as far as the bounds allow. */
export function zoomAt(zoom: Zoom, factor: number, at: Point, bounds: ZoomBounds): Zoom {
  const { scale } = clampZoom({ ...zoom, scale: zoom.scale * factor }, bounds);
  const under = toContent(zoom, at);
  return clampZoom({ scale, x: at.x - scale * under.x, y: at.y - scale * under.y }, bounds);
}

/** Moves the content by px of the room. */
export function panBy(zoom: Zoom, dx: number, dy: number, bounds: ZoomBounds): Zoom {
  return clampZoom({ ...zoom, x: zoom.x + dx, y: zoom.y + dy }, bounds);
}

/**
 * The zoom in other bounds: of the same content, what was in the middle of the room stays there, and what was at home is at home
 * again; of another content, home.
 */
export function carryZoom(zoom: Zoom, before: ZoomBounds | null, bounds: ZoomBounds): Zoom {
  if (before === null || isHome(zoom, before) || !isSameSize(before.content, bounds.content)) return bounds.home;
  const middle = toContent(zoom, { x: before.room.width / 2, y: before.room.height / 2 });
  const { scale } = clampZoom(zoom, bounds);
  const x = bounds.room.width / 2 - scale * middle.x;
  const y = bounds.room.height / 2 - scale * middle.y;
  return clampZoom({ scale, x, y }, bounds);
}

export const isHome = (zoom: Zoom, { home }: ZoomBounds): boolean => zoom.scale <= home.scale * (1 + 1e-9);

const isSameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/** The least move of the content that brings a part of it into the room; a part larger than the room keeps its start in view. */
export function revealPart(part: Point & Size, zoom: Zoom, bounds: ZoomBounds, margin = 0): Zoom {
  const shift = (start: number, length: number, room: number): number => {
    const over = start + length - (room - margin);
    const under = margin - start;
    return under > 0 ? under : over > 0 ? -Math.min(over, start - margin) : 0;
  };
  const { x, y } = toRoom(zoom, part);
  const dx = shift(x, zoom.scale * part.width, bounds.room.width);
  const dy = shift(y, zoom.scale * part.height, bounds.room.height);
  return panBy(zoom, dx, dy, bounds);
}

/** What a key press or a click on + or − scales by. */
export const ZOOM_STEP = 1.5;

/** px of a line and of a page of a wheel that counts in those. */
const LINE = 16;
const PAGE = 400;

/** The factor of a turn of the wheel, or of a pinch on a trackpad, which comes as a wheel with Ctrl held down. */
export function wheelFactor(turn: {
  readonly deltaY: number;
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
}): number {
  const pixels = turn.deltaY * (turn.deltaMode === 1 ? LINE : turn.deltaMode === 2 ? PAGE : 1);
  const most = Math.log(2);
  return Math.exp(Math.max(-most, Math.min(most, -pixels * (turn.ctrlKey ? 0.01 : 0.002))));
}

/** Two fingers that went from one pair of points to another: scales by their distance, and moves with their middle. */
export function pinch(
  zoom: Zoom,
  before: readonly [Point, Point],
  after: readonly [Point, Point],
  bounds: ZoomBounds,
): Zoom {
  const distance = ([a, b]: readonly [Point, Point]): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
  const middle = ([a, b]: readonly [Point, Point]): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const [from, to] = [middle(before), middle(after)];
  return panBy(zoomAt(zoom, distance(after) / distance(before), from, bounds), to.x - from.x, to.y - from.y, bounds);
}

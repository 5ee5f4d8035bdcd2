/** Where the heads of the large atlas lie, in units of its own: a picture is one unit wide and high. */
import { headRowsOf, rowsOf } from './atlas-order.ts';
import type { AtlasArrangement } from './atlas-order.ts';

/** Top left corner of a head's picture. */
export interface HeadSpot {
  /** layer · heads + head. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

export interface HeadsLayout {
  readonly width: number;
  readonly height: number;
  /** Row by row. */
  readonly spots: readonly HeadSpot[];
  /** As the arrow keys go through them: flat indices. */
  readonly rows: readonly (readonly number[])[];
  /** False: rows are layers and columns heads, which need no label each. */
  readonly isFlow: boolean;
  /** Of sections with names. */
  readonly headings: readonly SectionHeading[];
}

/** The room of a section's name, `HEADING` high, above its heads. */
export interface SectionHeading {
  readonly section: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** From one picture to the next: room for the names of tokens, once a head is large. */
const GAP = 0.12;
const EDGE = 0.14;
/** Above each picture where heads flow: its place in the model. */
export const LABEL = 0.34;
/** Height of a section's name, and of the room before it; from one section to another beside it. */
export const HEADING = 0.5;
const BEFORE = 0.15;
const BESIDE = 0.6;

/** @param room to fit, in px: where heads flow, as many stand in a row as makes them largest in it */
export function headsLayout(
  arrangement: AtlasArrangement,
  room: { readonly width: number; readonly height: number },
): HeadsLayout {
  if (arrangement.kind === 'layers') return framed(layersLayout(arrangement));
  const count = arrangement.sections.reduce((sum, { heads }) => sum + heads.length, 0);
  let best = framed(flowLayout(arrangement, 1));
  const sizeOf = ({ width, height }: HeadsLayout): number => Math.min(room.width / width, room.height / height);
  for (let columns = 2; columns <= count; columns += 1) {
    const layout = framed(flowLayout(arrangement, columns));
    if (sizeOf(layout) > sizeOf(best)) best = layout;
    // Wider rows would only make them smaller.
    if (room.width / extent(columns) < sizeOf(best)) break;
  }
  return best;
}

/** The layout with room around it, so that heads at its edges have room for the names of their tokens, too. */
function framed(layout: HeadsLayout): HeadsLayout {
  const moved = <T extends { readonly x: number; readonly y: number }>(item: T): T => ({
    ...item,
    x: item.x + EDGE,
    y: item.y + EDGE,
  });
  const { width, height, spots, headings } = layout;
  return {
    ...layout,
    width: width + 2 * EDGE,
    height: height + 2 * EDGE,
    spots: spots.map(moved),
    headings: headings.map(moved),
  };
}

function layersLayout(arrangement: Extract<AtlasArrangement, { kind: 'layers' }>): HeadsLayout {
  const rows = headRowsOf(arrangement, arrangement.heads);
  const pitch = 1 + GAP;
  const spots = rows.flatMap((row, y) => row.map((index, x) => ({ index, x: x * pitch, y: y * pitch })));
  return { width: extent(arrangement.heads), height: extent(rows.length), spots, rows, isFlow: false, headings: [] };
}

/** Width of so many pictures beside each other. */
const extent = (count: number): number => count * (1 + GAP) - GAP;

interface Shelf {
  readonly rows: (readonly number[])[];
  readonly spots: HeadSpot[];
  readonly headings: SectionHeading[];
  /** Where the last section's row begins and ends, if another section may stand beside it; null: it may not. */
  open: { readonly y: number; readonly end: number } | null;
  /** Below everything so far. */
  bottom: number;
}

/** Sections below each other; one that is short enough stands beside the one before it. */
function flowLayout({ sections }: Extract<AtlasArrangement, { kind: 'flow' }>, columns: number): HeadsLayout {
  const shelf: Shelf = { rows: [], spots: [], headings: [], open: null, bottom: 0 };
  const most = extent(columns);
  sections.forEach(({ name, heads }, section) => {
    const width = extent(Math.min(heads.length, columns));
    const { open } = shelf;
    const isBeside = name !== null && open !== null && heads.length <= columns && open.end + BESIDE + width <= most;
    const x = isBeside ? open.end + BESIDE : 0;
    const y = isBeside ? open.y : shelf.bottom + (name === null || section === 0 ? 0 : BEFORE);
    if (name !== null) shelf.headings.push({ section, x, y, width });
    placeSection(shelf, heads, columns, { x, y: y + (name === null ? 0 : HEADING), isBeside });
    shelf.open = name !== null && heads.length < columns ? { y, end: x + width } : null;
  });
  const { spots, rows, headings } = shelf;
  const width = Math.max(1, ...spots.map((spot) => spot.x + 1));
  return { width, height: Math.max(1, shelf.bottom - GAP), spots, rows, isFlow: true, headings };
}

function placeSection(
  shelf: Shelf,
  heads: readonly number[],
  columns: number,
  at: { readonly x: number; readonly y: number; readonly isBeside: boolean },
): void {
  let { y } = at;
  for (const row of rowsOf(heads, columns)) {
    y += LABEL;
    row.forEach((index, column) => shelf.spots.push({ index, x: at.x + column * (1 + GAP), y }));
    const before = at.isBeside ? shelf.rows.pop() : undefined;
    shelf.rows.push([...(before ?? []), ...row]);
    y += 1 + GAP;
  }
  shelf.bottom = Math.max(shelf.bottom, y);
}

export interface HeadPoint {
  readonly index: number;
  /** Where in the picture, 0…1: along the keys and along the queries. */
  readonly x: number;
  readonly y: number;
}

/** The head at a point of the layout, or null. */
export function headPointAt({ spots }: HeadsLayout, x: number, y: number): HeadPoint | null {
  const spot = spots.find((each) => x >= each.x && x < each.x + 1 && y >= each.y && y < each.y + 1);
  return spot === undefined ? null : { index: spot.index, x: x - spot.x, y: y - spot.y };
}

/** Heads in view, those nearest to the middle of it first. @param view a part of the layout */
export function headsInView(
  { spots }: HeadsLayout,
  view: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): readonly HeadSpot[] {
  const { x, y, width, height } = view;
  const seen = spots.filter((spot) => spot.x < x + width && spot.x + 1 > x && spot.y < y + height && spot.y + 1 > y);
  const away = (spot: HeadSpot): number => Math.hypot(spot.x + 0.5 - x - width / 2, spot.y + 0.5 - y - height / 2);
  return seen.sort((a, b) => away(a) - away(b) || a.index - b.index);
}

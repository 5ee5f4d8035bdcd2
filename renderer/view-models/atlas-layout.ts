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
  /** Of sections with names: room of `HEADING` above their heads, as wide as the layout. */
  readonly headings: readonly { readonly section: number; readonly y: number }[];
}

/** From one picture to the next: room for the names of tokens, once a head is large. */
const GAP = 0.12;
/** Above each picture where heads flow: its place in the model. */
export const LABEL = 0.34;
/** Height of a section's name, and of the room before it. */
export const HEADING = 0.5;
const BEFORE = 0.15;

/** @param room to fit, in px: where heads flow, as many stand in a row as makes them largest in it */
export function headsLayout(
  arrangement: AtlasArrangement,
  room: { readonly width: number; readonly height: number },
): HeadsLayout {
  if (arrangement.kind === 'layers') return layersLayout(arrangement);
  const count = Math.max(...arrangement.sections.map(({ heads }) => heads.length), 1);
  let best = flowLayout(arrangement, 1);
  const sizeOf = ({ width, height }: HeadsLayout): number => Math.min(room.width / width, room.height / height);
  for (let columns = 2; columns <= count; columns += 1) {
    const layout = flowLayout(arrangement, columns);
    if (sizeOf(layout) > sizeOf(best)) best = layout;
  }
  return best;
}

function layersLayout(arrangement: Extract<AtlasArrangement, { kind: 'layers' }>): HeadsLayout {
  const rows = headRowsOf(arrangement, arrangement.heads);
  const pitch = 1 + GAP;
  const spots = rows.flatMap((row, y) => row.map((index, x) => ({ index, x: x * pitch, y: y * pitch })));
  const extent = (count: number): number => count * pitch - GAP;
  return { width: extent(arrangement.heads), height: extent(rows.length), spots, rows, isFlow: false, headings: [] };
}

function flowLayout({ sections }: Extract<AtlasArrangement, { kind: 'flow' }>, columns: number): HeadsLayout {
  const spots: HeadSpot[] = [];
  const headings: { section: number; y: number }[] = [];
  const rows: (readonly number[])[] = [];
  let y = 0;
  sections.forEach(({ name, heads }, section) => {
    if (name !== null) {
      y += section === 0 ? 0 : BEFORE;
      headings.push({ section, y });
      y += HEADING;
    }
    for (const row of rowsOf(heads, columns)) {
      y += LABEL;
      row.forEach((index, x) => spots.push({ index, x: x * (1 + GAP), y }));
      rows.push(row);
      y += 1 + GAP;
    }
  });
  const widest = Math.max(...rows.map((row) => row.length), 1);
  return { width: widest * (1 + GAP) - GAP, height: Math.max(1, y - GAP), spots, rows, isFlow: true, headings };
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

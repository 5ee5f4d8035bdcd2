/** Which head and cell of the large atlas lies where. */
import type { SiteSummary } from '../../electron/api/index.ts';
import { toContent } from '../components/zoom.ts';
import type { Point, Zoom } from '../components/zoom.ts';
import type { Rect } from '../figures/legend.ts';
import { headPointAt, headsInView } from '../view-models/atlas-layout.ts';
import type { HeadsLayout } from '../view-models/atlas-layout.ts';
import { levelFor } from '../view-models/atlas-levels.ts';
import { boxOfSpot } from './heads-canvas.ts';
import { NAMED_CELL } from './heads-canvas-tokens.ts';
import type { PooledLevel } from './heads-pictures.ts';
import type { HeadTiles } from './heads-tiles.ts';

/** Heads smaller than this, in px, are looked at as a whole: where every weight has a cell already, no numbers are fetched. */
const READABLE = 160;

/** A cell of a head's picture as it is drawn. */
export interface HeadCell {
  /** layer · heads + head. */
  readonly index: number;
  readonly row: number;
  readonly column: number;
  /** Cells a side of the picture. */
  readonly cells: number;
  /** Tokens a side of the cell. */
  readonly block: number;
  /** The largest weight of what the cell stands for, 0…1. */
  readonly weight: number;
  /** False: the weight is what a byte tells. */
  readonly isRead: boolean;
}

interface Places {
  readonly layout: HeadsLayout;
  readonly summary: Pick<SiteSummary, 'grid' | 'block'>;
  /** Finest first. */
  readonly pooled: readonly Pick<PooledLevel, 'cells' | 'block' | 'weight'>[];
  readonly tiles: Pick<HeadTiles, 'get'>;
  /** Where heads are seen, in px. */
  readonly inner: Rect;
  /** Pixels of the screen a px. */
  readonly density: () => number;
}

export type HeadPlaces = ReturnType<typeof headPlaces>;

/** Which head and cell lies where, at a zoom. */
export function headPlaces({ layout, summary, pooled, tiles, inner, density }: Places) {
  const spots = new Map(layout.spots.map((spot) => [spot.index, spot]));
  const boxOfHead = (index: number, zoom: Zoom): Rect => boxOfSpot(spots.get(index) ?? { index, x: 0, y: 0 }, zoom);
  const viewAt = (zoom: Zoom) => {
    const { x, y } = toContent(zoom, inner);
    return { x, y, width: inner.width / zoom.scale, height: inner.height / zoom.scale };
  };
  return {
    boxOfHead,
    cellAt: (point: Point, zoom: Zoom): HeadCell | null => {
      if (point.x < inner.x || point.y < inner.y) return null;
      const content = toContent(zoom, point);
      const under = headPointAt(layout, content.x, content.y);
      if (under === null) return null;
      const pixels = zoom.scale * density();
      const full = tiles.get(under.index)?.levels.find(({ cells }) => cells <= pixels);
      const { cells, block } = full ?? levelFor(pooled, pixels);
      const [row, column] = [Math.floor(under.y * cells), Math.floor(under.x * cells)];
      const weight =
        full === undefined
          ? levelFor(pooled, pixels).weight(under.index, row, column)
          : (full.values[row * cells + column] ?? NaN);
      return { index: under.index, row, column, cells, block, weight, isRead: full !== undefined };
    },
    boxOf: ({ index, row, column, cells }: HeadCell, zoom: Zoom): Rect => {
      const { x, y, width } = boxOfHead(index, zoom);
      const side = width / cells;
      return { x: x + column * side, y: y + row * side, width: side, height: side };
    },
    wantedAt: (zoom: Zoom): readonly number[] => {
      const pixels = zoom.scale * density();
      const isLarge = pixels > summary.grid && (summary.block > 1 || zoom.scale >= READABLE);
      return isLarge ? headsInView(layout, viewAt(zoom)).map(({ index }) => index) : [];
    },
    /** The head whose tokens are named: the chosen one if it is large and seen, else the one nearest to the middle. */
    namedAt: (zoom: Zoom, tokens: number, chosen: number): number | null => {
      if (zoom.scale < tokens * NAMED_CELL) return null;
      const seen = headsInView(layout, viewAt(zoom)).map(({ index }) => index);
      return seen.length <= 4 && seen.includes(chosen) ? chosen : (seen[0] ?? null);
    },
  };
}

/** Enlarging a heatmap: wheel, pinch, drag and keys; what is seen lives outside React's state. */
import { useCallback, useMemo, useRef } from 'react';
import type { ZoomBounds } from '../components/zoom.ts';
import { useZoom } from '../components/use-zoom.ts';
import type { WheelUse } from '../components/use-zoom.ts';
import type { HeatmapInput, HeatmapLayout } from '../figures/heatmap.ts';
import { zoomedLayout } from '../figures/heatmap-zoom.ts';
import type { FigureZoom } from './figure-surface.tsx';

/** As far in as one gets, a cell is this large, in px. */
const LARGEST_CELL = 48;

export interface HeatmapZoom extends FigureZoom {
  /** The layout of what is seen now. @param input with the selection whose labels are wanted */
  readonly layoutNow: (input?: HeatmapInput) => HeatmapLayout;
  readonly isEnlarged: () => boolean;
}

export function useFigureZoom(input: HeatmapInput, layout: HeatmapLayout, wheel: WheelUse): HeatmapZoom {
  const onDraw = useRef<() => void>(() => undefined);
  const draw = useCallback(() => {
    onDraw.current();
  }, []);
  const { rows, columns } = input;
  const bounds = useMemo<ZoomBounds>(
    () => ({
      content: { width: columns, height: rows },
      room: { width: layout.width, height: layout.height },
      home: { scale: layout.cellSize, x: layout.plot.x, y: layout.plot.y },
      most: Math.max(layout.cellSize, LARGEST_CELL),
    }),
    [rows, columns, layout],
  );
  const parts = useZoom(bounds, draw, wheel);
  const { control } = parts;
  const whenDrawn = useCallback((drawn: () => void) => {
    onDraw.current = drawn;
  }, []);
  const layoutNow = useCallback(
    (shown: HeatmapInput = input) => zoomedLayout(layout, shown, control.zoom),
    [control, input, layout],
  );
  return { parts, whenDrawn, layoutNow, isEnlarged: () => control.zoom.scale > layout.cellSize };
}

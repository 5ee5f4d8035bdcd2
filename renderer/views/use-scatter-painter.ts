/** The points of a scatter plot on their canvas, drawn with the next frame of the screen. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Cloud, Placing, Room } from '../figures/scatter-camera.ts';
import { pointPainter } from '../figures/scatter-gl.ts';
import type { PointPainter, PointStyle } from '../figures/scatter-gl.ts';

/** @param cloud, style, placing memoise them: new ones are drawn anew */
export function useScatterPainter(
  cloud: Cloud,
  style: PointStyle,
  placing: Placing,
  room: Room,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<PointPainter | null>(null);
  const context = useContexts(canvas);
  useLayoutEffect(() => {
    if (canvas.current === null) return undefined;
    const own = pointPainter(canvas.current);
    canvas.current.dataset['painter'] = own.kind;
    painter.current = own;
    return () => {
      painter.current = null;
      own.dispose();
    };
  }, [context]);
  useLayoutEffect(() => {
    painter.current?.setPoints(cloud, style);
  }, [cloud, style, context]);
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      painter.current?.draw(placing, room, window.devicePixelRatio || 1);
      if (canvas.current !== null)
        canvas.current.dataset['drawn'] = String(cloud.coordinates.length / cloud.components);
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [cloud, style, placing, room, context]);
  return canvas;
}

/** Counts the contexts that the graphics card gave: it may take one away, and gives another later. */
function useContexts(canvas: RefObject<HTMLCanvasElement | null>): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const onLost = (event: Event): void => {
      event.preventDefault();
    };
    const onRestored = (): void => {
      setCount((now) => now + 1);
    };
    element.addEventListener('webglcontextlost', onLost);
    element.addEventListener('webglcontextrestored', onRestored);
    return () => {
      element.removeEventListener('webglcontextlost', onLost);
      element.removeEventListener('webglcontextrestored', onRestored);
    };
  }, [canvas]);
  return count;
}

/** Draws the points of a scatter plot on a plain canvas, where there is no graphics card to draw them. */
import { placePoints } from './scatter-camera.ts';
import type { Cloud, Room } from './scatter-camera.ts';
import type { PointPainter } from './scatter-gl.ts';
import { rasterPoints, SQUARE } from './scatter-raster.ts';
import { paintOrder, sizeAt, strengthOf } from './scatter-style.ts';
import type { PointStyle } from './scatter-style.ts';

/** More points than these are faster as pixels than as shapes. */
const MOST_SHAPES = 2000;

export function canvasPainter(canvas: HTMLCanvasElement): PointPainter {
  let shown: { readonly cloud: Cloud; readonly style: PointStyle } | null = null;
  return {
    kind: 'canvas',
    setPoints: (cloud, style) => {
      shown = { cloud, style };
    },
    draw: (placing, room, density) => {
      fitCanvas(canvas, room, density);
      const context = canvas.getContext('2d');
      if (context === null || shown === null) return;
      const places = placePoints(shown.cloud, placing);
      context.setTransform(density, 0, 0, density, 0, 0);
      context.clearRect(0, 0, room.width, room.height);
      if (places.length <= 3 * MOST_SHAPES) {
        paintShapes(context, places, shown.style);
        return;
      }
      const { width, height, data } = rasterPoints(places, shown.style, room, density);
      context.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
    },
    dispose: () => undefined,
  };
}

function paintShapes(context: CanvasRenderingContext2D, places: Float32Array, style: PointStyle): void {
  for (const point of paintOrder(places, style)) {
    const [x, y, depth] = [places[point * 3]!, places[point * 3 + 1]!, places[point * 3 + 2]!];
    const half = sizeAt(style, depth) / 2;
    context.globalAlpha = strengthOf(style, point);
    context.fillStyle = style.colours[point] ?? '#000000';
    context.beginPath();
    const shape = style.shapes[point];
    if (shape === 1) context.rect(x - half * SQUARE, y - half * SQUARE, half * 2 * SQUARE, half * 2 * SQUARE);
    else if (shape === 2) {
      context.moveTo(x, y - half);
      context.lineTo(x + half, y);
      context.lineTo(x, y + half);
      context.lineTo(x - half, y);
    } else context.arc(x, y, half, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** Gives the canvas the pixels that it has on screen. */
export function fitCanvas(canvas: HTMLCanvasElement, { width, height }: Room, density: number): void {
  const [across, down] = [Math.max(1, Math.round(width * density)), Math.max(1, Math.round(height * density))];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
}

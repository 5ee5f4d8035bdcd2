/** PNG in a browser: the figure's SVG, with the page's fonts embedded, drawn on a canvas. */
import { painted } from './background.ts';
import { embeddedFonts } from './fonts.ts';
import type { ExportFormat } from './format.ts';
import { addPngMetadata } from './png-metadata.ts';
import { svgDocument } from './svg.ts';

export const pngFormat: ExportFormat = {
  id: 'png',
  label: 'PNG',
  extension: 'png',
  mimeType: 'image/png',
  encode: async (whole, { provenance, pixelRatio = 2, transparent }) => {
    const svg = painted(whole, transparent);
    const page = svg.ownerDocument;
    const style = await embeddedFonts(page, svg.textContent);
    const canvas = await drawSvg(page, svgDocument(svg, provenance, style), sizeOf(svg), pixelRatio);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error(`The browser could not make a PNG of ${canvas.width} × ${canvas.height} pixels.`);
    return addPngMetadata(new Uint8Array(await blob.arrayBuffer()), provenance, pixelRatio);
  },
};

function sizeOf(svg: SVGSVGElement): { width: number; height: number } {
  return { width: Number(svg.getAttribute('width')), height: Number(svg.getAttribute('height')) };
}

async function drawSvg(
  page: Document,
  text: string,
  size: { width: number; height: number },
  pixelRatio: number,
): Promise<HTMLCanvasElement> {
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const picture = page.createElement('img');
    picture.src = url;
    await picture.decode();
    const canvas = page.createElement('canvas');
    canvas.width = Math.round(size.width * pixelRatio);
    canvas.height = Math.round(size.height * pixelRatio);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('The browser has no canvas to draw a PNG on.');
    await drawSettled(context, picture);
    return canvas;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** How often the picture is looked at, how many looks in a row must agree, and the most looks. */
const LOOK_MS = 40;
const AGREEING = 4;
const MOST_LOOKS = 60;

/**
 * Draws the picture when it no longer changes. `decode` does not wait for the fonts inside an SVG: until they are read, their text
 * is left out.
 */
async function drawSettled(context: CanvasRenderingContext2D, picture: HTMLImageElement): Promise<void> {
  const { width, height } = context.canvas;
  let before: Uint8ClampedArray | null = null;
  for (let look = 0, agreeing = 0; look < MOST_LOOKS && agreeing < AGREEING; look += 1) {
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    context.clearRect(0, 0, width, height);
    context.drawImage(picture, 0, 0, width, height);
    const now = context.getImageData(0, 0, width, height).data;
    agreeing = before !== null && samePixels(before, now) ? agreeing + 1 : 0;
    before = now;
  }
}

function samePixels(a: Uint8ClampedArray, b: Uint8ClampedArray): boolean {
  const [left, right] = [new Uint32Array(a.buffer), new Uint32Array(b.buffer)];
  return left.every((pixel, index) => pixel === right[index]);
}

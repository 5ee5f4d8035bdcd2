/** PNG in a browser: the figure's SVG, with the page's fonts embedded, drawn on a canvas. */
import { embeddedFonts } from './fonts.ts';
import type { ExportFormat } from './format.ts';
import { addPngMetadata } from './png-metadata.ts';
import { svgDocument } from './svg.ts';

export const pngFormat: ExportFormat = {
  id: 'png',
  label: 'PNG',
  extension: 'png',
  mimeType: 'image/png',
  encode: async (svg, { provenance, pixelRatio = 2 }) => {
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
    const context = canvas.getContext('2d');
    if (!context) throw new Error('The browser has no canvas to draw a PNG on.');
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(url);
  }
}

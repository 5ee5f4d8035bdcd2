/** PNG in Node: resvg with our own fonts, so that the same figure is the same picture on every machine. */
import { Resvg } from '@resvg/resvg-js';
import { painted } from './background.ts';
import type { ExportFormat } from './format.ts';
import { addPngMetadata } from './png-metadata.ts';
import { svgDocument } from './svg.ts';

/** What our fonts surely have: Latin, Greek, Cyrillic, punctuation, arrows, mathematics. */
const OWN_CHARACTERS = /^[\t\n\r\u0020-\u04FF\u2010-\u22FF]*$/;

/**
 * The PNG format of a process without a browser. Node only: never import this from a page.
 * @param fontFiles paths of TTF files of Inter (400, 600) and JetBrains Mono (400, 700)
 */
export function resvgPngFormat(fontFiles: readonly string[]): ExportFormat {
  return {
    id: 'png',
    label: 'PNG',
    extension: 'png',
    mimeType: 'image/png',
    encode: (whole, { provenance, pixelRatio = 2, transparent }) => {
      const svg = painted(whole, transparent);
      const text = resvgDialect(svgDocument(svg, provenance));
      const png = renderSvg(text, pixelRatio, fontFiles, !OWN_CHARACTERS.test(svg.textContent));
      return Promise.resolve(addPngMetadata(png, provenance, pixelRatio));
    },
  };
}

/** System fonts are looked at only for characters that ours lack (Chinese, emoji …): they differ between machines. */
function renderSvg(
  text: string,
  pixelRatio: number,
  fontFiles: readonly string[],
  loadSystemFonts: boolean,
): Uint8Array {
  const resvg = new Resvg(text, {
    fitTo: { mode: 'zoom', value: pixelRatio },
    font: {
      fontFiles: [...fontFiles],
      loadSystemFonts,
      defaultFontFamily: 'Inter',
      monospaceFamily: 'JetBrains Mono',
    },
  });
  return resvg.render().asPng();
}

/** resvg knows nearest-neighbour sampling by SVG's old name only. */
function resvgDialect(text: string): string {
  return text.replaceAll(' image-rendering="pixelated"', ' image-rendering="optimizeSpeed"');
}

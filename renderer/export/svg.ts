/** SVG: text stays text (with a list of fallback fonts), large matrices are embedded pictures. */
import { painted } from './background.ts';
import type { ExportFormat } from './format.ts';
import { provenanceJson } from './provenance.ts';
import type { Provenance } from './provenance.ts';
import { escapeText, serialise } from './serialise.ts';

/** A whole SVG document with its provenance; `style` is CSS to put into it. */
export function svgDocument(svg: SVGSVGElement, provenance: Provenance, style = ''): string {
  const metadata = `<metadata>${escapeText(provenanceJson(provenance))}</metadata>`;
  const sheet = style === '' ? '' : `<style>${escapeText(style)}</style>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${serialise(svg, metadata + sheet)}\n`;
}

export const svgFormat: ExportFormat = {
  id: 'svg',
  label: 'SVG',
  extension: 'svg',
  mimeType: 'image/svg+xml',
  encode: (svg, { provenance, transparent }) =>
    Promise.resolve(new TextEncoder().encode(svgDocument(painted(svg, transparent), provenance))),
};

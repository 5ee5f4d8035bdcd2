/** The export formats of the app. Nothing here needs Node: this is what the browser bundle imports. */
import type { ExportFormat } from './format.ts';
import { pagePdfFormat } from './pdf-page.ts';
import { pngFormat } from './png.ts';
import { svgFormat } from './svg.ts';

export { formatOfFile } from './format.ts';
export type { ExportFormat, ExportOptions } from './format.ts';
export type { Provenance } from './provenance.ts';

export const FORMATS: readonly ExportFormat[] = [svgFormat, pagePdfFormat, pngFormat];

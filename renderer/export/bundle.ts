/** A figure in all formats, its numbers and its provenance in one .zip. */
import { zipSync } from 'fflate';
import { DATA_FORMATS } from './data-formats.ts';
import type { ExportFormat, ExportOptions } from './format.ts';
import type { FigureData } from '../figures/figure-data.ts';
import { SIDECAR } from './read-provenance.ts';

export const BUNDLE = { id: 'zip', label: 'ZIP', extension: 'zip', mimeType: 'application/zip' } as const;
/** The same date in every file, so that the same figure is the same bytes. */
const MODIFIED = new Date(1980, 0, 1);

/** @param data null: a figure without numbers of its own */
export async function bundle(
  formats: readonly ExportFormat[],
  svg: SVGSVGElement,
  data: FigureData | null,
  options: ExportOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { provenance } = options;
  const files: Record<string, Uint8Array> = {};
  for (const format of formats) files[`figure.${format.extension}`] = await format.encode(svg, options);
  if (data !== null)
    for (const format of DATA_FORMATS) files[`data.${format.extension}`] = await format.encode(data, provenance);
  files[SIDECAR] = new TextEncoder().encode(`${JSON.stringify(provenance, null, 2)}\n`);
  return zipSync(files, { mtime: MODIFIED, level: 0 });
}

/** What an export format is. Adding one: its file, its line in formats.ts (or formats-node.ts), its test. */
import type { FigureData } from '../figures/figure-data.ts';
import type { Provenance } from './provenance.ts';

export interface ExportOptions {
  readonly provenance: Provenance;
  /** Pixels of a raster format per px of the figure; default 2. */
  readonly pixelRatio?: number;
  /** True: nothing is painted behind the figure. Default false. */
  readonly transparent?: boolean;
}

export interface ExportFormat {
  readonly id: string;
  readonly label: string;
  /** Without the dot. */
  readonly extension: string;
  readonly mimeType: string;
  /** The bytes of a file. The element given is not changed. */
  encode(svg: SVGSVGElement, options: ExportOptions): Promise<Uint8Array<ArrayBuffer>>;
}

/** The format of a file name by its extension, whatever its case; undefined when no format has it. */
export function formatOfFile<F extends { readonly extension: string }>(
  formats: readonly F[],
  file: string,
): F | undefined {
  const lower = file.toLowerCase();
  return formats.find(({ extension }) => lower.endsWith(`.${extension}`));
}

/** What writes a figure's numbers. Adding one: its file, its line in data-formats.ts, its test. */
export interface DataFormat {
  readonly id: string;
  readonly label: string;
  readonly extension: string;
  readonly mimeType: string;
  encode(data: FigureData, provenance: Provenance): Promise<Uint8Array<ArrayBuffer>>;
}

/** The formats of a figure's numbers, for the app and the command line alike. */
import { columnArrays } from '../figures/figure-data.ts';
import type { FigureData } from '../figures/figure-data.ts';
import { joinBytes } from '../figures/png.ts';
import { csvText } from './csv.ts';
import { dataJson } from './data-json.ts';
import type { DataFormat } from './format.ts';
import { writeNpz } from './npz.ts';
import { provenanceJson } from './provenance.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const csvFormat: DataFormat = {
  id: 'csv',
  label: 'CSV',
  extension: 'csv',
  mimeType: 'text/csv',
  encode: (data) => Promise.resolve(utf8(csvText(data.rows()))),
};

const jsonFormat: DataFormat = {
  id: 'json',
  label: 'JSON',
  extension: 'json',
  mimeType: 'application/json',
  encode: (data, provenance) => Promise.resolve(utf8(dataJson(data, provenance))),
};

/** Every array by its name, a table's columns where there are no arrays, and `provenance` as one line of JSON. */
const npzFormat: DataFormat = {
  id: 'npz',
  label: 'NPZ',
  extension: 'npz',
  mimeType: 'application/octet-stream',
  encode: async (data, provenance) => {
    const pieces: Uint8Array[] = [];
    await writeNpz(npzArrays(data, provenanceJson(provenance)), (piece) => {
      pieces.push(piece);
      return Promise.resolve();
    });
    return joinBytes(pieces);
  },
};

async function* npzArrays(data: FigureData, provenance: string) {
  yield* await Promise.resolve(data.arrays.length > 0 ? data.arrays : columnArrays(data.rows()));
  yield { name: 'provenance', strings: [provenance] };
}

export const DATA_FORMATS: readonly DataFormat[] = [csvFormat, jsonFormat, npzFormat];

/** What figure tests share: a document, made-up matrices of known shape, and a way to read PNG files back. */
import { inflateSync } from 'node:zlib';
import { DOMParser } from 'linkedom';
import { weightScale } from '../../../renderer/figures/index.ts';
import type { AxisLabel, HeatmapInput } from '../../../renderer/figures/index.ts';

export function parseSvg(text: string): Document {
  return new DOMParser().parseFromString(text, 'image/svg+xml') as unknown as Document;
}

export function testDocument(): Document {
  return parseSvg('<svg xmlns="http://www.w3.org/2000/svg"/>');
}

/** Numbers 0…1 that are the same in every run. */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** [rows, columns] with rows that sum to 1. */
export function weights(rows: number, columns: number, seed = 1): Float32Array {
  const next = sequence(seed);
  const matrix = Float32Array.from({ length: rows * columns }, () => Math.exp(5 * next()));
  for (let row = 0; row < rows; row += 1) {
    const line = matrix.subarray(row * columns, (row + 1) * columns);
    const sum = line.reduce((total, value) => total + value, 0);
    line.forEach((value, column) => (line[column] = value / sum));
  }
  return matrix;
}

/** [size, size] scores with −∞ above the diagonal. */
export function causalScores(size: number, seed = 1): Float32Array {
  const next = sequence(seed);
  return Float32Array.from({ length: size * size }, (_, cell) =>
    cell % size > Math.floor(cell / size) ? -Infinity : 20 * next() - 10,
  );
}

const WORDS = [
  '[CLS]',
  'The',
  'animal',
  "'",
  'internationalization',
  '.',
  '你好',
  '##ing',
  'a&b<c>',
  '🙂',
  '\n',
  'Ωμέγα',
];

export function labels(count: number): AxisLabel[] {
  return Array.from({ length: count }, (_, index) => {
    const text = WORDS[index % WORDS.length]!;
    return { text, special: text === '[CLS]' };
  });
}

export function heatmapInput(rows: number, columns: number, changes: Partial<HeatmapInput> = {}): HeatmapInput {
  return {
    matrix: weights(rows, columns),
    rows,
    columns,
    rowLabels: labels(rows),
    columnLabels: labels(columns),
    rowTitle: 'query',
    columnTitle: 'key',
    title: 'Softmax weights',
    subtitle: 'who each token looks at · layer 5, head 3',
    legendTitle: 'weight, square-root scale · rows sum to 1',
    scale: weightScale(),
    theme: 'light',
    maxWidth: 720,
    maxHeight: 640,
    ...changes,
  };
}

export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** As stored, row by row. */
  readonly pixels: Uint8Array;
  readonly chunks: readonly { readonly type: string; readonly payload: Uint8Array }[];
}

/** Reads the 8-bit RGB and RGBA files with filters None and Up. */
export function decodePng(bytes: Uint8Array): DecodedPng {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: { type: string; payload: Uint8Array }[] = [];
  for (let offset = 8; offset < bytes.length;) {
    const length = view.getUint32(offset);
    const type = new TextDecoder('latin1').decode(bytes.subarray(offset + 4, offset + 8));
    chunks.push({ type, payload: bytes.subarray(offset + 8, offset + 8 + length) });
    offset += length + 12;
  }
  const header = chunks[0]!.payload;
  const size = new DataView(header.buffer, header.byteOffset);
  const [width, height] = [size.getUint32(0), size.getUint32(4)];
  if (header[8] !== 8) throw new Error(`bit depth ${header[8]}`);
  const channels = header[9] === 6 ? 4 : 3;
  const stored = chunks.filter(({ type }) => type === 'IDAT').map(({ payload }) => payload);
  const lines = inflateSync(Buffer.concat(stored));
  const stride = width * channels;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = lines[y * (stride + 1)];
    if (filter !== 0 && filter !== 2) throw new Error(`filter ${filter}`);
    for (let x = 0; x < stride; x += 1) {
      const above = filter === 2 && y > 0 ? pixels[(y - 1) * stride + x]! : 0;
      pixels[y * stride + x] = lines[y * (stride + 1) + 1 + x]! + above;
    }
  }
  return { width, height, channels, pixels, chunks };
}

/** The bytes of a `data:` URL. */
export function dataUrlBytes(url: string): Uint8Array {
  return Uint8Array.from(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
}

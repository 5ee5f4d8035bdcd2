/** Reads back what an exported file says about its origin. The file is a stranger's: it is text to check, not to trust. */
import { unzipSync } from 'fflate';
import { PDF_KEY } from './pdf.ts';
import type { Provenance } from './provenance.ts';

const decoder = new TextDecoder('utf-8');
/** No provenance is as long as this, in bytes. */
const MOST_BYTES = 4 * 2 ** 20;

/**
 * @param file the name, whose ending says the format
 * @throws RangeError with a sentence about what is wrong
 */
export function readProvenance(file: string, bytes: Uint8Array): Provenance {
  const text = provenanceText(file, bytes);
  if (text === null) throw new RangeError(`${file} holds no provenance of a Headlight figure.`);
  if (text.length > MOST_BYTES) throw new RangeError(`${file}: its provenance is too long to be one of a figure.`);
  return checked(file, text);
}

function provenanceText(file: string, bytes: Uint8Array): string | null {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase();
  switch (ending) {
    case 'svg':
      return svgText(decoder.decode(bytes));
    case 'png':
      return pngText(bytes);
    case 'pdf':
      return pdfText(bytes);
    case 'json':
      return jsonText(decoder.decode(bytes));
    case 'zip':
      return zipText(bytes);
    default:
      throw new RangeError(`${file}: provenance is read from .svg, .png, .pdf, .json and .zip files.`);
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The first `<metadata>`: a figure within a figure has none of its own. */
function svgText(text: string): string | null {
  const found = /<metadata>([^<]*)<\/metadata>/.exec(text)?.[1];
  return found?.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => ENTITIES[name] ?? whole) ?? null;
}

/** The chunk iTXt with the keyword `Headlight`, not compressed. */
function pngText(bytes: Uint8Array): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (body.length < length) return null;
    const type = decoder.decode(bytes.subarray(at + 4, at + 8));
    const head = `${PDF_KEY}\0\0\0\0\0`;
    if (type === 'iTXt' && decoder.decode(body.subarray(0, head.length)) === head)
      return decoder.decode(body.subarray(head.length));
    at += 12 + length;
  }
  return null;
}

const PDF_ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** The literal string that the information dictionary's entry `/Headlight` refers to, ASCII or UTF-16 with its mark. */
function pdfText(bytes: Uint8Array): string | null {
  const raw = latin1(bytes);
  const object = new RegExp(`\\n/${PDF_KEY} (\\d+) 0 R\\n`).exec(raw)?.[1];
  const start = object === undefined ? -1 : raw.indexOf(`\n${object} 0 obj\n(`);
  if (object === undefined || start < 0) return null;
  const found: number[] = [];
  for (let at = start + object.length + ' 0 obj'.length + 3; at < raw.length && raw[at] !== ')'; at += 1) {
    if (raw[at] !== '\\') {
      found.push(raw.charCodeAt(at));
      continue;
    }
    at += 1;
    found.push(PDF_ESCAPES[raw[at] ?? ''] ?? raw.charCodeAt(at));
  }
  const string = Uint8Array.from(found);
  return string[0] === 0xfe && string[1] === 0xff ? new TextDecoder('utf-16be').decode(string) : latin1(string);
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000)
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return text;
}

/** A sidecar is the provenance itself; a file of data has it among its parts. */
function jsonText(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  return JSON.stringify('provenance' in value ? value.provenance : value);
}

function zipText(bytes: Uint8Array): string | null {
  const files = unzipSync(bytes, { filter: ({ name, originalSize }) => name === SIDECAR && originalSize < MOST_BYTES });
  const found = files[SIDECAR];
  return found === undefined ? null : jsonText(decoder.decode(found));
}

/** The name of the provenance beside a figure in a .zip. */
export const SIDECAR = 'provenance.json';

function checked(file: string, text: string): Provenance {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RangeError(`${file}: its provenance is not JSON.`);
  }
  const record = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  if (record['application'] !== 'Headlight') throw new RangeError(`${file} was not made by Headlight.`);
  for (const name of ['version', 'figure', 'model', 'text', 'device'] as const) {
    if (typeof record[name] !== 'string') throw new RangeError(`${file}: its provenance has no ${name}.`);
  }
  return record as unknown as Provenance;
}

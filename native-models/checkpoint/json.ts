/** JSON from strangers: size-capped, UTF-8, an object at the top, no key given twice. */
import { ModelError } from '../errors.ts';
import { readSmallFile } from './files.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** True for a plain JSON object (not null, not an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a wrong JSON value is, in words for an error message: `the string "x"`, `12`, `null`, `a list`. */
export function describeJson(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? `the string ${quote(value)}` : JSON.stringify(value);
}

/** A name out of a file as an error message shows it: in quotes, control characters escaped, at most 80 characters. */
export function quote(name: string): string {
  const text = JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(character, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
}

/**
 * Parses bytes as one JSON object.
 *
 * @param bytes UTF-8 text; a byte-order mark is accepted
 * @param what the file (and part) to name in an error, e.g. `/models/x/config.json`
 * @throws ModelError 'bad-model' `json-unreadable` (not UTF-8, not JSON, not an object) or `json-duplicate-key`
 */
export function parseJsonObject(bytes: Uint8Array, what: string): JsonObject {
  let value: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ModelError('bad-model', 'json-unreadable', `${what} is not valid JSON: ${shorten(why)}.`, { file: what });
  }
  if (!isJsonObject(value)) {
    const message = `${what} must be a JSON object, but it is ${describeJson(value)}.`;
    throw new ModelError('bad-model', 'json-unreadable', message, { file: what });
  }
  const twice = duplicateKey(text);
  if (twice !== null) {
    const message = `${what} gives the key ${quote(twice)} twice; expected each key once.`;
    throw new ModelError('bad-model', 'json-duplicate-key', message, { file: what, key: quote(twice) });
  }
  return value;
}

/** Reads and parses a JSON file of at most `maxBytes` bytes. */
export async function readJsonObject(path: string, maxBytes: number): Promise<JsonObject> {
  return parseJsonObject(await readSmallFile(path, maxBytes), path);
}

/** The first key that an object of `text` gives twice, or null. `text` must be valid JSON; nesting costs no call stack. */
export function duplicateKey(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === OPEN_BRACE) open.push(new Set());
    else if (char === OPEN_BRACKET) open.push(null);
    else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) open.pop();
    else if (char === QUOTE) {
      const end = stringEnd(text, at);
      const keys = open.at(-1);
      if (keys && followedByColon(text, end + 1)) {
        const written = text.slice(at + 1, end);
        const key = written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written;
        if (keys.has(key)) return key;
        keys.add(key);
      }
      at = end;
    }
  }
  return null;
}

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** Index of the quote that closes the string which opens at `start`. */
function stringEnd(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at;
}

/** True when an odd number of backslashes stands before `at`. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charCodeAt(before - 1) === BACKSLASH) before--;
  return (at - before) % 2 === 1;
}

function followedByColon(text: string, start: number): boolean {
  let at = start;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === COLON;
}

function shorten(text: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, ' ').replace(/\.$/u, '');
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}

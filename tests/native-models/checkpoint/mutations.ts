/** Seeded damage to files: the same cases on every run. */

export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number, 0 ≤ x < limit. */
  below(limit: number): number;
  pick<T>(choices: readonly T[]): T;
}

/** A small generator (mulberry32); the same seed gives the same numbers. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { next, below, pick: (choices) => choices[below(choices.length)]! };
}

const LYING_NUMBERS = [
  '-1',
  '0',
  '1',
  '1.5',
  '-0',
  '1e400',
  '4294967296',
  '9007199254740992',
  '18446744073709551615',
  '99999999999999999999999999',
  '"4"',
  'null',
  'true',
  '[]',
  '{}',
];
const WRONG_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -7,
  1e9,
  'F32',
  '',
  [],
  {},
  [[]],
  { a: { b: [1] } },
  'x'.repeat(5000),
];

/** A number of a JSON text replaced by one that lies. */
export function lieAboutANumber(text: string, random: Random): string {
  const numbers = [...text.matchAll(/-?\d+(\.\d+)?(e[-+]?\d+)?/gu)];
  if (numbers.length === 0) return text;
  const { index, 0: found } = random.pick(numbers);
  return text.slice(0, index) + random.pick(LYING_NUMBERS) + text.slice(index + found.length);
}

/** A part of a JSON text replaced by one of another type, removed, or given twice. */
export function replaceAPart(text: string, random: Random): string {
  const root: unknown = JSON.parse(text);
  let holder = root as Record<string, unknown>;
  for (let depth = random.below(4); ; depth--) {
    const keys = Object.keys(holder);
    if (keys.length === 0) return text;
    const key = random.pick(keys);
    const value = holder[key];
    if (depth > 0 && typeof value === 'object' && value !== null) {
      holder = value as Record<string, unknown>;
      continue;
    }
    const kind = random.below(4);
    if (kind === 0) Reflect.deleteProperty(holder, key);
    else if (kind === 1) holder[`${key}${random.pick(['', '.', '\0', '__proto__'])}`] = random.pick(WRONG_VALUES);
    else if (kind === 2) holder[random.pick(['__proto__', 'constructor', '', 'transformer.a', '__metadata__'])] = value;
    else holder[key] = random.pick(WRONG_VALUES);
    return JSON.stringify(root);
  }
}

/** Text put in somewhere: nesting, a key given twice, bytes that are not UTF-8 once written. */
export function insertText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const nested = 10 ** (1 + random.below(5));
  const added = random.pick([
    '['.repeat(nested),
    '{"a":'.repeat(nested),
    '"a":1,',
    '\0',
    '\u2028',
    '\\ud800',
    ' '.repeat(nested),
    text.slice(at, at + 40),
  ]);
  return text.slice(0, at) + added + text.slice(at);
}

/** A copy of the bytes with one to eight of them changed, most of them in the first 400. */
export function flipBytes(bytes: Uint8Array, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  for (let count = 1 + random.below(8); count > 0 && copy.length > 0; count--) {
    const at = random.below(random.next() < 0.8 ? Math.min(copy.length, 400) : copy.length);
    copy[at] = random.next() < 0.5 ? copy[at]! ^ (1 << random.below(8)) : random.below(256);
  }
  return copy;
}

/** The bytes cut off, lengthened, or with a piece taken out. */
export function resize(bytes: Uint8Array, random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  const head = bytes.subarray(0, at);
  const choice = random.below(3);
  if (choice === 0) return Buffer.from(head);
  if (choice === 1) return Buffer.concat([bytes, Buffer.alloc(1 + random.below(40), 0x20)]);
  return Buffer.concat([head, bytes.subarray(Math.min(bytes.length, at + 1 + random.below(20)))]);
}

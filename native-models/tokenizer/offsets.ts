/** Offsets of a text in UTF-16 code units, from those in code points that the native tokenizer gives. */

/** Converts positions in code points (0 … number of code points) to positions in UTF-16 code units. */
export type ToUtf16 = (codePoint: number) => number;

/** A converter for one text. O(length) once, O(1) a call; positions outside the text are moved to its ends. */
export function utf16Positions(text: string): ToUtf16 {
  if (!/[\u{10000}-\u{10FFFF}]/u.test(text)) return (position) => clamp(position, text.length);
  const starts = new Uint32Array(text.length + 1);
  let count = 0;
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) starts[count++] = at;
  starts[count] = text.length;
  return (position) => starts[clamp(position, count)] ?? text.length;
}

/** True when the character at `at` is white space; false outside the text. */
export function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return !Number.isNaN(code) && /\s/u.test(String.fromCharCode(code));
}

function clamp(position: number, limit: number): number {
  return Math.min(Math.max(position, 0), limit);
}

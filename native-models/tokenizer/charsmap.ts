/**
 * SentencePiece's precompiled character map: a double-array trie over UTF-8 bytes whose leaves point into a block of NUL-ended
 * replacements. The native library walks it without bounds checks, so every walk is tried here first.
 */

const MAX_BYTES = 16_000_000;

/** True for base64 of a map in which every walk ends inside the trie and every leaf points at a replacement. */
export function isSafeCharsmap(encoded: unknown): boolean {
  if (typeof encoded !== 'string' || encoded.length > MAX_BYTES || !/^[A-Za-z0-9+/]+={0,2}$/u.test(encoded))
    return false;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length < 8 || bytes.toString('base64') !== encoded) return false;
  const trieBytes = bytes.readUInt32LE(0);
  if (trieBytes < 4 || trieBytes % 4 !== 0 || trieBytes > bytes.length - 4) return false;
  const units = new Uint32Array(trieBytes / 4);
  for (let at = 0; at < units.length; at++) units[at] = bytes.readUInt32LE(4 + 4 * at);
  const replacements = bytes.subarray(4 + trieBytes);
  return isUtf8(replacements) && everyWalkEnds(units, replacements);
}

/** Visits every node that some key reaches. A node is the index that a child's byte is XORed onto. */
function everyWalkEnds(units: Uint32Array, replacements: Uint8Array): boolean {
  const root = offsetOf(units[0]!);
  const waiting = [root];
  const seen = new Set(waiting);
  while (waiting.length > 0) {
    const node = waiting.pop()!;
    for (let byte = 1; byte < 256; byte++) {
      const at = (node ^ byte) >>> 0;
      if (at >= units.length) return false;
      const unit = units[at]!;
      if ((unit & 0x800000ff) >>> 0 !== byte) continue;
      const next = (at ^ offsetOf(unit)) >>> 0;
      if ((unit & 0x100) !== 0 && !leafFits(units, next, replacements)) return false;
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
    }
  }
  return true;
}

function offsetOf(unit: number): number {
  return ((unit >>> 10) << ((unit & 0x200) >>> 6)) >>> 0;
}

/** True when the leaf's value is the index of a character in the replacements (or their end). */
function leafFits(units: Uint32Array, leaf: number, replacements: Uint8Array): boolean {
  if (leaf >= units.length) return false;
  const value = (units[leaf]! & 0x7fffffff) >>> 0;
  return value <= replacements.length && ((replacements[value] ?? 0) & 0xc0) !== 0x80;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

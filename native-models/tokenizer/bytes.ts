/** GPT-2's byte table, and bytes as people read them. */

/**
 * Byte-level tokenizers write each byte as one printable character: bytes that are printable in Latin-1 as themselves, the
 * others as U+0100 onwards in order of the byte (a space, the 33rd of those, is `Ġ`).
 */
const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = byteTable();

function byteTable(): Map<string, number> {
  const table = new Map<string, number>();
  let others = 0;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    table.set(String.fromCharCode(printable ? byte : 0x100 + others++), byte);
  }
  return table;
}

/** The bytes that a byte-level piece stands for, or null when a character of it is not in the table. */
export function bytesOfPiece(piece: string): Uint8Array | null {
  const bytes = new Uint8Array(piece.length);
  for (let at = 0; at < piece.length; at++) {
    const byte = BYTE_OF_CHARACTER.get(piece.charAt(at));
    if (byte === undefined) return null;
    bytes[at] = byte;
  }
  return bytes;
}

/** Bytes as text; a run of bytes that is no whole character is written `‹F0 9F›`. */
export function textOfBytes(bytes: Uint8Array): string {
  let text = '';
  let broken: string[] = [];
  const flush = (): void => {
    if (broken.length > 0) text += `‹${broken.join(' ')}›`;
    broken = [];
  };
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes[at] ?? 0);
    const character = length === 0 ? null : decodeStrict(bytes.subarray(at, at + length), length);
    if (character === null) {
      broken.push((bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0'));
      at++;
    } else {
      flush();
      text += character;
      at += length;
    }
  }
  flush();
  return text;
}

/** Bytes of the UTF-8 character that a lead byte opens; 0 for a byte that opens none. */
function characterLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeStrict(bytes: Uint8Array, length: number): string | null {
  if (bytes.length < length) return null;
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return null;
  }
}

/** The array's bytes as an ArrayBuffer of its own: the array's, where it fills it, else a copy. */
export function ownBuffer(array: Uint8Array | Uint16Array | Float32Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = array;
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) return buffer;
  const copy = new ArrayBuffer(byteLength);
  new Uint8Array(copy).set(new Uint8Array(buffer, byteOffset, byteLength));
  return copy;
}

/**
 * The WebSocket's frames: one message a binary frame, its ArrayBuffers as raw bytes behind a JSON header. All little endian:
 *
 *     u32 magic 'HLW1' · u32 length of the header in bytes · header (UTF-8 JSON) · the buffers, each starting at a multiple of 8
 *
 * The header is `{ message, buffers: [length, …] }`; where an ArrayBuffer stood, `message` has `{ "$buffer": index }`.
 */
import type { Reply } from './bridge.ts';
import { apiFailure } from './errors.ts';
import { count, z } from './schema.ts';

/** The largest frame either side sends or accepts, in bytes. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;

const MAGIC = 0x31574c48;
const PREFIX_BYTES = 8;
const ALIGNMENT = 8;
const MAX_DEPTH = 32;
const MAX_BUFFERS = 4096;
const PLACEHOLDER = '$buffer';

export const requestMessage = z.strictObject({
  kind: z.literal('request'),
  id: count,
  channel: z.string().max(100),
  payload: z.unknown(),
});
export const responseMessage = z.union([
  z.strictObject({ kind: z.literal('response'), id: count, ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ kind: z.literal('response'), id: count, ok: z.literal(false), failure: apiFailure }),
]);
export const eventMessage = z.strictObject({ kind: z.literal('event'), name: z.string(), payload: z.unknown() });
/** What a page sends, and what a server sends. */
export const clientMessage = requestMessage;
export const serverMessage = z.union([responseMessage, eventMessage]);
export type RequestMessage = z.infer<typeof requestMessage>;
export type ResponseMessage = z.infer<typeof responseMessage>;
export type EventMessage = z.infer<typeof eventMessage>;

const header = z.strictObject({ message: z.unknown(), buffers: z.array(count).max(MAX_BUFFERS) });

/** A frame that cannot be read or a message that cannot be written; `reason` is a stable key. */
export class WireError extends Error {
  readonly reason: 'bad-frame' | 'frame-too-large' | 'bad-message';

  constructor(reason: WireError['reason'], message: string) {
    super(message);
    this.name = 'WireError';
    this.reason = reason;
  }
}

/** The message that answers request `id`. */
export function responseOf(id: number, reply: Reply): ResponseMessage {
  return reply.ok
    ? { kind: 'response', id, ok: true, value: reply.value }
    : { kind: 'response', id, ok: false, failure: reply.failure };
}

/**
 * Writes a message of plain data (objects, arrays, strings, finite numbers, booleans, null, ArrayBuffers) as one frame. Properties
 * that are undefined are left out.
 * @throws WireError `bad-message` for data JSON cannot carry, `frame-too-large` above `limit` bytes
 */
export function encodeFrame(message: unknown, limit = MAX_FRAME_BYTES): Uint8Array<ArrayBuffer> {
  const buffers: ArrayBuffer[] = [];
  const plain = extract(message, buffers, 0);
  const head = new TextEncoder().encode(JSON.stringify({ message: plain, buffers: buffers.map((b) => b.byteLength) }));
  const offsets = bufferOffsets(head.byteLength, buffers);
  const size = offsets.end;
  if (size > limit) {
    throw new WireError('frame-too-large', `The message has ${size} bytes; a frame holds at most ${limit}.`);
  }
  const frame = new Uint8Array(size);
  const view = new DataView(frame.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, head.byteLength, true);
  frame.set(head, PREFIX_BYTES);
  buffers.forEach((buffer, i) => frame.set(new Uint8Array(buffer), offsets.starts[i]));
  return frame;
}

/**
 * Reads a frame back; each buffer of the result is an ArrayBuffer of its own. The message itself is not validated: parse it with
 * `clientMessage` or `serverMessage`.
 * @throws WireError `bad-frame` naming what is wrong, `frame-too-large` above `limit` bytes
 */
export function decodeFrame(frame: Uint8Array, limit = MAX_FRAME_BYTES): unknown {
  if (frame.byteLength > limit) {
    throw new WireError('frame-too-large', `The frame has ${frame.byteLength} bytes; at most ${limit} are accepted.`);
  }
  if (frame.byteLength < PREFIX_BYTES) throw badFrame(`it has ${frame.byteLength} bytes, fewer than its prefix`);
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw badFrame('it does not start with HLW1');
  const headBytes = view.getUint32(4, true);
  if (headBytes > frame.byteLength - PREFIX_BYTES) throw badFrame('its header is longer than the frame');
  const head = parseHeader(frame.subarray(PREFIX_BYTES, PREFIX_BYTES + headBytes));
  const buffers = readBuffers(frame, headBytes, head.buffers);
  const used = new Set<number>();
  const message = restore(head.message, buffers, used, 0);
  if (used.size !== buffers.length) throw badFrame('it carries a buffer that its message does not mention');
  return message;
}

function badFrame(what: string): WireError {
  return new WireError('bad-frame', `The frame cannot be read: ${what}.`);
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

function bufferOffsets(
  headBytes: number,
  buffers: readonly { byteLength: number }[],
): { starts: number[]; end: number } {
  const starts: number[] = [];
  let end = PREFIX_BYTES + headBytes;
  for (const buffer of buffers) {
    const start = align(end);
    starts.push(start);
    end = start + buffer.byteLength;
  }
  return { starts, end };
}

function parseHeader(bytes: Uint8Array): z.infer<typeof header> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw badFrame('its header is not JSON in UTF-8');
  }
  const parsed = header.safeParse(json);
  if (!parsed.success) throw badFrame('its header is not {message, buffers}');
  return parsed.data;
}

function readBuffers(frame: Uint8Array, headBytes: number, lengths: readonly number[]): ArrayBuffer[] {
  const { starts, end } = bufferOffsets(
    headBytes,
    lengths.map((byteLength) => ({ byteLength })),
  );
  if (end !== frame.byteLength) throw badFrame(`its header describes ${end} bytes, it has ${frame.byteLength}`);
  return lengths.map((length, i) => {
    const start = starts[i] ?? 0;
    const copy = new ArrayBuffer(length);
    new Uint8Array(copy).set(frame.subarray(start, start + length));
    return copy;
  });
}

/** A copy of `value` with placeholders where ArrayBuffers were; these are appended to `buffers`. */
function extract(value: unknown, buffers: ArrayBuffer[], depth: number): unknown {
  if (depth > MAX_DEPTH) throw new WireError('bad-message', `The message is nested more than ${MAX_DEPTH} deep.`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new WireError('bad-message', `The message holds the number ${value}.`);
    return value;
  }
  if (value instanceof ArrayBuffer) {
    buffers.push(value);
    return { [PLACEHOLDER]: buffers.length - 1 };
  }
  if (Array.isArray(value)) return value.map((item: unknown) => extract(item, buffers, depth + 1));
  if (isRecord(value)) return extractRecord(value, buffers, depth);
  throw new WireError('bad-message', `The message holds a ${describe(value)}, which a frame cannot carry.`);
}

function extractRecord(value: Record<string, unknown>, buffers: ArrayBuffer[], depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === PLACEHOLDER || key === '__proto__') {
      throw new WireError('bad-message', `The message has a field named ${key}, which is reserved.`);
    }
    if (item !== undefined) copy[key] = extract(item, buffers, depth + 1);
  }
  return copy;
}

/** Puts the buffers back, in place; every buffer may be used once. */
function restore(value: unknown, buffers: readonly ArrayBuffer[], used: Set<number>, depth: number): unknown {
  if (depth > MAX_DEPTH) throw badFrame(`its message is nested more than ${MAX_DEPTH} deep`);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = restore(value[i], buffers, used, depth + 1);
    return value;
  }
  if (value === null || typeof value !== 'object') return value;
  if (Object.hasOwn(value, PLACEHOLDER)) return bufferOf(value as Record<string, unknown>, buffers, used);
  const record = value as Record<string, unknown>;
  for (const key of Object.keys(record)) {
    if (key === '__proto__') throw badFrame('its message has a field named __proto__');
    record[key] = restore(record[key], buffers, used, depth + 1);
  }
  return record;
}

function bufferOf(holder: Record<string, unknown>, buffers: readonly ArrayBuffer[], used: Set<number>): ArrayBuffer {
  const index = holder[PLACEHOLDER];
  const buffer = typeof index === 'number' && Object.keys(holder).length === 1 ? buffers[index] : undefined;
  if (typeof index !== 'number' || buffer === undefined)
    throw badFrame('its message mentions a buffer it does not carry');
  if (used.has(index)) throw badFrame(`its message mentions buffer ${index} twice`);
  used.add(index);
  return buffer;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : typeof value;
}

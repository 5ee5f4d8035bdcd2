import { describe, expect, it } from 'vitest';

import {
  WireError,
  clientMessage,
  decodeFrame,
  encodeFrame,
  responseOf,
  serverMessage,
} from '../../../electron/api/wire.ts';
import { seededRandom } from '../../../native-models/heads/random.ts';

const floats = (...values: number[]): ArrayBuffer => new Float32Array(values).buffer;

function errorOf(work: () => unknown): WireError {
  try {
    work();
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** A frame written by hand: any header text, any bytes behind it. */
function frameOf(header: string, tail: Uint8Array = new Uint8Array(), headerBytes?: number): Uint8Array {
  const head = new TextEncoder().encode(header);
  const frame = new Uint8Array(8 + head.byteLength + tail.byteLength);
  const view = new DataView(frame.buffer);
  view.setUint32(0, 0x31574c48, true);
  view.setUint32(4, headerBytes ?? head.byteLength, true);
  frame.set(head, 8);
  frame.set(tail, 8 + head.byteLength);
  return frame;
}

describe('a frame', () => {
  it('carries plain data and buffers back as they were, in any place', () => {
    const message = {
      kind: 'response',
      id: 7,
      ok: true,
      value: {
        text: 'Ġé 🦊 \u2028',
        none: null,
        list: [1, -2.5, true, [floats(1, NaN, -Infinity)]],
        empty: new ArrayBuffer(0),
      },
    };
    const back = decodeFrame(encodeFrame(message)) as typeof message;
    expect(back).toEqual(message);
    const [buffer] = back.value.list[3] as [ArrayBuffer];
    expect([...new Float32Array(buffer)]).toEqual([1, NaN, -Infinity]);
    expect(back.value.empty.byteLength).toBe(0);
    expect(serverMessage.safeParse(back).success).toBe(true);
  });

  it('puts 4 bytes a float on the line, not digits', () => {
    const data = new Float32Array(100_000).fill(1 / 3).buffer;
    expect(encodeFrame({ data }).byteLength).toBeLessThan(data.byteLength + 200);
  });

  it('reads from a view that does not start at its buffer’s beginning, and gives buffers of their own', () => {
    const frame = encodeFrame({ data: floats(3, 4) });
    const shifted = new Uint8Array(frame.byteLength + 5).subarray(5);
    shifted.set(frame);
    const { data } = decodeFrame(shifted) as { data: ArrayBuffer };
    shifted.fill(0);
    expect(data.byteLength).toBe(8);
    expect([...new Float32Array(data)]).toEqual([3, 4]);
  });

  it('leaves undefined fields out', () => {
    expect(decodeFrame(encodeFrame({ a: undefined, b: 1 }))).toEqual({ b: 1 });
  });

  it.each([
    ['a number that JSON has no word for', { n: NaN }, 'holds the number NaN'],
    ['a typed array', { a: new Float32Array(1) }, 'holds a Float32Array'],
    ['a date', [new Date(0)], 'holds a Date'],
    ['a function', { f: () => 1 }, 'holds a function'],
    ['the reserved field', { $buffer: 0 }, 'a field named $buffer'],
    ['a circle', circle(), 'nested more than 32 deep'],
  ])('refuses to carry %s', (_what, message, sentence) => {
    const error = errorOf(() => encodeFrame(message));
    expect(error.reason).toBe('bad-message');
    expect(error.message).toContain(sentence);
  });

  it('refuses to be larger than its limit, on both ends', () => {
    const message = { data: new ArrayBuffer(1000) };
    expect(errorOf(() => encodeFrame(message, 900)).reason).toBe('frame-too-large');
    expect(errorOf(() => decodeFrame(encodeFrame(message), 900)).reason).toBe('frame-too-large');
  });
});

describe('a malformed frame', () => {
  const good = '{"message":{"a":{"$buffer":0}},"buffers":[4]}'; // 45 bytes: the buffer starts at 56
  const tail = (bytes: number): Uint8Array => new Uint8Array(3 + bytes);

  it('is told from a good one', () => {
    expect(decodeFrame(frameOf(good, tail(4)))).toEqual({ a: new ArrayBuffer(4) });
  });

  it.each([
    ['nothing', new Uint8Array(), 'fewer than its prefix'],
    ['seven bytes', new Uint8Array(7), 'fewer than its prefix'],
    ['another magic', new Uint8Array(8), 'does not start with HLW1'],
    ['a header longer than the frame', frameOf(good, tail(4), 0xffffffff), 'header is longer than the frame'],
    ['a header that is not JSON', frameOf('{"message":'), 'not JSON in UTF-8'],
    ['a header that is not UTF-8', frameOf('', new Uint8Array([0xff, 0xfe]), 2), 'not JSON in UTF-8'],
    ['a header without buffers', frameOf('{"message":1}'), 'not {message, buffers}'],
    ['a header with more fields', frameOf('{"message":1,"buffers":[],"x":1}'), 'not {message, buffers}'],
    ['a negative length', frameOf('{"message":1,"buffers":[-1]}'), 'not {message, buffers}'],
    ['a huge length', frameOf('{"message":{"$buffer":0},"buffers":[9007199254740991]}'), 'describes'],
    ['too few bytes', frameOf(good, tail(3)), 'describes 60 bytes, it has 59'],
    ['too many bytes', frameOf(good, tail(5)), 'describes 60 bytes, it has 61'],
    [
      'a buffer nobody mentions',
      frameOf('{"message":{"a":1111111111},"buffers":[4]}', new Uint8Array(10)),
      'does not mention',
    ],
    [
      'a buffer mentioned twice',
      frameOf('{"message":[{"$buffer":0},{"$buffer":0}],"buffers":[0]}', pad(55)),
      'mentions buffer 0 twice',
    ],
    ['a buffer that is not there', frameOf('{"message":{"$buffer":1},"buffers":[]}'), 'a buffer it does not carry'],
    ['a buffer by name', frameOf('{"message":{"$buffer":"length"},"buffers":[]}'), 'a buffer it does not carry'],
    [
      'a placeholder with company',
      frameOf('{"message":{"$buffer":0,"x":1},"buffers":[0]}', pad(45)),
      'a buffer it does not carry',
    ],
    ['a __proto__ field', frameOf('{"message":{"__proto__":{"admin":true}},"buffers":[]}'), 'a field named __proto__'],
    [
      'deep nesting',
      frameOf(`{"message":${'['.repeat(5000)}${']'.repeat(5000)},"buffers":[]}`),
      'nested more than 32 deep',
    ],
  ])('is refused: %s', (_what, frame, sentence) => {
    const error = errorOf(() => decodeFrame(frame));
    expect(error.reason).toBe('bad-frame');
    expect(error.message).toContain(sentence);
  });

  it('never does anything but throw WireError, 2,000 mutations of real frames', () => {
    const random = seededRandom(20261123);
    const seeds = [
      encodeFrame({
        kind: 'request',
        id: 1,
        channel: 'text.run',
        payload: { input: { text: 'The cat sat' }, lane: 'main' },
      }),
      encodeFrame(responseOf(3, { ok: true, value: { dims: [2, 2], data: floats(1, 2, 3, 4), more: [floats(5)] } })),
      encodeFrame(responseOf(4, { ok: false, failure: { code: 'bad-text', message: 'The text is empty.' } })),
    ];
    let refused = 0;
    for (let i = 0; i < 2000; i++) {
      const frame = mutate(seeds[i % seeds.length] as Uint8Array, random);
      let decoded: unknown;
      try {
        decoded = decodeFrame(frame);
      } catch (error) {
        expect(error, `case ${i}`).toBeInstanceOf(WireError);
        refused++;
        continue;
      }
      // What is read has passed every check, so it can be written again; parsing it must not throw either.
      expect(() => encodeFrame(decoded), `case ${i}`).not.toThrow();
      clientMessage.safeParse(decoded);
      serverMessage.safeParse(decoded);
    }
    expect(refused).toBeGreaterThan(1000);
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });
});

/** Zeros up to the next multiple of 8 after a prefix and a header of `headerBytes`. */
function pad(headerBytes: number): Uint8Array {
  return new Uint8Array((8 - ((8 + headerBytes) % 8)) % 8);
}

function circle(): unknown {
  const start: { next?: unknown } = {};
  start.next = start;
  return start;
}

function mutate(frame: Uint8Array, random: () => number): Uint8Array {
  const at = (length: number): number => Math.floor(random() * length);
  const kind = at(5);
  if (kind === 0) return frame.slice(0, at(frame.length));
  if (kind === 1) return Uint8Array.from([...frame, ...Array.from({ length: 1 + at(20) }, () => at(256))]);
  const copy = frame.slice();
  if (kind === 2) new DataView(copy.buffer).setUint32(4, at(2 ** 32), true);
  else if (kind === 3) copy.copyWithin(8 + at(8), at(copy.length));
  const flips = 1 + at(6);
  for (let i = 0; i < flips; i++) copy[at(copy.length)] = at(256);
  return copy;
}

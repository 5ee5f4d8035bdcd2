import { describe, expect, it } from 'vitest';
import { decodeHalf } from '../../../electron/api/half.ts';
import { slice as sliceSchema } from '../../../electron/api/trace.ts';
import { encodedSlice } from '../../../electron/engine/slice.ts';
import { createEngine } from '../../../electron/engine/handlers.ts';
import * as nativeModels from '../../../native-models/index.ts';

const value = (data: Float32Array) => ({
  ...{ name: 'decoder.0.self.masked', head: 1, axes: ['query', 'key'], dims: [1, data.length], rows: null },
  data,
});

describe('encodedSlice', () => {
  it('sends what was computed, or its nearest halves, with −∞ as it is', () => {
    const data = Float32Array.of(0.1, -Infinity, 1);
    const exact = sliceSchema.parse(encodedSlice(value(data), 'f32'));
    expect([exact.format, new Float32Array(exact.data)]).toEqual(['f32', data]);
    const half = sliceSchema.parse(encodedSlice(value(data), 'f16'));
    expect([half.format, half.data.byteLength]).toEqual(['f16', 6]);
    expect(Array.from(decodeHalf(new Uint16Array(half.data)))).toEqual([0.0999755859375, -Infinity, 1]);
  });

  it('sends float32 where half precision does not reach', () => {
    const data = Float32Array.of(1, 7e4);
    const sent = encodedSlice(value(data), 'f16');
    expect([sent.format, new Float32Array(sent.data)]).toEqual(['f32', data]);
  });
});

it('trace.slice gives a head as halves, and one of its rows exactly', async () => {
  const engine = createEngine(nativeModels, { settingsFolder: null });
  const silent = (): void => undefined;
  const request = { model: 'headlight-gpt', device: 'cpu' as const, input: { text: 'The keeper lit the lamp.' } };
  const run = await engine.handlers['text.run']({ ...request, interventions: [], lane: 'l', candidates: 1 }, silent);
  const ask = { traceId: run.traceId, name: 'decoder.1.self.pattern', head: 2 };
  const whole = await engine.handlers['trace.slice'](ask, silent);
  const picture = await engine.handlers['trace.slice']({ ...ask, format: 'f16' }, silent);
  const row = await engine.handlers['trace.slice']({ ...ask, rows: { first: 3, count: 1 } }, silent);
  const tokens = run.tokens.length;
  expect([whole.format, picture.format, row.format]).toEqual(['f32', 'f16', 'f32']);
  expect([whole.rows, picture.rows, row.rows]).toEqual([null, null, { first: 3, count: 1 }]);
  expect([picture.dims, row.dims]).toEqual([
    [tokens, tokens],
    [1, tokens],
  ]);
  const exact = new Float32Array(whole.data);
  expect(new Float32Array(row.data)).toEqual(exact.slice(3 * tokens, 4 * tokens));
  decodeHalf(new Uint16Array(picture.data)).forEach((weight, at) =>
    expect(Math.abs(weight - exact[at]!)).toBeLessThanOrEqual(2 ** -11 * exact[at]! + 2 ** -25),
  );
  await engine.dispose();
});

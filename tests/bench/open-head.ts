/** What the window asks for when a head is opened, answered and written as the engine and the server do. */
import { decodeFrame, encodeFrame, responseOf, slice as sliceSchema } from '../../electron/api/index.ts';
import { encodedSlice } from '../../electron/engine/slice.ts';
import { slice } from '../../native-models/index.ts';
import type { Model, Trace } from '../../native-models/index.ts';
import { FIRST_SELECTION } from '../../renderer/state/selection.ts';
import type { Selection } from '../../renderer/state/selection.ts';
import { decodeSlice } from '../../renderer/state/slices.ts';
import type { Matrix, SliceRequest } from '../../renderer/state/slices.ts';
import { inspectorSlices, stationSlices } from '../../renderer/view-models/names.ts';

/**
 * Opens the pattern of a head in the middle of the model, with the last token as the query: the stage's picture and the inspector's
 * numbers.
 * @returns bytes of the frames that are sent to the window
 */
export async function openHead({ stacks }: Model, trace: Trace): Promise<number> {
  const { name, layers, heads } = stacks[0]!;
  const run = { tokens: [...trace.tokens] };
  const place = { stack: name, layer: layers >> 1, head: heads >> 1, station: 'pattern' } as const;
  const selection: Selection = { ...FIRST_SELECTION, ...place, query: run.tokens.length - 1 };
  const here = new Map<string, Matrix>();
  let bytes = 0;
  const ask = async (requests: readonly SliceRequest[]): Promise<void> => {
    for (const request of requests) {
      const key = JSON.stringify(request);
      if (here.has(key)) continue;
      const value = encodedSlice(await slice(trace, request.name, request.head, request.rows), request.format ?? 'f32');
      const frame = encodeFrame(responseOf(1, { ok: true, value }));
      bytes += frame.byteLength;
      // Only a row's numbers are read here: decoding the picture is the window's work.
      if (request.rows !== undefined) here.set(key, received(frame));
    }
  };
  await ask(stationSlices(selection, undefined, run));
  const inspected = (): readonly SliceRequest[] =>
    inspectorSlices(selection, undefined, run, { known: (request) => here.get(JSON.stringify(request)) ?? null });
  await ask(inspected());
  await ask(inspected().filter(({ rows }) => rows !== undefined));
  return bytes;
}

function received(frame: Uint8Array): Matrix {
  const { value } = decodeFrame(frame) as { readonly value: unknown };
  return decodeSlice(sliceSchema.parse(value));
}

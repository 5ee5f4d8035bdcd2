/** Queries, keys and weights of one head, of some texts. */
import type { StackInfo } from '../../electron/api/index.ts';
import type { Client } from '../client/client.ts';
import type { AskedParts } from './asked-parts.ts';
import { createTextValues } from './text-values.ts';
import type { Found, OfTexts, Where } from './text-values.ts';

interface HeadPlace extends Where {
  readonly stack: StackInfo['name'];
  readonly site: StackInfo['sites'][number];
  readonly layer: number;
  readonly head: number;
}

export type HeadQuestion = OfTexts<HeadPlace>;

interface HeadValues {
  /** f32 [tokens, d_head] */
  readonly q: Float32Array;
  readonly k: Float32Array;
  /** f32 [tokens, tokens] */
  readonly pattern: Float32Array;
  /** [tokens, tokens], 1: not hidden by the mask. */
  readonly sees: Uint8Array;
}

export type FoundHeads = Found<HeadValues>;

/** Of this window alone. */
const LANE = `head-${crypto.randomUUID()}`;
/** Numbers that are kept of texts that were run: 64 MiB of f32. */
const MOST_KEPT = 2 ** 24;

/** @param onLost called when the engine no longer has the run that it is asked about */
export function createHeadVectors(
  client: Client,
  onLost: (traceId: string) => void = () => undefined,
): AskedParts<HeadQuestion, FoundHeads> {
  return createTextValues<HeadPlace, HeadValues>(client, {
    lane: LANE,
    read: (traceId, place) => valuesOf(client, traceId, place),
    sizeOf: ({ q, pattern }) => 2 * q.length + pattern.length,
    most: MOST_KEPT,
    onLost,
  });
}

async function valuesOf(client: Client, traceId: string, place: HeadPlace): Promise<HeadValues> {
  const { stack, layer, site, head } = place;
  const value = async (name: string): Promise<Float32Array> => {
    const slice = await client.call('trace.slice', { traceId, name: `${stack}.${layer}.${site}.${name}`, head });
    return new Float32Array(slice.data);
  };
  const [q, k, pattern] = [await value('q'), await value('k'), await value('pattern')];
  const sees = Uint8Array.from(await value('masked'), (score) => (score === -Infinity ? 0 : 1));
  return { q, k, pattern, sees };
}

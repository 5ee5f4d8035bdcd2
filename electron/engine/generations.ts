/** The texts that are being generated: the newest few, by id; and distributions as they are sent. */
import { randomUUID } from 'node:crypto';

import { ModelError } from '../../native-models/errors.ts';
import type * as native from '../../native-models/index.ts';
import type { Generation } from '../../native-models/index.ts';
import type { DeviceChoice } from '../../native-models/types.ts';
import type { Distribution } from '../api/distribution.ts';
import type { EngineChannel } from '../api/contract.ts';
import type { AttentionRow, GenerationState } from '../api/generation.ts';
import type { Backend, Model } from './backend.ts';
import type { Handlers, OnStage } from './handlers.ts';
import { ownBuffer } from './own-buffer.ts';
import type { TraceStore } from './trace-store.ts';

export class GenerationStore {
  readonly #open = new Map<string, Generation>();
  readonly #limit: number;

  /** @param limit how many stay; the one that was asked for longest ago goes first */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(generation: Generation): string {
    const id = randomUUID();
    this.#open.set(id, generation);
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= this.#limit) break;
      this.#open.delete(oldest);
    }
    return id;
  }

  /** @throws ModelError `not-found` with reason `generation-gone` */
  get(id: string): Generation {
    const found = this.#open.get(id);
    if (found === undefined) {
      const message = 'This generated text is no longer kept in memory; start again from its sentence.';
      throw new ModelError('not-found', 'generation-gone', message, { generationId: id });
    }
    this.#open.delete(id);
    this.#open.set(id, found);
    return found;
  }

  /** One that is gone already is no error. */
  close(id: string): void {
    this.#open.delete(id);
  }

  /** Drops what a model that is about to be disposed generates. */
  closeModel(model: Model): void {
    for (const [id, generation] of this.#open) if (generation.model === model) this.#open.delete(id);
  }
}

type GenerationChannel = Extract<EngineChannel, `generate.${string}`> | 'trace.distribution';

/** What the handlers share with the others of the engine. */
interface Shared {
  readonly generations: GenerationStore;
  readonly traces: TraceStore;
  readonly open: (model: string, device: DeviceChoice, onStage: OnStage) => Promise<Model>;
}

/** The channels of generation, and of whole distributions. */
export function generationHandlers(
  backend: Pick<Backend, 'startGeneration' | 'distribution'>,
  { generations: kept, traces, open }: Shared,
): Pick<Handlers, GenerationChannel> {
  const stateOf = (id: string) => generationState(id, kept.get(id));
  return {
    'trace.distribution': async ({ traceId, position, ...asked }) =>
      sentDistribution(await backend.distribution(traces.get(traceId), { position, ...asked })),
    'generate.start': async ({ model, device, input }, onStage) => {
      const opened = await open(model, device, onStage);
      if (input.pair !== undefined && input.pair.trim() !== '') {
        const message = 'A text is gone on with by itself, not with a second one.';
        throw new ModelError('bad-request', 'pair-not-taken', message);
      }
      return stateOf(kept.add(await backend.startGeneration(opened, input.text)));
    },
    'generate.step': async ({ generationId, choosing, count }) => {
      const generation = kept.get(generationId);
      for (let made = 0; made < count; made++) if ((await generation.step(choosing)) === null) break;
      return stateOf(generationId);
    },
    'generate.back': async ({ generationId, count }) => {
      kept.get(generationId).back(count);
      return Promise.resolve(stateOf(generationId));
    },
    'generate.branch': async ({ generationId, position, candidate }) => {
      await kept.get(generationId).branch(position, candidate);
      return stateOf(generationId);
    },
    'generate.select': async ({ generationId, node }) => {
      kept.get(generationId).select(node);
      return Promise.resolve(stateOf(generationId));
    },
    'generate.distribution': async ({ generationId, position, ...asked }) =>
      sentDistribution(await kept.get(generationId).distribution(position, asked)),
    'generate.attention': async ({ generationId, position, layer, head }) =>
      sentAttention(await kept.get(generationId).attention(position, layer, head)),
    'generate.close': ({ generationId }) => {
      kept.close(generationId);
      return Promise.resolve({});
    },
  };
}

function generationState(generationId: string, { state }: Generation): GenerationState {
  const { prompt, path, nodes, stopped, text, maxTokens } = state;
  const copies = (tokens: readonly native.GeneratedToken[]) => tokens.map((token) => ({ ...token }));
  return { generationId, prompt: [...prompt], path: copies(path), nodes: copies(nodes), stopped, text, maxTokens };
}

function sentDistribution(value: native.Distribution): Distribution {
  const { product } = value;
  return {
    ...value,
    filters: { ...value.filters },
    entropy: { ...value.entropy },
    listedMass: { ...value.listedMass },
    candidates: value.candidates.map((token) => ({ ...token })),
    named: value.named.map(({ reading, pieces, token }) => ({
      reading,
      pieces: pieces.map((piece) => ({ ...piece })),
      token: { ...token },
    })),
    product:
      product === null ? null : { ...product, features: ownBuffer(product.features), row: ownBuffer(product.row) },
  };
}

function sentAttention(row: native.AttentionRow): AttentionRow {
  return { ...row, scores: ownBuffer(row.scores), weights: ownBuffer(row.weights) };
}

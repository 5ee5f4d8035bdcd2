/** Rows of the embedding table and their neighbours, as the engine tells them. */
import { ModelError } from '../../native-models/errors.ts';
import type { EmbeddingNeighbours } from '../../native-models/index.ts';
import type { Request, Response } from '../api/contract.ts';
import type { Backend, Model, Trace } from './backend.ts';
import { ownBuffer } from './own-buffer.ts';

type EmbeddingChannel = 'embedding.neighbours' | 'embedding.find' | 'embedding.rows' | 'embedding.positions';
type EmbeddingHandlers = {
  readonly [C in EmbeddingChannel]: (request: Request<C>) => Promise<Response<C>>;
};

interface Places {
  /** The model as it is open, on whatever device. */
  readonly model: (id: string) => Promise<Model>;
  readonly traces: { get(traceId: string): Trace };
}

export function embeddingHandlers(
  backend: Pick<Backend, 'slice' | 'tokenNeighbours' | 'vectorNeighbours' | 'typedPieces' | 'tokenRows' | 'positions'>,
  { model, traces }: Places,
): EmbeddingHandlers {
  const stateOf = async (opened: Model, { traceId, position, layer }: StateOf): Promise<Float32Array> => {
    const [stack] = opened.stacks;
    const trace = traces.get(traceId);
    const name = layer === null || stack === undefined ? 'embedding.sum' : `${stack.name}.${layer}.hidden`;
    const { data, dims } = await backend.slice(trace, name);
    const [tokens = 0, hidden = 0] = dims;
    if (position >= tokens) {
      const message = `The text has ${tokens} tokens; there is no token ${position}.`;
      throw new ModelError('bad-request', 'token-missing', message, { position, tokens });
    }
    return data.slice(position * hidden, (position + 1) * hidden);
  };
  return {
    'embedding.neighbours': async ({ model: id, of, count }) => {
      const opened = await model(id);
      return sent(
        of.kind === 'token'
          ? await backend.tokenNeighbours(opened, of.id, count)
          : await backend.vectorNeighbours(opened, await stateOf(opened, of), count),
      );
    },
    'embedding.find': async ({ model: id, typed }) =>
      (await backend.typedPieces(await model(id), typed)).map(({ reading, pieces }) => ({
        reading,
        pieces: [...pieces],
      })),
    'embedding.positions': async ({ model: id }) => {
      const found = await backend.positions(await model(id));
      if (found.kind === 'none') return found;
      return { ...found, cosine: ownBuffer(found.cosine), norms: ownBuffer(found.norms) };
    },
    'embedding.rows': async ({ model: id, first, count }) => {
      const { data, names, ...table } = await backend.tokenRows(await model(id), first, count);
      return { ...table, data: ownBuffer(data), names: [...names] };
    },
  };
}

type StateOf = Extract<Request<'embedding.neighbours'>['of'], { kind: 'state' }>;

function sent({ vector, byCosine, byDot, ...near }: EmbeddingNeighbours): Response<'embedding.neighbours'> {
  return { ...near, vector: ownBuffer(vector), byCosine: [...byCosine], byDot: [...byDot] };
}

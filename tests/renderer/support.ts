/** Small made-up models and runs, and a client whose answers a test decides. Their numbers mean nothing beyond the test. */
import { ApiError } from '../../electron/api/index.ts';
import type {
  ApiFailure,
  EventName,
  ModelEntry,
  OpenedModel,
  RunResult,
  ScoredHead,
  SiteSummary,
  Token,
} from '../../electron/api/index.ts';
import type { Client } from '../../renderer/client/client.ts';
import { Listeners } from '../../renderer/client/transport.ts';
import type { ConnectionState } from '../../renderer/client/transport.ts';
import type { Frame } from '../../renderer/state/frames.ts';
import { FIRST_SELECTION } from '../../renderer/state/selection.ts';
import type { Selection } from '../../renderer/state/selection.ts';
import type { Matrix } from '../../renderer/state/slices.ts';

export function modelEntry(change: Partial<ModelEntry> = {}): ModelEntry {
  return {
    id: 'tiny',
    name: 'tiny',
    source: 'bundled',
    folder: '/models/tiny',
    family: 'gpt2',
    layers: 2,
    heads: 3,
    hidden: 6,
    maxTokens: 16,
    vocabulary: 100,
    parameters: 1000,
    bytes: 4000,
    dtype: 'F32',
    license: 'MIT',
    revision: null,
    problem: null,
    ...change,
  };
}

export function openedModel(change: Partial<OpenedModel> = {}): OpenedModel {
  return {
    entry: modelEntry(),
    stacks: [{ name: 'decoder', sites: ['self'], layers: 2, heads: 3, dHead: 2, hidden: 6, causal: true }],
    head: 'next-token',
    labels: [],
    scale: 'softmax',
    segments: 0,
    takesPair: false,
    maskToken: null,
    device: { id: 'cpu', state: 'ready' },
    unusedWeights: [],
    openSeconds: 0.1,
    ...change,
  };
}

export function token(index: number, text: string, change: Partial<Token> = {}): Token {
  const special = text.startsWith('[') && text.endsWith(']');
  const id = Array.from(text).reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 0);
  return { index, id, piece: text, text, startsWord: true, special, part: 0, start: null, end: null, ...change };
}

export const tokensOf = (...texts: string[]): Token[] => texts.map((text, index) => token(index, text));

/** 2 layers × 3 heads; statistic s of head n is n + s/10. */
export function siteSummary(change: Partial<SiteSummary> = {}): SiteSummary {
  const order = ['entropy', 'distance', 'first', 'previous', 'self', 'separator'] as const;
  const statistics = Float32Array.from({ length: 36 }, (_, index) => Math.floor(index / 6) + (index % 6) / 10);
  const pictures = Uint8Array.from({ length: 6 * 4 }, (_, index) => index * 10);
  return {
    stack: 'decoder',
    site: 'self',
    layers: 2,
    heads: 3,
    grid: 2,
    block: 1,
    pictures: pictures.buffer,
    statistics: statistics.buffer,
    order: [...order],
    ...change,
  };
}

export function runResult(traceId: string, tokens: Token[], change: Partial<RunResult> = {}): RunResult {
  return {
    traceId,
    model: 'tiny',
    device: 'cpu',
    tokens,
    summaries: [siteSummary()],
    predictions: [{ kind: 'next-token', position: tokens.length - 1, candidates: [] }],
    seconds: 0.01,
    ...change,
  };
}

/** The part of a frame that says from what it was made: a text, and nothing changed. */
export const asTrained = { input: { text: 'a text' }, interventions: [] } as const;

/** A head of the decoder; scores that are not given are 0. */
export function scoredHead(layer: number, head: number, scores: Partial<ScoredHead['scores']> = {}): ScoredHead {
  const none = { previousToken: 0, nextToken: 0, firstToken: 0, separator: 0, self: 0 };
  const all = { ...none, duplicateToken: 0, induction: 0, distance: 0, uniform: 0, ...scores };
  return { stack: 'decoder', layer, head, scores: all };
}

export function matrix(name: string, rows: number, columns: number, values: readonly number[]): Matrix {
  const shape = { axes: ['query', 'key'], dims: [rows, columns], rows: null };
  return { name, head: 0, ...shape, exact: true, data: Float32Array.from(values) };
}

export interface FakeCall {
  readonly channel: string;
  readonly request: Record<string, unknown>;
  answer(value: unknown): Promise<void>;
  fail(failure: ApiFailure): Promise<void>;
}

/** Lets promise reactions run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** A client that records calls and answers when told to. */
export class FakeClient implements Client {
  readonly calls: FakeCall[] = [];
  readonly #events = new Listeners<[EventName, unknown]>();
  readonly #connection = new Listeners<[ConnectionState]>();
  reconnects = 0;

  readonly call: Client['call'] = (channel, request) =>
    new Promise((resolve, reject) => {
      this.calls.push({
        channel,
        request,
        answer: async (value) => {
          resolve(value as never);
          await settle();
        },
        fail: async (failure) => {
          reject(new ApiError(failure));
          await settle();
        },
      });
    });

  readonly on: Client['on'] = (event, listener) =>
    this.#events.add((name, payload) => {
      if (name === event) listener(payload as never);
    });

  onConnection(listener: (state: ConnectionState) => void): () => void {
    listener('open');
    return this.#connection.add(listener);
  }

  reconnect(): void {
    this.reconnects += 1;
  }

  emit(event: EventName, payload: unknown): void {
    this.#events.emit(event, payload);
  }

  connection(state: ConnectionState): void {
    this.#connection.emit(state);
  }

  all(channel: string): FakeCall[] {
    return this.calls.filter((call) => call.channel === channel);
  }

  /** The newest call of a channel. */
  last(channel: string): FakeCall {
    const call = this.all(channel).at(-1);
    if (call === undefined) throw new Error(`no call of ${channel} was made`);
    return call;
  }
}

/** A frame of a run made up of these matrices. */
export function frameOf(
  matrices: readonly Matrix[],
  tokens: Token[],
  selection: Partial<Selection> = {},
  traceId = 't',
): Frame {
  return {
    ...asTrained,
    run: runResult(traceId, tokens),
    model: openedModel(),
    selection: { ...FIRST_SELECTION, ...selection },
    matrices,
  };
}

/** Where tokens' information comes from: asked of the engine a part at a time, for the token and the way that are shown. */
import type { LayerFlow as SentFlow, FlowPart, RequestInput } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import type { AppStore } from './app-state.ts';
import { AskedParts } from './asked-parts.ts';
import type { Asked } from './asked-parts.ts';

export type FlowQuestion = Required<Omit<RequestInput<'trace.flow'>, 'edges'>>;

/** An answer, decoded: `relevance` is f32 [layers + 1, tokens]. */
export interface LayerFlow extends Omit<SentFlow, 'relevance'> {
  readonly relevance: Float32Array;
}

export interface FlowAnswer {
  readonly fraction: number;
  /** Null until all is done. */
  readonly flow: LayerFlow | null;
}

/** What is shown of a question: its answer, or until it comes the last one of the same run. */
export interface ShownFlow {
  readonly asked: Asked<FlowAnswer>;
  readonly flow: LayerFlow | null;
  /** True while `flow` answers another question than the one that is asked. */
  readonly stale: boolean;
}

export type FetchFlow = (question: FlowQuestion) => Promise<FlowPart>;

/** Edges that are listed of each layer: enough that those left out are thin. */
export const FLOW_EDGES = 1500;
/** So many answers are kept; those that were wanted longest ago go first. */
const KEPT = 12;

const keyOf = (question: FlowQuestion): string => {
  const { traceId, stack, target, method, weighting, residual } = question;
  return JSON.stringify([traceId, stack, target, method, weighting, residual]);
};

const traceOf = (key: string): string => String((JSON.parse(key) as unknown[])[0]);

export class FlowCache {
  readonly #parts: AskedParts<FlowQuestion, FlowAnswer>;
  readonly subscribe: (listener: () => void) => () => void;
  /** Counts up at every change. */
  readonly getSnapshot: () => number;
  /** Questions in the order in which they were wanted last. */
  #order: readonly FlowQuestion[] = [];

  constructor(fetch: FetchFlow) {
    this.#parts = new AskedParts({
      fetch: async (question) => decode(await fetch(question)),
      isLast: ({ flow }) => flow !== null,
      keyOf,
    });
    this.subscribe = this.#parts.subscribe;
    this.getSnapshot = this.#parts.getSnapshot;
  }

  /** What is known of a question. Never asks the engine. */
  peek(question: FlowQuestion): ShownFlow {
    const asked = this.#parts.peek(question);
    const own = flowOf(asked);
    if (own !== null || asked.status === 'failed') return { asked, flow: own, stale: false };
    const same = this.#order.filter(({ traceId }) => traceId === question.traceId);
    const last = same.map((each) => flowOf(this.#parts.peek(each))).findLast((flow) => flow !== null) ?? null;
    return { asked, flow: last, stale: last !== null };
  }

  /** Asks for answers unless they are here; questions under way that nobody wants any more are dropped. */
  want(questions: readonly FlowQuestion[]): void {
    const wanted = new Set(questions.map(keyOf));
    const others = this.#order.filter((question) => !wanted.has(keyOf(question)));
    const ready = others.filter((question) => this.#parts.peek(question).status === 'ready');
    this.#order = [...ready.slice(-KEPT), ...questions];
    const kept = new Set(this.#order.map(keyOf));
    this.#parts.forget((key) => !kept.has(key));
    for (const question of questions) this.#parts.want(question);
  }

  /** Asks for no more parts. */
  stop(question: FlowQuestion): void {
    this.#parts.stop(question);
  }

  /** Asks again after a failure or a stop. */
  again(question: FlowQuestion): void {
    this.#parts.again(question);
  }

  /** Forgets the flows of runs that are closed. */
  keepOnly(traces: readonly (string | undefined)[]): void {
    this.#order = this.#order.filter(({ traceId }) => traces.includes(traceId));
    this.#parts.forget((key) => !traces.includes(traceOf(key)));
  }
}

function flowOf(asked: Asked<FlowAnswer>): LayerFlow | null {
  return asked.status === 'ready' ? asked.part.flow : null;
}

function decode({ fraction, flow }: FlowPart): FlowAnswer {
  return { fraction, flow: flow === null ? null : { ...flow, relevance: new Float32Array(flow.relevance) } };
}

/**
 * The flows of the window's runs, forgotten as the runs go.
 * @param onLost called when the engine no longer has a run that it is asked about
 */
export function createFlows(client: Client, store: AppStore, onLost: (traceId: string) => void): FlowCache {
  const flows = new FlowCache(async (question) => {
    try {
      return await client.call('trace.flow', { ...question, edges: FLOW_EDGES });
    } catch (error) {
      if (asApiError(error).failure.code === 'not-found') onLost(question.traceId);
      throw error;
    }
  });
  store.subscribe((now, before) => {
    const [open, old] = [now, before].map(({ run, changed }) => [run.result?.traceId, changed.result?.traceId]);
    if (open?.some((traceId, at) => traceId !== old?.[at]) === true) flows.keepOnly(open);
  });
  return flows;
}

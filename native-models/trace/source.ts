/** What a trace needs of an open model: its sessions, and the facts that shape its traced values. */
import type { LazySession } from '../session/lazy-session.ts';
import type { Session } from '../session/runtime.ts';
import type { TracedModel, TraceName } from './names.ts';

/** The table that final states are multiplied with to give logits, a row a token. */
export interface HeadRows {
  /** Whether it is the embedding table. */
  readonly tied: boolean;
  /** f32 [hidden], and what is added to the product. */
  row(id: number): Promise<{ readonly row: Float32Array; readonly bias: number }>;
}

export interface TraceSource {
  readonly traced: TracedModel;
  readonly names: ReadonlyMap<string, TraceName>;
  readonly vocabulary: number;
  readonly body: Session;
  /** By derived name: kept values → this one and the others of its kind. On the CPU for every model. */
  readonly derived: ReadonlyMap<string, LazySession>;
  /** null for a model without logits and pooled vector. */
  readonly head: Session | null;
  /** The table of a head that predicts tokens; null for other heads. */
  readonly headTable: HeadRows | null;
  /** The network that goes on with a text; null for a model that does not predict what comes next. On the CPU for every model. */
  readonly goingOn: LazySession | null;
  /** Residual stream → what the head takes; null where layers end with a norm of their own. On the CPU for every model. */
  readonly finalNorm: LazySession | null;
}

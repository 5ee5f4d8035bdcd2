/** What a trace needs of an open model: its sessions, and the facts that shape its traced values. */
import type { LazySession } from '../session/lazy-session.ts';
import type { Session } from '../session/runtime.ts';
import type { TracedModel, TraceName } from './names.ts';

export interface TraceSource {
  readonly traced: TracedModel;
  readonly names: ReadonlyMap<string, TraceName>;
  readonly vocabulary: number;
  readonly body: Session;
  /** By derived name: kept values → this one and the others of its kind. On the CPU for every model. */
  readonly derived: ReadonlyMap<string, LazySession>;
  /** null for a model without logits and pooled vector. */
  readonly head: Session | null;
}

/** What a trace needs of an open model: its sessions, and the facts that shape its traced values. */
import type { Session } from '../session/runtime.ts';
import type { TracedModel, TraceName } from './names.ts';

export interface TraceSource {
  readonly traced: TracedModel;
  readonly names: ReadonlyMap<string, TraceName>;
  readonly vocabulary: number;
  readonly body: Session;
  /** null for a model without logits and pooled vector. */
  readonly head: Session | null;
}

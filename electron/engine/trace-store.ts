/** The traces that can still be looked into: the newest few, by id. */
import { randomUUID } from 'node:crypto';

import { ModelError } from '../../native-models/errors.ts';
import type { Model, Trace } from './backend.ts';

export class TraceStore {
  readonly #traces = new Map<string, Trace>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Keeps `trace`, drops the least recently used one above the limit; returns the trace's id. */
  add(trace: Trace): string {
    const id = randomUUID();
    this.#traces.set(id, trace);
    for (const oldest of this.#traces.keys()) {
      if (this.#traces.size <= this.#limit) break;
      this.close(oldest);
    }
    return id;
  }

  /** @throws ModelError `not-found` with reason `trace-gone` */
  get(id: string): Trace {
    const trace = this.#traces.get(id);
    if (trace === undefined) {
      const message = 'This run is no longer kept in memory; run the text again to look into it.';
      throw new ModelError('not-found', 'trace-gone', message, { traceId: id });
    }
    this.#traces.delete(id);
    this.#traces.set(id, trace);
    return trace;
  }

  /** Drops a trace; a trace that is gone already is no error. */
  close(id: string): void {
    const trace = this.#traces.get(id);
    this.#traces.delete(id);
    trace?.dispose();
  }

  /** Drops every trace of a model that is about to be disposed. */
  closeModel(model: Model): void {
    for (const [id, trace] of this.#traces) if (trace.model === model) this.close(id);
  }
}

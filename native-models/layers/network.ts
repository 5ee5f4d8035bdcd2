/**
 * A network under construction: the graph, the weights by their checkpoint keys, and the values marked as traced. The builder's
 * scope path mirrors the checkpoint, so a weight's key is the path plus its own name and is never typed twice.
 */
import type { Dim, ExternalTensor, Value } from '../graph/tensor.ts';
import { GraphBuilder } from '../graph/builder.ts';

/** Where weights come from: strict lookups by normalised key that fail with the key's name. */
export interface WeightLookup {
  has(key: string): boolean;
  take(key: string, shape: readonly number[]): ExternalTensor;
}

export class Network {
  readonly graph: GraphBuilder;
  /** False builds the bare network: no traced outputs, no interventions, no summary. */
  readonly tracing: boolean;
  /** True builds the network that goes on with a text: its attention takes the keys and values of the tokens before. */
  readonly caching: boolean;
  readonly #weights: WeightLookup;
  readonly #derived: string[] = [];

  constructor(name: string, weights: WeightLookup, options: { readonly tracing: boolean; readonly caching?: boolean }) {
    this.graph = new GraphBuilder(name);
    this.tracing = options.tracing;
    this.caching = options.caching ?? false;
    this.#weights = weights;
  }

  has(key: string): boolean {
    return this.#weights.has(this.#key(key));
  }

  /** The weight `name` of the current scope, f32, with exactly this shape. */
  weight(name: string, shape: readonly number[]): Value {
    const key = this.#key(name);
    return this.graph.weight(key, this.#weights.take(key, shape));
  }

  /** Marks a value as traced under its public name; `dims` are the axes of the graph's output. */
  trace(name: string, value: Value, dims: readonly Dim[]): void {
    if (this.tracing) this.graph.output(name, value, 'float32', dims);
  }

  /** Marks a value as traced, but made on demand from the traced values that it is computed from, and never by a run. */
  derive(name: string, value: Value, dims: readonly Dim[]): void {
    if (!this.tracing) return;
    this.#derived.push(name);
    this.graph.output(name, value, 'float32', dims);
  }

  /** The names that were given to `derive`. */
  get derived(): readonly string[] {
    return this.#derived;
  }

  scope<T>(name: string, emit: () => T): T {
    return this.graph.scope(name, emit);
  }

  #key(name: string): string {
    return this.graph.path === '' ? name : `${this.graph.path}.${name}`;
  }
}

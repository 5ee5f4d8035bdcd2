/**
 * A scoped builder of ONNX graphs. It knows no transformer: values, nodes, initializers, outputs, and a path of scopes that names
 * them, so that a node in the serialized graph can be found by the layer that emitted it.
 */
import { elementTypeOf } from './tensor.ts';
import type { Dim, ElementType, ExternalTensor, InlineData, Value } from './tensor.ts';

export type Attribute = number | { readonly float: number } | string | readonly number[];

export interface GraphNode {
  readonly name: string;
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Port {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly Dim[];
}

export interface Initializer {
  readonly name: string;
  readonly dims: readonly number[];
  readonly content: InlineData | (ExternalTensor & { readonly type: ElementType });
}

/** What the builder has collected; `serialize` turns it into an ONNX model. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly (Port & { readonly source: string })[];
  readonly nodes: readonly GraphNode[];
  readonly initializers: readonly Initializer[];
}

export class GraphBuilder {
  readonly #name: string;
  readonly #inputs: Port[] = [];
  readonly #outputs: (Port & { source: string })[] = [];
  readonly #nodes: GraphNode[] = [];
  readonly #initializers = new Map<string, Initializer>();
  readonly #weights = new Map<string, Value>();
  readonly #scopes: string[] = [];
  #serial = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Runs `emit` with `name` added to the path of everything it emits. */
  scope<T>(name: string, emit: () => T): T {
    this.#scopes.push(name);
    try {
      return emit();
    } finally {
      this.#scopes.pop();
    }
  }

  /** The scopes entered so far, joined with dots; the empty string at the top. */
  get path(): string {
    return this.#scopes.filter((part) => part !== '').join('.');
  }

  input(name: string, type: ElementType, dims: readonly Dim[]): Value {
    if (this.#inputs.some((port) => port.name === name)) throw new Error(`invalid input name: ${name} is taken`);
    this.#inputs.push({ name, type, dims });
    return { name };
  }

  /** A constant kept in the graph itself; for small tensors. The same numbers are stored once. */
  constant(content: InlineData, dims: readonly number[]): Value {
    const name = `const/${content.type}[${dims.join(',')}]/${constantKey(content)}`;
    if (!this.#initializers.has(name)) this.#initializers.set(name, { name, dims, content });
    return { name };
  }

  int64(values: readonly number[], dims: readonly number[] = [values.length]): Value {
    return this.constant({ type: 'int64', data: BigInt64Array.from(values, BigInt) }, dims);
  }

  float32(value: number): Value {
    return this.constant({ type: 'float32', data: Float32Array.of(value) }, []);
  }

  /** A weight left in its file. F16 and BF16 are cast to f32 once, when the session is created. */
  weight(name: string, tensor: ExternalTensor): Value {
    const known = this.#weights.get(name);
    if (known !== undefined) return known;
    const type = elementTypeOf(tensor.dtype);
    this.#initializers.set(name, { name, dims: tensor.shape, content: { ...tensor, type } });
    const value = type === 'float32' ? { name } : this.op('Cast', [{ name }], { to: 1 });
    this.#weights.set(name, value);
    return value;
  }

  /** Emits a node with one output. `null` stands for an optional input left out. */
  op(opType: string, inputs: readonly (Value | null)[], attributes: Readonly<Record<string, Attribute>> = {}): Value {
    return this.ops(opType, inputs, attributes, 1)[0] as Value;
  }

  /** Emits a node with `count` outputs. */
  ops(
    opType: string,
    inputs: readonly (Value | null)[],
    attributes: Readonly<Record<string, Attribute>>,
    count: number,
  ): Value[] {
    const name = [...this.#scopes.filter((part) => part !== ''), `${opType}_${this.#serial++}`].join('/');
    const outputs = Array.from({ length: count }, (_, index) => (count === 1 ? name : `${name}:${index}`));
    this.#nodes.push({ name, opType, inputs: inputs.map((value) => value?.name ?? ''), outputs, attributes });
    return outputs.map((output) => ({ name: output }));
  }

  output(name: string, value: Value, type: ElementType, dims: readonly Dim[]): void {
    if (this.#outputs.some((port) => port.name === name)) throw new Error(`invalid output name: ${name} is taken`);
    this.#outputs.push({ name, type, dims, source: value.name });
  }

  finish(): Graph {
    return {
      name: this.#name,
      inputs: [...this.#inputs],
      outputs: [...this.#outputs],
      nodes: [...this.#nodes],
      initializers: [...this.#initializers.values()],
    };
  }
}

function constantKey(content: InlineData): string {
  if (content.data.length > 64)
    throw new Error(`invalid constant: ${content.data.length} elements (expected at most 64)`);
  return Array.from<number | bigint>(content.data).join(',');
}

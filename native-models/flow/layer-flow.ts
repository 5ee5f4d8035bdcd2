/** Where one token's information comes from: traced back through the layers of a run, a layer at a time. */
import { performance } from 'node:perf_hooks';
import { ModelError } from '../errors.ts';
import type { Stepwise } from '../stepwise.ts';
import type { TraceData } from '../trace/trace.ts';
import type { FlowLayer, FlowMethod, FlowWeighting, LayerFlow, StackInfo } from '../types.ts';
import { LargestEdges } from './largest-edges.ts';
import { LayeredNetwork } from './max-flow.ts';
import { mixLayer } from './mixing.ts';
import type { MixedRows, MixingOptions } from './mixing.ts';

export interface FlowRequest {
  readonly stack: StackInfo;
  /** The token at the top. */
  readonly target: number;
  readonly method: FlowMethod;
  readonly weighting: FlowWeighting;
  /** The residual stream's share of every token, 0…1; of no account for `raw`, and for `norms`, which give it. */
  readonly residual: number;
  /** How many edges are listed of each layer. */
  readonly edges: number;
}

/** Attention flow keeps every layer's mixing and solves a maximum flow a token; beyond so many tokens that takes minutes. */
export const FLOW_TOKENS = 128;

/** Maximum flows are found for so long in one step, in ms. */
const STEP_MS = 100;

/** The share of the work that is making the mixing, where maximum flows follow. */
const MIXING_SHARE = 0.2;

/**
 * - `raw`: at the boundary below layer l, the target's own row of layer l; nothing is traced through other tokens.
 * - `rollout` (Abnar & Zuidema 2020, section 3.1): with Aₗ the mixing of layer l, rows that sum to 1, what the target has of the
 *   tokens below layer l is its row of A_L−1 · … · Aₗ. It is carried down as one vector, vₗ = vₗ₊₁ · Aₗ, so that no layer's matrix
 *   is kept.
 * - `flow` (section 3.2): for each token of the lowest boundary the maximum flow from the target to it, with the entries of the Aₗ
 *   as capacities, divided by the sum over tokens. In between are the sums of these flows: what of the answer passes there. Where
 *   several ways carry the same maximum, it is one of them; at the lowest boundary the numbers do not depend on that.
 */
export class LayerFlowTracing implements Stepwise<LayerFlow> {
  readonly #trace: TraceData;
  readonly #asked: FlowRequest;
  readonly #mixing: MixingOptions;
  readonly #tokens: number;
  readonly #relevance: Float32Array;
  /** Of the layers that are done, the topmost first. */
  readonly #layers: FlowLayer[] = [];
  #above: Float64Array;
  #flows: MaximumFlows | null = null;
  #scale = 1;

  /** @throws ModelError `bad-request` for a token, a share or a number of edges that cannot be, or too many tokens for `flow` */
  constructor(trace: TraceData, asked: FlowRequest) {
    const { stack, target, method, weighting, residual } = asked;
    const tokens = trace.tokens.length;
    assertFits(asked, tokens);
    this.#trace = trace;
    this.#asked = asked;
    this.#tokens = tokens;
    const share = method === 'raw' ? 0 : residual;
    this.#mixing = {
      stack,
      weighting,
      residual: weighting === 'attention' ? share : method === 'raw' ? 'none' : 'norms',
    };
    this.#relevance = new Float32Array((stack.layers + 1) * tokens);
    this.#above = oneHot(tokens, target);
    this.#relevance.set(this.#above, stack.layers * tokens);
    if (method === 'flow') this.#flows = new MaximumFlows(stack.layers, tokens, target);
  }

  get fraction(): number {
    const { layers } = this.#asked.stack;
    if (this.#flows === null) return this.#layers.length / layers;
    const { mixed, fraction } = this.#flows;
    return MIXING_SHARE * (mixed / layers) + (1 - MIXING_SHARE) * fraction;
  }

  /** @throws ModelError `bad-request` where the weights of a layer are not finite */
  async step(): Promise<LayerFlow | null> {
    const { stack } = this.#asked;
    const done = this.#flows?.mixed ?? this.#layers.length;
    if (done < stack.layers) {
      const layer = stack.layers - 1 - done;
      if (this.#flows === null) await this.#descend(layer);
      else await this.#flows.mix(this.#trace, this.#mixing, layer);
    } else if (this.#flows !== null && this.#layers.length === 0) {
      if (this.#flows.solve(STEP_MS)) this.#readFlows(this.#flows);
    }
    return this.#layers.length < stack.layers ? null : this.#result();
  }

  /** From what the target has above a layer to what it has below it. */
  async #descend(layer: number): Promise<void> {
    const { method, target, edges: limit } = this.#asked;
    const above = method === 'raw' ? oneHot(this.#tokens, target) : this.#above;
    const below = new Float64Array(this.#tokens);
    const edges = new LargestEdges(limit);
    await mixLayer(this.#trace, this.#mixing, layer, rangeOf(above), (rows) => {
      spread(rows, above, (from, to, amount, residual) => {
        below[from]! += amount;
        edges.offer(from, to, amount, residual);
      });
    });
    this.#finish(layer, below, edges);
    this.#above = below;
  }

  #readFlows(flows: MaximumFlows): void {
    this.#scale = flows.total;
    for (let layer = this.#asked.stack.layers - 1; layer >= 0; layer--) {
      const below = new Float64Array(this.#tokens);
      const edges = new LargestEdges(this.#asked.edges);
      flows.read(layer, (from, to, amount, residual) => {
        below[from]! += amount;
        edges.offer(from, to, amount, residual);
      });
      this.#finish(layer, below, edges);
    }
  }

  #finish(layer: number, below: Float64Array, { total, residual, edges }: LargestEdges): void {
    this.#relevance.set(below, layer * this.#tokens);
    this.#layers.push({ layer, total, residual, edges });
  }

  #result(): LayerFlow {
    const { stack, target, method, weighting, residual } = this.#asked;
    const given = method !== 'raw' && weighting === 'attention';
    return {
      stack: stack.name,
      target,
      method,
      weighting,
      residual: given ? residual : null,
      relevance: this.#relevance,
      scale: this.#scale,
      layers: this.#layers.toReversed(),
    };
  }
}

type OnEdge = (from: number, to: number, amount: number, residual: boolean) => void;

/** What tokens above a layer have, shared out over what they are mixed of. */
function spread({ first, count, weights, own }: MixedRows, above: Float64Array, onEdge: OnEdge): void {
  const tokens = above.length;
  for (let row = 0; row < count; row++) {
    const to = first + row;
    const has = above[to]!;
    if (has === 0) continue;
    onEdge(to, to, has * own[row]!, true);
    for (let from = 0; from < tokens; from++) onEdge(from, to, has * weights[row * tokens + from]!, false);
  }
}

/** Every layer's mixing as capacities, and the maximum flows through them, a token after the other. */
class MaximumFlows {
  readonly #tokens: number;
  readonly #target: number;
  readonly #capacities: Float64Array[];
  /** f64 [tokens] a layer: the part of a token's capacity to itself that is residual, 0…1. */
  readonly #residual: Float64Array[];
  readonly #sums: Float64Array[];
  #network: LayeredNetwork | null = null;
  #solved = 0;
  mixed = 0;
  total = 0;

  constructor(layers: number, tokens: number, target: number) {
    const make = (size: number) => Array.from({ length: layers }, () => new Float64Array(size));
    this.#tokens = tokens;
    this.#target = target;
    this.#capacities = make(tokens * tokens);
    this.#residual = make(tokens);
    this.#sums = make(tokens * tokens);
  }

  /** The share of the tokens whose flow is known. */
  get fraction(): number {
    return this.#solved / this.#tokens;
  }

  async mix(trace: TraceData, mixing: MixingOptions, layer: number): Promise<void> {
    const tokens = this.#tokens;
    const capacities = this.#capacities[layer]!;
    await mixLayer(trace, mixing, layer, { first: 0, count: tokens }, ({ first, count, weights, own }) => {
      capacities.set(weights, first * tokens);
      for (let row = 0; row < count; row++) {
        const diagonal = (first + row) * tokens + first + row;
        capacities[diagonal]! += own[row]!;
        this.#residual[layer]![first + row] = own[row]! === 0 ? 0 : own[row]! / capacities[diagonal]!;
      }
    });
    this.mixed += 1;
  }

  /** Finds maximum flows for about so many ms, one at least. True when all are found. */
  solve(milliseconds: number): boolean {
    this.#network ??= new LayeredNetwork(this.#capacities, this.#tokens, this.#target);
    const until = performance.now() + milliseconds;
    while (this.#solved < this.#tokens) {
      this.total += this.#network.maximum(this.#solved);
      this.#network.addTo(this.#sums);
      this.#solved += 1;
      if (performance.now() >= until) break;
    }
    return this.#solved === this.#tokens;
  }

  /** The sum of all maximum flows through a layer, as shares of their total. */
  read(layer: number, onEdge: OnEdge): void {
    const tokens = this.#tokens;
    const sums = this.#sums[layer]!;
    for (let at = 0; at < sums.length; at++) {
      if (sums[at] === 0) continue;
      const [to, from] = [Math.floor(at / tokens), at % tokens];
      const amount = sums[at]! / this.total;
      const residual = from === to ? this.#residual[layer]![to]! : 0;
      onEdge(from, to, amount * residual, true);
      onEdge(from, to, amount * (1 - residual), false);
    }
  }
}

function oneHot(tokens: number, at: number): Float64Array {
  const vector = new Float64Array(tokens);
  vector[at] = 1;
  return vector;
}

/** The rows from the first to the last that has something. */
function rangeOf(vector: Float64Array): { readonly first: number; readonly count: number } {
  const first = Math.max(
    0,
    vector.findIndex((amount) => amount !== 0),
  );
  const last = vector.findLastIndex((amount) => amount !== 0);
  return { first, count: Math.max(1, last - first + 1) };
}

function assertFits({ target, method, residual, edges }: FlowRequest, tokens: number): void {
  if (!Number.isInteger(target) || target < 0 || target >= tokens) {
    const message = `There is no token ${target}; the text has tokens 0…${tokens - 1}.`;
    throw new ModelError('bad-request', 'flow-target-missing', message, { index: target, tokens });
  }
  if (!(residual >= 0 && residual <= 1)) {
    const message = `The residual stream's share is ${residual}; expected a number from 0 to 1.`;
    throw new ModelError('bad-request', 'flow-residual', message);
  }
  if (!Number.isInteger(edges) || edges < 1) {
    throw new ModelError('bad-request', 'flow-edges', `${edges} edges a layer cannot be listed; expected 1 or more.`);
  }
  if (method === 'flow' && tokens > FLOW_TOKENS) {
    const message = `Attention flow is computed for texts of up to ${FLOW_TOKENS} tokens, and this one has ${tokens}; attention rollout has no such limit.`;
    throw new ModelError('bad-request', 'flow-too-long', message, { tokens, limit: FLOW_TOKENS });
  }
}

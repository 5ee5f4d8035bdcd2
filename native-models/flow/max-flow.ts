/**
 * Maximum flows through layers of tokens: Dinic's algorithm (Dinic 1970) on the network of Abnar & Zuidema (2020), section 3.2. A
 * node is a token at a layer boundary, an edge's capacity the share that a token has of another one below it.
 */

/** Capacities below this count as used up, so that rounding leaves no paths of nothing. */
const NOTHING = 1e-12;

/** Arcs come in pairs: 2e is an edge, 2e + 1 its way back. */
export class LayeredNetwork {
  readonly #tokens: number;
  readonly #source: number;
  readonly #to: Int32Array;
  readonly #capacity: Float64Array;
  /** What is left of each arc. */
  readonly #left: Float64Array;
  /** Arcs by the node that they leave: those of node n are `#arcs[#start[n]] … #arcs[#start[n + 1] − 1]`. */
  readonly #arcs: Int32Array;
  readonly #start: Int32Array;
  /** Steps to the sink; −1 where it cannot be reached. */
  readonly #steps: Int32Array;
  readonly #next: Int32Array;

  /**
   * @param layers f64 [to, from] of every layer, lowest first: what the token `to` that leaves it has of `from` that enters
   * @param target the token of the top boundary that everything flows to
   */
  constructor(layers: readonly Float64Array[], tokens: number, target: number) {
    this.#tokens = tokens;
    this.#source = layers.length * tokens + target;
    const nodes = (layers.length + 1) * tokens;
    const edges = edgesBelow(layers, tokens, this.#source);
    this.#to = new Int32Array(2 * edges.length);
    this.#capacity = new Float64Array(2 * edges.length);
    const leaving = new Int32Array(nodes + 1);
    edges.forEach(({ upper, lower, capacity }, edge) => {
      this.#to[2 * edge] = lower;
      this.#to[2 * edge + 1] = upper;
      this.#capacity[2 * edge] = capacity;
      leaving[upper + 1]! += 1;
      leaving[lower + 1]! += 1;
    });
    for (let node = 0; node < nodes; node++) leaving[node + 1]! += leaving[node]!;
    this.#start = leaving.slice();
    this.#arcs = new Int32Array(2 * edges.length);
    for (let arc = 0; arc < this.#arcs.length; arc++) this.#arcs[leaving[this.#to[arc ^ 1]!]!++] = arc;
    this.#left = new Float64Array(2 * edges.length);
    this.#steps = new Int32Array(nodes);
    this.#next = new Int32Array(nodes);
  }

  /** The largest amount that can flow from the target down to a token of the lowest boundary; `addTo` then tells which way it went. */
  maximum(sink: number): number {
    this.#left.set(this.#capacity);
    let flow = 0;
    while (this.#measure(sink)) {
      this.#next.set(this.#start.subarray(0, this.#next.length));
      const more = this.#push(this.#source, Infinity, sink);
      if (more <= NOTHING) break;
      flow += more;
    }
    return flow;
  }

  /** Adds the last maximum flow to f64 [to, from] of every layer. */
  addTo(layers: readonly Float64Array[]): void {
    const tokens = this.#tokens;
    for (let arc = 0; arc < this.#to.length; arc += 2) {
      const used = this.#left[arc + 1]!;
      if (used <= 0) continue;
      const [upper, lower] = [this.#to[arc + 1]!, this.#to[arc]!];
      layers[Math.floor(lower / tokens)]![(upper % tokens) * tokens + (lower % tokens)]! += used;
    }
  }

  /** The steps of every node to the sink over arcs that have something left; false where the source is cut off. */
  #measure(sink: number): boolean {
    this.#steps.fill(-1);
    this.#steps[sink] = 0;
    const queue = [sink];
    for (let at = 0; at < queue.length; at++) {
      const node = queue[at]!;
      if (node === this.#source) return true;
      for (let index = this.#start[node]!; index < this.#start[node + 1]!; index++) {
        const arc = this.#arcs[index]!;
        const before = this.#to[arc]!;
        if (this.#steps[before]! >= 0 || this.#left[arc ^ 1]! <= NOTHING) continue;
        this.#steps[before] = this.#steps[node]! + 1;
        queue.push(before);
      }
    }
    return false;
  }

  /** Sends up to `most` from a node along shortest ways, until no such way is left. */
  #push(node: number, most: number, sink: number): number {
    if (node === sink) return most;
    let sent = 0;
    for (; this.#next[node]! < this.#start[node + 1]!; this.#next[node]! += 1) {
      const arc = this.#arcs[this.#next[node]!]!;
      const to = this.#to[arc]!;
      const room = this.#left[arc]!;
      if (room <= NOTHING || this.#steps[to] !== this.#steps[node]! - 1) continue;
      const amount = this.#push(to, Math.min(most - sent, room), sink);
      this.#left[arc]! -= amount;
      this.#left[arc ^ 1]! += amount;
      sent += amount;
      if (most - sent <= NOTHING) return sent;
    }
    return sent;
  }
}

interface Edge {
  readonly upper: number;
  readonly lower: number;
  readonly capacity: number;
}

/** The edges that a flow from `source` can reach, from the top down. */
function edgesBelow(layers: readonly Float64Array[], tokens: number, source: number): readonly Edge[] {
  const edges: Edge[] = [];
  const reached = new Uint8Array((layers.length + 1) * tokens);
  reached[source] = 1;
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const weights = layers[layer]!;
    for (let at = 0; at < weights.length; at++) {
      const upper = (layer + 1) * tokens + Math.floor(at / tokens);
      if (reached[upper] === 0 || weights[at]! <= NOTHING) continue;
      const lower = layer * tokens + (at % tokens);
      reached[lower] = 1;
      edges.push({ upper, lower, capacity: weights[at]! });
    }
  }
  return edges;
}

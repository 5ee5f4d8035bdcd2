/** The largest of many edges, found as they come by without keeping the others. */
import type { FlowEdge } from '../types.ts';

export class LargestEdges {
  readonly #limit: number;
  /** A binary heap with the last edge in front. */
  readonly #heap: FlowEdge[] = [];
  #total = 0;
  #residual = 0;

  /** @param limit how many are kept, at least 1 */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The amounts of all edges that came by. */
  get total(): number {
    return this.#total;
  }

  /** The amounts of those that are residual. */
  get residual(): number {
    return this.#residual;
  }

  /** An edge without an amount is none. */
  offer(from: number, to: number, amount: number, residual: boolean): void {
    if (!(amount > 0)) return;
    this.#total += amount;
    if (residual) this.#residual += amount;
    const isFull = this.#heap.length === this.#limit;
    if (isFull && amount < this.#heap[0]!.amount) return;
    const edge = { from, to, amount, residual };
    if (!isFull) {
      this.#heap.push(edge);
      this.#rise(this.#heap.length - 1);
    } else if (order(edge, this.#heap[0]!) < 0) {
      this.#heap[0] = edge;
      this.#sink();
    }
  }

  /** Those that were kept, largest first. */
  get edges(): readonly FlowEdge[] {
    return this.#heap.toSorted(order);
  }

  #rise(at: number): void {
    const heap = this.#heap;
    for (let child = at; child > 0;) {
      const parent = (child - 1) >> 1;
      if (order(heap[parent]!, heap[child]!) > 0) return;
      [heap[parent], heap[child]] = [heap[child]!, heap[parent]!];
      child = parent;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    for (let parent = 0; ;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      let last = parent;
      if (left < heap.length && order(heap[left]!, heap[last]!) > 0) last = left;
      if (right < heap.length && order(heap[right]!, heap[last]!) > 0) last = right;
      if (last === parent) return;
      [heap[parent], heap[last]] = [heap[last]!, heap[parent]!];
      parent = last;
    }
  }
}

/** Largest first; equal ones by the token that they go to, then by the one that they come from, the residual before attention. */
function order(a: FlowEdge, b: FlowEdge): number {
  return b.amount - a.amount || a.to - b.to || a.from - b.from || Number(b.residual) - Number(a.residual);
}

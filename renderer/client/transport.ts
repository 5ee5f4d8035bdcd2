/** What carries the contract: Electron's bridge or a WebSocket. Payloads are plain data; tensors are ArrayBuffers. */
import type { Channel, EventName } from '../../electron/api/index.ts';

/** `lost` means: nothing answers until `reconnect` (tried by itself as well) succeeds. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

export interface Transport {
  /** Sends one request. Rejects with an ApiError: the host's own, or `engine-lost` when the connection ends first. */
  request(channel: Channel, payload: unknown): Promise<unknown>;
  onEvent(listener: (event: EventName, payload: unknown) => void): () => void;
  onConnection(listener: (state: ConnectionState) => void): () => void;
  /** Tries at once, without waiting for the next automatic try. */
  reconnect(): void;
}

/** A set of listeners with an `emit`; each `add` returns its removal. */
export class Listeners<A extends unknown[]> {
  readonly #all = new Set<(...values: A) => void>();

  add(listener: (...values: A) => void): () => void {
    this.#all.add(listener);
    return () => {
      this.#all.delete(listener);
    };
  }

  emit(...values: A): void {
    for (const listener of [...this.#all]) listener(...values);
  }
}

/** The contract over Electron's bridge, which the preload script exposes as `window.headlight`. */
import { ApiError, eventContract } from '../../electron/api/index.ts';
import type { Bridge, Channel, EventName } from '../../electron/api/index.ts';
import type { ConnectionState, Transport } from './transport.ts';

/** The window's own process never goes away without the window, so this connection is always open. */
export class BridgeTransport implements Transport {
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  async request(channel: Channel, payload: unknown): Promise<unknown> {
    const reply = await this.#bridge.request(channel, payload);
    if (reply.ok) return reply.value;
    throw new ApiError(reply.failure);
  }

  onEvent(listener: (event: EventName, payload: unknown) => void): () => void {
    return this.#bridge.onEvent(({ name, payload }) => {
      if (name in eventContract) listener(name as EventName, payload);
    });
  }

  onConnection(listener: (state: ConnectionState) => void): () => void {
    listener('open');
    return () => undefined;
  }

  reconnect(): void {
    // Nothing to do: see the class comment.
  }
}

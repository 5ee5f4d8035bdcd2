/** Typed calls derived from the contract, over any transport; answers and events are validated before anyone sees them. */
import { ApiError, contract, eventContract } from '../../electron/api/index.ts';
import type { Channel, EventName, EventPayload, RequestInput, Response } from '../../electron/api/index.ts';
import type { ConnectionState, Transport } from './transport.ts';

export interface Client {
  /** Calls a channel. Rejects with ApiError only. */
  call<C extends Channel>(channel: C, request: RequestInput<C>): Promise<Response<C>>;
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  onConnection(listener: (state: ConnectionState) => void): () => void;
  reconnect(): void;
}

/** Turns whatever was thrown into an ApiError; unknown errors become `internal` with their own message. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError({ code: 'internal', message });
}

export function createClient(transport: Transport): Client {
  return {
    async call<C extends Channel>(channel: C, request: RequestInput<C>): Promise<Response<C>> {
      let answer: unknown;
      try {
        answer = await transport.request(channel, request);
      } catch (error) {
        throw asApiError(error);
      }
      const parsed = contract[channel].response.safeParse(answer);
      if (parsed.success) return parsed.data as Response<C>;
      throw new ApiError({ code: 'internal', message: `the answer to ${channel} does not match the contract` });
    },
    on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
      return transport.onEvent((name, payload) => {
        if (name !== event) return;
        const parsed = eventContract[event].safeParse(payload);
        if (parsed.success) listener(parsed.data as EventPayload<E>);
      });
    },
    onConnection: (listener) => transport.onConnection(listener),
    reconnect: () => {
      transport.reconnect();
    },
  };
}

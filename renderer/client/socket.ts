/** The contract over a WebSocket: binary frames, answers matched by id, reconnecting by itself. */
import {
  ApiError,
  decodeFrame,
  encodeFrame,
  eventContract,
  serverMessage,
  WEBSOCKET_PATH,
  WireError,
} from '../../electron/api/index.ts';
import type { Channel, EventName, RequestMessage } from '../../electron/api/index.ts';
import { Listeners } from './transport.ts';
import type { ConnectionState, Transport } from './transport.ts';

/** What of a WebSocket is used, so that tests can pass their own. */
export type SocketLike = Pick<WebSocket, 'send' | 'close' | 'binaryType' | 'onopen' | 'onclose' | 'onmessage'>;

/** Waits before the 1st, 2nd, … attempt to connect again, in milliseconds; the last one repeats. */
const RETRY_MS = [300, 1000, 2000, 5000];

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: ApiError) => void;
}

/** The address of the socket that belongs to a page. */
export function socketAddress(page: { protocol: string; host: string }): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}${WEBSOCKET_PATH}`;
}

export class SocketTransport implements Transport {
  readonly #open: () => SocketLike;
  readonly #events = new Listeners<[EventName, unknown]>();
  readonly #connection = new Listeners<[ConnectionState]>();
  readonly #pending = new Map<number, Pending>();
  /** Requests made while connecting; sent when the socket opens. */
  #waiting: RequestMessage[] = [];
  #socket: SocketLike | null = null;
  #state: ConnectionState = 'connecting';
  #nextId = 1;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param open makes a socket that starts to connect */
  constructor(open: () => SocketLike) {
    this.#open = open;
    this.#connect();
  }

  request(channel: Channel, payload: unknown): Promise<unknown> {
    if (this.#state === 'lost') return Promise.reject(lost());
    const message: RequestMessage = { kind: 'request', id: this.#nextId++, channel, payload };
    return new Promise((resolve, reject) => {
      this.#pending.set(message.id, { resolve, reject });
      if (this.#state === 'open') this.#send(message);
      else this.#waiting.push(message);
    });
  }

  onEvent(listener: (event: EventName, payload: unknown) => void): () => void {
    return this.#events.add(listener);
  }

  /** Calls the listener with the state now, and with every later one. */
  onConnection(listener: (state: ConnectionState) => void): () => void {
    listener(this.#state);
    return this.#connection.add(listener);
  }

  reconnect(): void {
    if (this.#state !== 'lost') return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  #connect(): void {
    this.#become('connecting');
    const socket = this.#open();
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => {
      if (socket === this.#socket) this.#opened();
    };
    socket.onmessage = (event: MessageEvent) => {
      if (socket === this.#socket) this.#receive(event.data);
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#closed();
    };
  }

  #opened(): void {
    this.#attempt = 0;
    this.#become('open');
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) this.#send(message);
  }

  #closed(): void {
    this.#socket = null;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#waiting = [];
    this.#become('lost');
    for (const { reject } of pending) reject(lost());
    const delay = RETRY_MS[Math.min(this.#attempt, RETRY_MS.length - 1)];
    this.#attempt += 1;
    this.#timer = setTimeout(() => {
      this.#connect();
    }, delay);
  }

  #send(message: RequestMessage): void {
    try {
      this.#socket?.send(encodeFrame(message));
    } catch (error) {
      this.#pending.get(message.id)?.reject(refused(error));
      this.#pending.delete(message.id);
    }
  }

  /** An answer or an event; anything else is not of the contract and is dropped. */
  #receive(data: unknown): void {
    if (!(data instanceof ArrayBuffer)) return;
    let frame: unknown;
    try {
      frame = decodeFrame(new Uint8Array(data));
    } catch {
      return;
    }
    const parsed = serverMessage.safeParse(frame);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === 'event') {
      if (message.name in eventContract) this.#events.emit(message.name as EventName, message.payload);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.ok) pending?.resolve(message.value);
    else pending?.reject(new ApiError(message.failure));
  }

  #become(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#connection.emit(state);
  }
}

function lost(): ApiError {
  return new ApiError({
    code: 'engine-lost',
    reason: 'connection-lost',
    message: 'The connection to Headlight was lost.',
  });
}

function refused(error: unknown): ApiError {
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError({
    code: 'bad-request',
    message,
    ...(error instanceof WireError ? { reason: error.reason } : {}),
  });
}

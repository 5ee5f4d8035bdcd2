/**
 * How a page talks to its host. In Electron the preload script exposes `window.headlight` (this `Bridge`); in a browser the same
 * messages travel as binary frames (wire.ts) over the WebSocket at `WEBSOCKET_PATH`.
 */
import type { ApiFailure } from './errors.ts';

/** A request's outcome as data, because Errors lose their fields on every process border. */
export type Reply =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: ApiFailure };

/** An event of `eventContract`, not yet validated. */
export interface HostEvent {
  readonly name: string;
  readonly payload: unknown;
}

export interface Bridge {
  /** Sends `payload` on `channel` of `contract`; never rejects because of the request itself. */
  request(channel: string, payload: unknown): Promise<Reply>;
  /** Calls `listener` for every event of the host; returns a function that stops it. */
  onEvent(listener: (event: HostEvent) => void): () => void;
}

/** The path of the WebSocket on the server's own origin; the cookie set with the page opens it. */
export const WEBSOCKET_PATH = '/ws';

/** The WebSocket part: the contract over binary frames, for pages of the server's own origin that have the token. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';

import { WEBSOCKET_PATH, type Reply } from '../api/bridge.ts';
import type { EventName, EventPayload } from '../api/contract.ts';
import { MAX_FRAME_BYTES, WireError, clientMessage, decodeFrame, encodeFrame, responseOf } from '../api/wire.ts';
import type { Supervisor } from '../host/supervisor.ts';
import type { Dispatch } from '../host/dispatch.ts';
import type { Hub } from '../hub/hub.ts';
import { isOwnOrigin, proofOf, type Access } from './access.ts';

/** Closed with this code (WebSocket's "protocol error") when a frame cannot be read. */
const PROTOCOL_ERROR = 1002;
/** WebSocket's "try again later". */
const TOO_MANY = 1013;
const MAX_CONNECTIONS = 32;
const MAX_UNREAD_BYTES = 4 * MAX_FRAME_BYTES;

export interface SocketOptions {
  readonly server: Server;
  readonly access: Access;
  readonly dispatch: Dispatch;
  readonly supervisor: Supervisor;
  readonly downloads: Pick<Hub['downloads'], 'subscribe'>;
}

/** Accepts WebSockets on `server`; returns a function that closes them all. */
export function serveSockets(options: SocketOptions): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  options.server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const status = refusal(request, options.access);
    if (status === null) {
      sockets.handleUpgrade(request, stream, head, (socket) => connect(socket, sockets, options));
      return;
    }
    stream.on('error', () => stream.destroy());
    stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  return () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
}

function refusal(request: IncomingMessage, access: Access): string | null {
  if ((request.url ?? '').split('?', 1)[0] !== WEBSOCKET_PATH) return '404 Not Found';
  return isOwnOrigin(request) && proofOf(request, access) !== null ? null : '403 Forbidden';
}

function connect(
  socket: WebSocket,
  sockets: WebSocketServer,
  { dispatch, supervisor, downloads }: SocketOptions,
): void {
  if (sockets.clients.size > MAX_CONNECTIONS) {
    socket.close(TOO_MANY, 'too many connections');
    return;
  }
  const client = randomUUID();
  const unsubscribe = supervisor.subscribe({
    onEngine: (state) => sendEvent(socket, 'engine', state),
    onProgress: (progress, asker) => {
      if (asker === client) sendEvent(socket, 'progress', progress);
    },
  });
  const unhear = downloads.subscribe((list) => sendEvent(socket, 'downloads', { downloads: list }));
  socket.on('message', (data, isBinary) => void receive(socket, data, isBinary, dispatch, client));
  // ws reports an oversized or broken frame here and closes the connection with its own code (1009, 1002).
  socket.on('error', () => undefined);
  socket.on('close', () => {
    unsubscribe();
    unhear();
    supervisor.drop(client);
  });
  sendEvent(socket, 'engine', supervisor.state);
}

async function receive(
  socket: WebSocket,
  data: RawData,
  isBinary: boolean,
  dispatch: Dispatch,
  client: string,
): Promise<void> {
  const request = isBinary ? readRequest(data) : null;
  if (request === null) {
    socket.close(PROTOCOL_ERROR, 'the frame cannot be read');
    return;
  }
  const reply = await dispatch(request.channel, request.payload, client);
  sendReply(socket, request.id, reply);
}

function readRequest(data: RawData): ReturnType<typeof clientMessage.parse> | null {
  try {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data as Buffer);
    return clientMessage.parse(decodeFrame(bytes));
  } catch {
    return null;
  }
}

function sendReply(socket: WebSocket, id: number, reply: Reply): void {
  let frame: Uint8Array;
  try {
    frame = encodeFrame(responseOf(id, reply));
  } catch (error) {
    frame = encodeFrame(responseOf(id, { ok: false, failure: unsendable(error) }));
  }
  send(socket, frame);
}

function unsendable(error: unknown): Extract<Reply, { ok: false }>['failure'] {
  if (error instanceof WireError && error.reason === 'frame-too-large') {
    const limit = MAX_FRAME_BYTES;
    const message = `The answer is larger than ${limit / 1024 / 1024} MiB; ask for one head at a time.`;
    return { code: 'bad-request', message, reason: 'answer-too-large', values: { limit } };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `Something went wrong inside Headlight: ${text}`, reason: 'internal' };
}

function sendEvent<E extends EventName>(socket: WebSocket, name: E, payload: EventPayload<E>): void {
  send(socket, encodeFrame({ kind: 'event', name, payload }));
}

/** A page that does not read what it asked for is cut off rather than kept in memory. */
function send(socket: WebSocket, frame: Uint8Array): void {
  if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
  else if (socket.readyState === socket.OPEN) socket.send(frame, { binary: true });
}

/** A page's end of the WebSocket: what the renderer's client does, over Node's `ws`, with every header in the test's hand. */
import { WebSocket } from 'ws';

import { ApiError } from '../../../electron/api/errors.ts';
import { decodeFrame, encodeFrame, serverMessage, type EventMessage } from '../../../electron/api/wire.ts';
import type { RunningServer } from '../../../electron/server/server.ts';

export interface Page {
  readonly events: EventMessage[];
  request(channel: string, payload: unknown): Promise<unknown>;
  /** Sends anything at all. */
  raw(data: Uint8Array | string): void;
  /** The code the server closes with. */
  readonly closed: Promise<number>;
  close(): void;
}

export interface Headers {
  readonly host?: string;
  readonly origin?: string | null;
  readonly cookie?: string;
  /** Leaves the token out of the address, or puts another one in. */
  readonly token?: string | null;
  readonly path?: string;
}

function addressOf(server: RunningServer, { token, path = '/ws' }: Headers): string {
  const shown = token === undefined ? server.token : token;
  return `ws://127.0.0.1:${server.port}${path}${shown === null ? '' : `?token=${shown}`}`;
}

function socketOf(server: RunningServer, headers: Headers): WebSocket {
  const { origin = `http://127.0.0.1:${server.port}`, host, cookie } = headers;
  return new WebSocket(addressOf(server, headers), {
    headers: {
      ...(origin === null ? {} : { origin }),
      ...(host === undefined ? {} : { host }),
      ...(cookie === undefined ? {} : { cookie }),
    },
  });
}

/** The HTTP status of the upgrade: 101, or what the server refuses with. */
export function upgradeStatus(server: RunningServer, headers: Headers = {}): Promise<number> {
  const socket = socketOf(server, headers);
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      response.resume();
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

/** Connects as the server's own page does. */
export function openPage(server: RunningServer, headers: Headers = {}): Promise<Page> {
  const socket = socketOf(server, headers);
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const events: EventMessage[] = [];
  let nextId = 1;
  socket.on('message', (data: Buffer) => {
    const message = serverMessage.parse(decodeFrame(new Uint8Array(data)));
    if (message.kind === 'event') {
      events.push(message);
      return;
    }
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.ok) waiting?.resolve(message.value);
    else waiting?.reject(new ApiError(message.failure));
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const page: Page = {
    events,
    closed,
    raw: (data) => socket.send(data),
    close: () => socket.close(),
    request: (channel, payload) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve, reject });
        socket.send(encodeFrame({ kind: 'request', id, channel, payload }));
      }),
  };
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(page));
    socket.on('error', reject);
  });
}

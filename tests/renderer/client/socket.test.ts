import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, decodeFrame, encodeFrame } from '../../../electron/api/index.ts';
import { SocketTransport, socketAddress } from '../../../renderer/client/socket.ts';
import type { SocketLike } from '../../../renderer/client/socket.ts';
import { settle } from '../support.ts';

class FakeSocket implements SocketLike {
  binaryType: BinaryType = 'blob';
  onopen: SocketLike['onopen'] = null;
  onclose: SocketLike['onclose'] = null;
  onmessage: SocketLike['onmessage'] = null;
  readonly sent: { id: number; channel: string; payload: unknown }[] = [];

  send(data: unknown): void {
    this.sent.push(decodeFrame(data as Uint8Array) as { id: number; channel: string; payload: unknown });
  }

  close(): void {
    this.onclose?.call({} as WebSocket, {} as CloseEvent);
  }

  open(): void {
    this.onopen?.call({} as WebSocket, {} as Event);
  }

  receive(message: unknown): void {
    this.onmessage?.call({} as WebSocket, { data: encodeFrame(message).buffer } as MessageEvent);
  }
}

function started() {
  const sockets: FakeSocket[] = [];
  const transport = new SocketTransport(() => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket;
  });
  const states: string[] = [];
  transport.onConnection((state) => states.push(state));
  return { transport, sockets, states, socket: () => sockets[sockets.length - 1]! };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('SocketTransport', () => {
  it('sends requests made while connecting once the socket opens, in their order', () => {
    const { transport, socket } = started();
    void transport.request('models.list', {});
    void transport.request('host.info', {});
    expect(socket().sent).toEqual([]);
    socket().open();
    expect(socket().sent.map(({ channel }) => channel)).toEqual(['models.list', 'host.info']);
    expect(socket().binaryType).toBe('arraybuffer');
  });

  it('matches answers to requests by id, whatever their order, with their tensors', async () => {
    const { transport, socket } = started();
    socket().open();
    const first = transport.request('trace.slice', { traceId: 'a', name: 'x' });
    const second = transport.request('host.info', {});
    const [one, two] = socket().sent;
    socket().receive({ kind: 'response', id: two!.id, ok: true, value: 'second' });
    socket().receive({ kind: 'response', id: one!.id, ok: true, value: { data: Float32Array.of(1, 2).buffer } });
    expect(await second).toBe('second');
    expect(new Float32Array(((await first) as { data: ArrayBuffer }).data)).toEqual(Float32Array.of(1, 2));
  });

  it('rejects with the failure of the host', async () => {
    const { transport, socket } = started();
    socket().open();
    const request = transport.request('models.list', {});
    const failure = { code: 'bad-model', message: 'no', reason: 'weight-missing', values: { key: 'w' } };
    socket().receive({ kind: 'response', id: socket().sent[0]!.id, ok: false, failure });
    await expect(request).rejects.toEqual(new ApiError(failure as ApiError['failure']));
  });

  it('fails what is open when the connection ends, and connects again by itself with growing waits', async () => {
    const { transport, sockets, states, socket } = started();
    socket().open();
    const request = transport.request('models.list', {}).catch((error: unknown) => error);
    socket().close();
    expect(((await request) as ApiError).failure.reason).toBe('connection-lost');
    await expect(transport.request('models.list', {})).rejects.toBeInstanceOf(ApiError);
    vi.advanceTimersByTime(299);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(2);
    socket().close();
    vi.advanceTimersByTime(999);
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(3);
    socket().open();
    expect(states).toEqual(['connecting', 'open', 'lost', 'connecting', 'lost', 'connecting', 'open']);
  });

  it('reconnects at once when asked, and only then', () => {
    const { transport, sockets, socket } = started();
    transport.reconnect();
    expect(sockets).toHaveLength(1);
    socket().open();
    socket().close();
    transport.reconnect();
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(10_000);
    expect(sockets).toHaveLength(2);
  });

  it('drops events it does not know, frames it cannot read and answers nobody waits for', async () => {
    const { transport, socket } = started();
    socket().open();
    const events: unknown[] = [];
    transport.onEvent((name, payload) => events.push([name, payload]));
    socket().receive({ kind: 'event', name: 'weather', payload: 1 });
    socket().receive({ kind: 'event', name: 'menu', payload: { command: 'x' } });
    socket().receive({ kind: 'response', id: 99, ok: true, value: 1 });
    socket().onmessage?.call({} as WebSocket, { data: new ArrayBuffer(3) } as MessageEvent);
    socket().onmessage?.call({} as WebSocket, { data: 'text' } as MessageEvent);
    await settle();
    expect(events).toEqual([['menu', { command: 'x' }]]);
  });

  it('rejects a request that cannot be written', async () => {
    const { transport, socket } = started();
    socket().open();
    const request = transport.request('models.list', { number: NaN });
    await expect(request).rejects.toMatchObject({ failure: { code: 'bad-request', reason: 'bad-message' } });
  });
});

describe('socketAddress', () => {
  it('follows the page: its host, and encryption where the page is encrypted', () => {
    expect(socketAddress({ protocol: 'http:', host: '127.0.0.1:80' })).toBe('ws://127.0.0.1:80/ws');
    expect(socketAddress({ protocol: 'https:', host: 'a.b' })).toBe('wss://a.b/ws');
  });
});

/** Chooses the way to the engine: Electron's bridge where there is one, else the server that sent this page. */
import type { Bridge } from '../../electron/api/index.ts';
import { BridgeTransport } from './bridge.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { SocketTransport, socketAddress } from './socket.ts';

export function connect(page: Window): Client {
  const bridge = (page as Window & { readonly headlight?: Bridge }).headlight;
  if (bridge !== undefined) return createClient(new BridgeTransport(bridge));
  return createClient(new SocketTransport(() => new WebSocket(socketAddress(page.location))));
}

/** The loopback server: the same engine and the same page as in Electron, for a browser on this machine or at a tunnel's end. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Supervisor } from '../host/supervisor.ts';
import { checkHost } from '../host/self-check.ts';
import { appVersion } from '../host/versions.ts';
import { createDispatch, type HostHandlers } from '../host/dispatch.ts';
import { createHub, type Hub } from '../hub/hub.ts';
import type { hubContract } from '../api/hub.ts';
import { createAccess, type Access } from './access.ts';
import { answerPage } from './pages.ts';
import { serveSockets } from './sockets.ts';

/** Never anything else: reaching it from another machine is what SSH tunnels are for. */
const ADDRESS = '127.0.0.1';

export interface ServerOptions {
  /** 0 lets the system choose a free one. */
  readonly port: number;
  readonly supervisor: Supervisor;
  /** The built renderer. */
  readonly staticFolder: string;
  /** By default one that remembers nothing. It belongs to the caller. */
  readonly hub?: Hub;
}

export interface RunningServer {
  readonly port: number;
  readonly token: string;
  /** The address with the token, as a user opens it. */
  readonly url: string;
  /** Ends all connections. The supervisor belongs to the caller. */
  close(): Promise<void>;
}

/** Starts listening. @throws Error naming the port where it is taken */
export async function startServer({
  port,
  supervisor,
  staticFolder,
  hub = createHub({ settingsFolder: null }),
}: ServerOptions): Promise<RunningServer> {
  const line: { access: Access | null } = { access: null };
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 }, (request, response) => {
    if (line.access === null) response.destroy();
    else void answerPage(request, response, staticFolder, line.access).catch(() => response.destroy());
  });
  await listen(server, port);
  const actual = (server.address() as AddressInfo).port;
  const access = createAccess(actual);
  line.access = access;
  const dispatch = createDispatch({ engine: supervisor, host: { ...serverHandlers(hub), ...hub.handlers } });
  const closeSockets = serveSockets({ server, access, dispatch, supervisor, downloads: hub.downloads });
  return {
    port: actual,
    token: access.token,
    url: `http://${ADDRESS}:${actual}/?token=${access.token}`,
    close: () =>
      new Promise((resolve) => {
        closeSockets();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is in use; choose another one or 0 for any free one.`) : error);
    });
    server.listen({ host: ADDRESS, port, exclusive: true }, resolve);
  });
}

/** A server has no dialogs: the page then asks and downloads by itself. */
function serverHandlers(hub: Hub): Omit<HostHandlers, keyof typeof hubContract> {
  return {
    'host.info': () => ({
      kind: 'server',
      locale: Intl.DateTimeFormat().resolvedOptions().locale,
      version: appVersion(),
    }),
    // What happens is written to the terminal, so there is no folder of logs.
    'host.selfCheck': async () => {
      const { folder, from } = await hub.cache();
      return checkHost({ kind: 'server', settings: hub.settingsFolder, logs: null, cache: folder, cacheFrom: from });
    },
    'dialog.openFolder': () => ({ supported: false, folder: null }),
    'dialog.saveFile': () => ({ supported: false, path: null }),
  };
}

/** What `npm start -- --browser` and `headlight serve` share: an engine, a server over it, and a clean end. */
import { existsSync } from 'node:fs';
import path from 'node:path';

import { settingsFolder } from '../host/settings-folder.ts';
import { spawnNodeEngine } from '../engine/spawn-node.ts';
import { Supervisor } from '../host/supervisor.ts';
import { createHub } from '../hub/hub.ts';
import { packageRoot } from '../host/versions.ts';
import { startServer } from './server.ts';

export interface Serving {
  /** The address with its token. */
  readonly url: string;
  /** Ends the server and its engine. */
  stop(): Promise<void>;
}

/** Where the renderer's build lies. */
export function rendererFolder(): string {
  return path.join(packageRoot(), 'build', 'out', 'renderer');
}

export interface ServeOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** The page; by default the built renderer. */
  readonly staticFolder?: string;
}

/**
 * Starts the engine and the server.
 * @throws Error where the renderer is not built or the port is taken
 */
export async function serve({ port, staticFolder = rendererFolder() }: ServeOptions): Promise<Serving> {
  if (!existsSync(path.join(staticFolder, 'index.html'))) {
    throw new Error('The page is not built yet; run `npm run build:renderer` first.');
  }
  const supervisor = new Supervisor({ spawn: () => spawnNodeEngine(['--settings', settingsFolder()]) });
  const hub = createHub({ settingsFolder: settingsFolder() });
  try {
    const server = await startServer({ port, supervisor, staticFolder, hub });
    await hub.downloads.restore();
    const stop = async (): Promise<void> => {
      await server.close();
      await hub.stop();
      await supervisor.stop();
    };
    return { url: server.url, stop };
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}

/** Resolves at Ctrl-C or SIGTERM (or when the terminal closes). A second Ctrl-C ends the process at once. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      resolve();
      process.once('SIGINT', () => process.exit(130));
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  });
}

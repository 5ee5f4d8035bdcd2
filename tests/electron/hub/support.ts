/** A hub of our own, and the channels over it. */
import { onTestFinished } from 'vitest';
import { createHub } from '../../../electron/hub/hub.ts';
import type { Hub, HubOptions } from '../../../electron/hub/hub.ts';
import type { Download } from '../../../electron/api/index.ts';
import { createDispatch } from '../../../electron/host/dispatch.ts';
import { temporaryFolder } from '../../native-models/checkpoint/support.ts';
import { randomRepo, REPO } from '../../native-models/hub/support.ts';
import { startHubServer } from '../../support/hub-server.ts';
import type { HubRepo, HubServer } from '../../support/hub-server.ts';

export const repo = randomRepo(11, 300_000);

export interface TestHub {
  readonly server: HubServer;
  readonly hub: Hub;
  readonly cacheFolder: string;
  readonly settingsFolder: string;
  /** Asks a channel as a page would; throws what failed. */
  readonly ask: (channel: string, payload?: unknown) => Promise<unknown>;
  /** Resolves when the download is in this state. */
  readonly until: (test: (download: Download | undefined) => boolean) => Promise<Download>;
  /** The same settings and cache in a process of its own, so to say. */
  readonly again: () => TestHub;
}

export async function testHub(changes: Partial<HubRepo> = {}, options: Partial<HubOptions> = {}): Promise<TestHub> {
  const server = await startHubServer({ repos: { [REPO]: { ...repo, ...changes }, 'other/bert-small': repo } });
  onTestFinished(() => server.close());
  return over(server, temporaryFolder(), temporaryFolder(), options);
}

function over(server: HubServer, cacheFolder: string, settingsFolder: string, options: Partial<HubOptions>): TestHub {
  const env = { HF_ENDPOINT: server.url, HF_HUB_CACHE: cacheFolder, HF_HOME: settingsFolder, ...options.env };
  const hub = createHub({ settingsFolder, ...options, env });
  onTestFinished(() => hub.stop());
  const engine = { request: () => Promise.reject(new Error('not asked')), cancel: () => false };
  const none = (): never => {
    throw new Error('not asked');
  };
  const host = {
    'host.info': none,
    'host.selfCheck': none,
    'dialog.openFolder': none,
    'dialog.saveFile': none,
    ...hub.handlers,
  };
  const dispatch = createDispatch({ engine, host });
  return {
    server,
    hub,
    cacheFolder,
    settingsFolder,
    ask: async (channel, payload = {}) => {
      const reply = await dispatch(channel, payload, 'page');
      if (reply.ok) return reply.value;
      throw Object.assign(new Error(reply.failure.message), { failure: reply.failure });
    },
    until: (test) =>
      new Promise((resolve) => {
        const look = (list: readonly Download[]): void => {
          const [first] = list;
          if (!test(first) || first === undefined) return;
          end();
          resolve(first);
        };
        const end = hub.downloads.subscribe(look);
        look(hub.downloads.list());
      }),
    again: () => over(server, cacheFolder, settingsFolder, options),
  };
}

/** 300 kB in two seconds: time enough to be told of it on the way. */
export const SLOW = { kind: 'drip', bytes: 15_000, pause: 100 } as const;

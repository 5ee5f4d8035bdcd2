/** The whole line of the contract: a page's WebSocket, the server, the supervisor, and an engine process of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contract } from '../../../electron/api/contract.ts';
import type { Channel, RequestInput, Response } from '../../../electron/api/contract.ts';
import { spawnNodeEngine } from '../../../electron/engine/spawn-node.ts';
import { Supervisor } from '../../../electron/host/supervisor.ts';
import { startServer } from '../../../electron/server/server.ts';
import { openPage } from './page.ts';
import type { Page } from './page.ts';

export interface Line {
  /** The folder of the engine's settings; `close` removes it. */
  readonly settings: string;
  readonly page: Page;
  /** Asks, and parses the response with the contract's own validator. */
  readonly ask: <C extends Channel>(channel: C, request: RequestInput<C>) => Promise<Response<C>>;
  /** The channels that answered with a valid response. */
  readonly answered: ReadonlySet<string>;
  readonly close: () => Promise<void>;
}

export async function openLine(): Promise<Line> {
  const settings = await mkdtemp(path.join(tmpdir(), 'headlight-contract-'));
  const supervisor = new Supervisor({ spawn: () => spawnNodeEngine(['--settings', settings]) });
  const server = await startServer({ port: 0, supervisor, staticFolder: settings });
  const page = await openPage(server);
  const close = async (): Promise<void> => {
    page.close();
    await server.close();
    await supervisor.stop();
    await rm(settings, { recursive: true });
  };
  const answered = new Set<string>();
  const ask = async <C extends Channel>(channel: C, request: RequestInput<C>): Promise<Response<C>> => {
    const parsed = contract[channel].response.parse(await page.request(channel, request));
    answered.add(channel);
    return parsed as Response<C>;
  };
  return { settings, page, ask, answered, close };
}

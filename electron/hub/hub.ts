/** The hub's channels, for whichever process owns the window: one download list for all windows and connections. */
import { access, constants, mkdir } from 'node:fs/promises';
import path from 'node:path';

import {
  cachePlace,
  connect,
  CURATED,
  curatedModel,
  deleteCached,
  describeModel,
  endpointOf,
  expand,
  freeBytes,
  isOffline,
  parseRepo,
  scanCache,
  searchModels,
  wantedFiles,
} from '../../native-models/hub/index.ts';
import type { Connection, Environment, HubModel, RepoRevision } from '../../native-models/hub/index.ts';
import { ModelError } from '../../native-models/errors.ts';
import { CACHE_VARIABLE, withCacheFolder, writeCacheFolder } from '../host/cache-folder.ts';
import type { HostHandlers } from '../host/dispatch.ts';
import { toFailure } from '../host/failure.ts';
import type { hubContract, HubInfo, HubOverview } from '../api/hub.ts';
import type { CacheSource } from '../api/self-check.ts';
import { Downloads } from './downloads.ts';
import { sessionTokenStore, Tokens } from './tokens.ts';
import type { TokenStore } from './tokens.ts';

export interface HubOptions {
  /** Where downloads are remembered; null keeps them in memory. */
  readonly settingsFolder: string | null;
  readonly tokens?: TokenStore;
  /** Where HF_ENDPOINT and the like are read; the process's own by default. */
  readonly env?: Environment;
}

export interface Hub {
  readonly handlers: Pick<HostHandlers, keyof typeof hubContract>;
  readonly downloads: Pick<Downloads, 'list' | 'subscribe' | 'restore'>;
  readonly cache: () => Promise<Cache>;
  /** Where Headlight remembers what it remembers; null where that is memory only. */
  readonly settingsFolder: string | null;
  /** Ends every transfer; they go on at the next start. */
  readonly stop: () => Promise<void>;
}

/** The cache's folder, and what decides it. */
export interface Cache {
  readonly folder: string;
  readonly from: CacheSource;
}

const RESULTS = 30;
/** How long a search may take, in milliseconds. */
const PATIENCE = 30_000;

export function createHub({ settingsFolder, tokens: store = sessionTokenStore(), env = process.env }: HubOptions): Hub {
  const cache = (): Promise<Cache> => cacheOf(env, settingsFolder);
  const cacheFolder = async (): Promise<string> => (await cache()).folder;
  const tokens = new Tokens(store, env);
  const open = async (): Promise<Connection> => connect({ env, token: await tokens.find() });
  const downloads = new Downloads({ settingsFolder, cacheFolder, connect: open });
  const asking = <T>(ask: (connection: Connection, signal: AbortSignal) => Promise<T>): Promise<T> =>
    withConnection(open, ask);
  const handlers: Hub['handlers'] = {
    'hub.overview': async () => overview(await cache(), env, tokens),
    'hub.setFolder': async ({ folder }) => {
      await chooseFolder(folder, env, settingsFolder);
      return overview(await cache(), env, tokens);
    },
    'hub.search': ({ query }) => asking((connection, signal) => searchModels(connection, query, RESULTS, signal)),
    'hub.info': ({ model }) =>
      asking(async (connection, signal) => infoOf(await describeModel(connection, wanted(model), signal))),
    'hub.downloads': () => downloads.list(),
    'hub.fetch': ({ model }) => downloads.start(wanted(model)),
    'hub.pause': ({ id }) => {
      downloads.pause(id);
      return {};
    },
    'hub.resume': ({ id }) => {
      downloads.resume(id);
      return {};
    },
    'hub.cancel': async ({ id }) => {
      await downloads.cancel(id);
      return {};
    },
    'hub.delete': async ({ repo, commit }) => ({ freed: await deleteCached(await cacheFolder(), repo, commit) }),
    'hub.setToken': async ({ token }) => {
      await tokens.give(token);
      return tokens.describe();
    },
  };
  return { handlers, downloads, cache, settingsFolder, stop: () => downloads.stop() };
}

/** A curated model without a revision is the one that the list pins. */
function wanted(typed: string): RepoRevision {
  const asked = parseRepo(typed);
  const pinned = typed.includes('@') || typed.includes('/tree/') ? undefined : curatedModel(asked.repo)?.revision;
  return pinned === undefined ? asked : { ...asked, revision: pinned };
}

/** Asks the hub, for so long at most: somebody waits for it. */
async function withConnection<T>(
  open: () => Promise<Connection>,
  ask: (connection: Connection, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const connection = await open();
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    return await ask(connection, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    const host = new URL(connection.endpoint).host;
    const message = `${host} did not answer within ${PATIENCE / 1000} s.`;
    throw new ModelError('network', 'hub-slow', message, { host, seconds: PATIENCE / 1000 });
  } finally {
    await connection.close();
  }
}

async function cacheOf(env: Environment, settingsFolder: string | null): Promise<Cache> {
  const { folder, from } = cachePlace(await withCacheFolder(env, settingsFolder));
  const isSetting = from === CACHE_VARIABLE && (env[CACHE_VARIABLE] ?? '') === '';
  return { folder, from: isSetting ? 'setting' : from };
}

/** @throws ModelError 'bad-request' `folder-not-absolute`, `settings-not-kept`; 'disk' `disk-refused` where it cannot be made or written */
async function chooseFolder(typed: string | null, env: Environment, settingsFolder: string | null): Promise<void> {
  if (settingsFolder === null) {
    const message = 'This Headlight keeps no settings, so the folder cannot be changed.';
    throw new ModelError('bad-request', 'settings-not-kept', message);
  }
  if (typed === null) return writeCacheFolder(settingsFolder, null);
  const bare = typed.trim().replace(/^(["'])(.*)\1$/u, '$2');
  if (!path.isAbsolute(bare) && !/^~(?=$|[/\\])/u.test(bare)) {
    const message = `The folder's full path is needed; "${typed}" is not one.`;
    throw new ModelError('bad-request', 'folder-not-absolute', message, { folder: typed });
  }
  const folder = expand(bare, env);
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    const cause = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ModelError('disk', 'disk-refused', `${folder} cannot be written (${cause}).`, { path: folder, cause });
  }
  await writeCacheFolder(settingsFolder, folder);
}

async function overview(place: Cache, env: Environment, tokens: Tokens): Promise<HubOverview> {
  const cache = await scanCache(place.folder);
  return {
    host: new URL(endpointOf(env)).host,
    offline: isOffline(env),
    folder: place.folder,
    folderFrom: place.from,
    freeBytes: await freeBytes(place.folder),
    curated: CURATED.map((model) => ({ ...model })),
    cache: cache.map((repo) => ({
      ...repo,
      revisions: repo.revisions.map((revision) => ({ ...revision, refs: [...revision.refs] })),
    })),
    token: await tokens.describe(),
  };
}

function infoOf(model: HubModel): HubInfo {
  const { repo, commit, family, license, gated } = model;
  const known = { repo, commit, family, license, gated };
  try {
    const files = wantedFiles(repo, model.files).map(({ path, bytes }) => ({ path, bytes }));
    return { ...known, files, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), problem: null };
  } catch (error) {
    return { ...known, files: [], bytes: 0, problem: toFailure(error) };
  }
}

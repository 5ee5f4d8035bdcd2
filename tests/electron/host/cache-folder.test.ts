import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCacheFolder, withCacheFolder, writeCacheFolder } from '../../../electron/host/cache-folder.ts';
import { cachePlace } from '../../../native-models/hub/index.ts';

let settings: string;
beforeEach(async () => {
  settings = await mkdtemp(path.join(tmpdir(), 'headlight-cache-'));
});
afterEach(() => rm(settings, { recursive: true }));

const chosen = path.resolve('/models/cache');

it('the setting is kept, read and taken back', async () => {
  expect(await readCacheFolder(settings)).toBeNull();
  await writeCacheFolder(settings, chosen);
  expect(await readCacheFolder(settings)).toBe(chosen);
  await writeCacheFolder(settings, null);
  expect(await readCacheFolder(settings)).toBeNull();
});

it('a damaged file and a relative path count as none', async () => {
  for (const text of ['{', '{"folder":3}', '{"folder":"here"}']) {
    await writeFile(path.join(settings, 'hub-cache.json'), text);
    expect(await readCacheFolder(settings), text).toBeNull();
  }
});

it('stands below the variables of the hub and above those of the system', async () => {
  await writeCacheFolder(settings, chosen);
  const place = async (env: Record<string, string>) => cachePlace(await withCacheFolder(env, settings));
  expect(await place({ HOME: '/h' })).toEqual({ folder: chosen, from: 'HEADLIGHT_HUB_CACHE' });
  expect((await place({ HOME: '/h', XDG_CACHE_HOME: '/x' })).folder).toBe(chosen);
  expect((await place({ HOME: '/h', HF_HOME: '/hf' })).from).toBe('HF_HOME');
  expect(await place({ HOME: '/h', HF_HUB_CACHE: '/c' })).toEqual({ folder: path.resolve('/c'), from: 'HF_HUB_CACHE' });
  expect((await place({ HOME: '/h', HEADLIGHT_HUB_CACHE: '/own' })).folder).toBe(path.resolve('/own'));
  expect(cachePlace({ HOME: '/h' }).from).toBe('default');
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Download, HubInfo, HubOverview, HubToken } from '../../../electron/api/index.ts';
import { sha256Of } from '../../support/hub-server.ts';
import { expectSnapshot, REPO } from '../../native-models/hub/support.ts';
import { repo, SLOW, testHub } from './support.ts';

const partial = `models--someone--tiny/blobs/${sha256Of(repo.files['model.safetensors']!)}.headlight.incomplete`;
const slowly = ({ kind }: { kind: string }) => (kind === 'cdn' ? SLOW : null);
const failureOf = (reason: string) => ({ failure: expect.objectContaining({ reason }) });

describe('the hub’s channels', () => {
  it('fetch a model, tell of it on the way, and list it in the cache', async () => {
    const { server, ask, until, cacheFolder, hub } = await testHub();
    server.fault = slowly;
    const told: Download[] = [];
    hub.downloads.subscribe((list) => told.push(...list));
    expect(await ask('hub.fetch', { model: REPO })).toMatchObject({ id: `${REPO}@main`, revision: 'main' });
    const ended = await until((download) => download?.state === 'done');
    const commit = server.commitOf(REPO);
    expect(ended).toMatchObject({ commit, failure: null, bytes: ended.total });
    expectSnapshot({ folder: path.join(cacheFolder, 'models--someone--tiny', 'snapshots', commit) }, repo);
    const bytes = told.filter(({ stage }) => stage === 'downloading').map((each) => each.bytes);
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
    expect(bytes.length).toBeGreaterThan(1);
    const overview = (await ask('hub.overview')) as HubOverview;
    expect(overview.cache).toMatchObject([{ repo: REPO, bytes: ended.total, revisions: [{ commit, refs: ['main'] }] }]);
    expect(overview).toMatchObject({ host: new URL(server.url).host, offline: false, folder: cacheFolder });
    expect(overview.curated.map(({ repo: each }) => each)).toContain('openai-community/gpt2');
    expect(await ask('hub.delete', { repo: REPO })).toEqual({ freed: ended.total });
    expect(((await ask('hub.overview')) as HubOverview).cache).toEqual([]);
  });

  it('pause, go on with what came, and cancel without a trace', async () => {
    const { server, ask, until, cacheFolder } = await testHub();
    server.fault = slowly;
    const id = `${REPO}@main`;
    await ask('hub.fetch', { model: REPO });
    await until((download) => (download?.bytes ?? 0) > 60_000);
    await ask('hub.pause', { id });
    const paused = await until((download) => download?.state === 'paused');
    expect(paused.bytes).toBeGreaterThan(60_000);
    expect(paused.bytesPerSecond).toBeNull();
    await ask('hub.resume', { id });
    await until((download) => download?.stage === 'downloading' && download.bytes > paused.bytes);
    const ranges = server.requests.filter(({ kind }) => kind === 'cdn').map(({ range }) => range);
    expect(ranges[1]).toMatch(/^bytes=\d{5,}-$/);
    expect(existsSync(path.join(cacheFolder, partial))).toBe(true);
    await ask('hub.cancel', { id });
    expect(await ask('hub.downloads')).toEqual([]);
    expect(existsSync(path.join(cacheFolder, 'models--someone--tiny'))).toBe(false);
    await expect(ask('hub.resume', { id })).rejects.toMatchObject(failureOf('hub-no-download'));
  });

  it('go on at the next start with what was under way, and leave alone what was paused', async () => {
    const first = await testHub();
    first.server.fault = slowly;
    await first.ask('hub.fetch', { model: REPO });
    await first.ask('hub.fetch', { model: 'other/bert-small' });
    await first.ask('hub.pause', { id: 'other/bert-small@main' });
    await first.until((download) => (download?.bytes ?? 0) > 60_000);
    await first.hub.stop();
    expect(JSON.parse(readFileSync(path.join(first.settingsFolder, 'downloads.json'), 'utf8'))).toEqual({
      downloads: [
        { repo: REPO, revision: 'main', paused: false },
        { repo: 'other/bert-small', revision: 'main', paused: true },
      ],
    });
    first.server.fault = null;
    const second = first.again();
    await second.hub.downloads.restore();
    const done = await second.until((download) => download?.state === 'done');
    expect(done.id).toBe(`${REPO}@main`);
    expect(first.server.requests.filter(({ kind }) => kind === 'cdn').at(-1)!.range).toMatch(/^bytes=\d{5,}-$/);
    expect(second.hub.downloads.list().map(({ state }) => state)).toEqual(['done', 'paused']);
    await second.hub.stop();
    const third = first.again();
    await third.hub.downloads.restore();
    expect(third.hub.downloads.list().map(({ id }) => id)).toEqual(['other/bert-small@main']);
  });

  it.each(['{', '[]', '{"downloads": [1, {"repo": "../x", "revision": "main"}, {"repo": "a/b"}]}'])(
    'begin with nothing after %s',
    async (text) => {
      const { hub, settingsFolder } = await testHub();
      writeFileSync(path.join(settingsFolder, 'downloads.json'), text);
      await hub.downloads.restore();
      expect(hub.downloads.list()).toEqual([]);
    },
  );

  it('say why a download failed, and try again', async () => {
    const { server, ask, until } = await testHub({ gatedBy: 'hf_secret' });
    await ask('hub.fetch', { model: REPO });
    const failed = await until((download) => download?.state === 'failed');
    expect(failed.failure).toMatchObject({ code: 'not-found', reason: 'hub-gated' });
    expect(await ask('hub.setToken', { token: ' hf_secret ' })).toEqual({ from: 'session', keeps: 'session' });
    await ask('hub.fetch', { model: REPO });
    await until((download) => download?.state === 'done');
    expect(
      server.requests.filter(({ kind }) => kind === 'cdn').every(({ authorization }) => authorization === null),
    ).toBe(true);
  });

  it('search, and tell what a repository would bring', async () => {
    const { ask } = await testHub();
    expect(await ask('hub.search', { query: 'bert' })).toEqual([
      { repo: 'other/bert-small', family: 'gpt2', license: 'mit', downloads: 1, gated: false },
    ]);
    const info = (await ask('hub.info', { model: REPO })) as HubInfo;
    expect(info).toMatchObject({ repo: REPO, family: 'gpt2', license: 'mit', problem: null });
    expect(info.files.map(({ path: file }) => file)).toContain('model.safetensors');
    expect(info.bytes).toBe(info.files.reduce((sum, { bytes }) => sum + bytes, 0));
    await expect(ask('hub.info', { model: 'no/body' })).rejects.toMatchObject(failureOf('hub-unauthorized'));
  });

  it('ask no network where the environment forbids it', async () => {
    const { ask, until, server } = await testHub({}, { env: { HF_HUB_OFFLINE: '1' } });
    expect(await ask('hub.overview')).toMatchObject({ offline: true });
    await expect(ask('hub.search', { query: 'x' })).rejects.toMatchObject(failureOf('hub-offline'));
    await ask('hub.fetch', { model: REPO });
    expect((await until((download) => download?.state === 'failed')).failure).toMatchObject({ reason: 'hub-offline' });
    expect(server.requests).toEqual([]);
  });

  it('fetch into another folder once that is chosen, keep the choice, and give it up again', async () => {
    const { ask, until, server, again, settingsFolder } = await testHub({}, { env: { HF_HUB_CACHE: '', HF_HOME: '' } });
    const usual = (await ask('hub.overview')) as HubOverview;
    expect(['default', 'XDG_CACHE_HOME']).toContain(usual.folderFrom);
    const folder = path.join(settingsFolder, 'models', 'here');
    expect(await ask('hub.setFolder', { folder })).toMatchObject({ folder, folderFrom: 'setting' });
    await ask('hub.fetch', { model: REPO });
    await until((download) => download?.state === 'done');
    expectSnapshot({ folder: path.join(folder, 'models--someone--tiny', 'snapshots', server.commitOf(REPO)) }, repo);
    expect(await again().ask('hub.overview')).toMatchObject({ folder, cache: [{ repo: REPO }] });
    expect(await ask('hub.setFolder', { folder: null })).toMatchObject({ folder: usual.folder });
  });

  it('keep the folder that a variable names, and refuse one that cannot be', async () => {
    const { ask, cacheFolder, settingsFolder } = await testHub();
    const own = path.join(settingsFolder, 'own');
    expect(await ask('hub.setFolder', { folder: own })).toMatchObject({
      folder: cacheFolder,
      folderFrom: 'HF_HUB_CACHE',
    });
    await expect(ask('hub.setFolder', { folder: 'here' })).rejects.toMatchObject(failureOf('folder-not-absolute'));
    const file = path.join(settingsFolder, 'file');
    writeFileSync(file, '');
    const below = path.join(file, 'below');
    await expect(ask('hub.setFolder', { folder: below })).rejects.toMatchObject(failureOf('disk-refused'));
    const forgetful = await testHub({}, { settingsFolder: null });
    await expect(forgetful.ask('hub.setFolder', { folder: own })).rejects.toMatchObject(failureOf('settings-not-kept'));
  });

  it('never answer with a token', async () => {
    const { ask } = await testHub({}, { env: { HF_TOKEN: 'hf_environment' } });
    expect(((await ask('hub.overview')) as HubOverview).token).toEqual({ from: 'environment', keeps: 'session' });
    const given = (await ask('hub.setToken', { token: 'hf_given' })) as HubToken;
    expect(given.from).toBe('session');
    expect(JSON.stringify([given, await ask('hub.overview')])).not.toContain('hf_');
    expect(await ask('hub.setToken', { token: null })).toMatchObject({ from: 'environment' });
    for (const token of ['', 'a b', 'x\ny', 'é']) {
      await expect(ask('hub.setToken', { token })).rejects.toMatchObject(failureOf('hub-token-invalid'));
    }
  });

  it.each([
    ['hub.fetch', { model: '../../x' }],
    ['hub.delete', { repo: '../x', commit: null }],
    ['hub.fetch', { model: 'x'.repeat(501) }],
    ['hub.pause', {}],
    ['hub.setToken', { token: 5 }],
  ])('%s refuses %j', async (channel, payload) => {
    const { ask } = await testHub();
    await expect(ask(channel, payload)).rejects.toMatchObject({ failure: { code: 'bad-request' } });
  });
});

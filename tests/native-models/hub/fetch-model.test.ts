import { existsSync, lstatSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '../../support/hub-server.ts';
import { modelErrorOf } from '../checkpoint/support.ts';
import {
  expectNoWrongBlob,
  expectSnapshot,
  fetching,
  filesBelow,
  hubWith,
  lineTo,
  randomRepo,
  REPO,
} from './support.ts';
import type { FetchProgress } from '../../../native-models/hub/index.ts';
import type { Fault, HubRepo, HubServer } from '../../support/hub-server.ts';

const links = process.platform !== 'win32';
const repo = randomRepo(1);
const weights = repo.files['model.safetensors']!;

async function setUp(changes: Partial<HubRepo> = {}, token: string | null = null) {
  const hub = await hubWith({ [REPO]: { ...repo, ...changes } });
  const line = await lineTo(hub, token);
  return { hub, ...line, ...fetching(line.connection) };
}

/** The first answers of the CDN are these faults, then it is well. */
function cdnFaults(hub: HubServer, faults: readonly Fault[]): void {
  let at = 0;
  hub.fault = ({ kind }) => (kind === 'cdn' ? (faults[at++] ?? null) : null);
}

describe('fetchModel', () => {
  it('brings what is wanted into huggingface_hub’s layout, and nothing else', async () => {
    const { hub, cacheFolder, fetch } = await setUp();
    const stages: FetchProgress[] = [];
    const model = await fetch({ onProgress: (progress) => stages.push(progress) });
    expectSnapshot(model, repo);
    const root = path.join(cacheFolder, 'models--someone--tiny');
    expect(model).toMatchObject({ repo: REPO, commit: hub.commitOf(REPO), fetched: model.bytes });
    expect(readFileSync(path.join(root, 'refs', 'main'), 'utf8')).toBe(hub.commitOf(REPO));
    expect(existsSync(path.join(root, 'blobs', sha256Of(weights)))).toBe(true);
    if (links) expect(lstatSync(path.join(model.folder, 'model.safetensors')).isSymbolicLink()).toBe(true);
    expect(filesBelow(cacheFolder).filter((name) => /incomplete|headlight|\.tmp/u.test(name))).toEqual([]);
    expect(stages[0]!.stage).toBe('resolving');
    expect(stages.at(-1)).toEqual({ stage: 'linking', bytes: model.bytes, total: model.bytes, file: null });
    expect(hub.requests.filter(({ url }) => url.includes('pytorch_model'))).toEqual([]);
  });

  it('fetches nothing twice, and takes a commit for a revision without a ref', async () => {
    const { hub, cacheFolder, fetch } = await setUp();
    await fetch({ revision: hub.commitOf(REPO) });
    expect(existsSync(path.join(cacheFolder, 'models--someone--tiny', 'refs'))).toBe(false);
    const before = hub.sent.bytes;
    expect((await fetch()).fetched).toBe(0);
    expect(hub.sent.bytes).toBe(before);
    expect(existsSync(path.join(cacheFolder, 'models--someone--tiny', 'refs', 'main'))).toBe(true);
  });

  it('goes on where a cut connection ended, with Range and If-Range', async () => {
    const { hub, fetch } = await setUp();
    cdnFaults(hub, [{ kind: 'cut', bytes: 70_000 }]);
    expectSnapshot(await fetch(), repo);
    const asked = hub.requests.filter(({ kind }) => kind === 'cdn');
    expect(asked.map(({ range }) => range)).toEqual([null, 'bytes=70000-']);
    expect(asked[1]!.ifRange).toBe(`"md5-${sha256Of(weights).slice(0, 8)}"`);
  });

  it('stops at the signal, keeps what came, and goes on with it the next time', async () => {
    const { hub, cacheFolder, fetch } = await setUp();
    cdnFaults(hub, [{ kind: 'drip', bytes: 20_000, pause: 5 }]);
    const stop = new AbortController();
    const onProgress = ({ file, bytes }: FetchProgress): void => {
      if (file === 'model.safetensors' && bytes > 60_000) stop.abort(new Error('paused'));
    };
    await expect(fetch({ signal: stop.signal, onProgress })).rejects.toThrow('paused');
    const partial = path.join(
      cacheFolder,
      'models--someone--tiny',
      'blobs',
      `${sha256Of(weights)}.headlight.incomplete`,
    );
    const { size } = statSync(partial);
    expect(size).toBeGreaterThan(40_000);
    expect(existsSync(path.join(cacheFolder, 'models--someone--tiny', 'snapshots'))).toBe(false);
    const model = await fetch();
    expectSnapshot(model, repo);
    expect(model.fetched).toBe(weights.length - size);
    expect(hub.requests.filter(({ kind }) => kind === 'cdn').at(-1)!.range).toBe(`bytes=${size}-`);
    expect(existsSync(partial)).toBe(false);
  });

  it.each<[string, Fault[]]>([
    ['a server that knows no ranges', [{ kind: 'cut', bytes: 90_000 }, { kind: 'no-range' }]],
    [
      'another part than was asked for',
      [
        { kind: 'cut', bytes: 90_000 },
        { kind: 'other-part', by: 7 },
      ],
    ],
    ['one wrong byte', [{ kind: 'flip', at: 12_345 }]],
    ['more bytes than there are', [{ kind: 'length', bytes: 10 }]],
    ['fewer bytes than there are', [{ kind: 'length', bytes: -10 }]],
    ['a server that stops sending', [{ kind: 'stall', bytes: 30_000 }]],
    [
      '503 and 504',
      [
        { kind: 'status', status: 503 },
        { kind: 'status', status: 504 },
      ],
    ],
  ])('comes to the right file after %s', async (_name, faults) => {
    const { hub, cacheFolder, fetch } = await setUp();
    cdnFaults(hub, faults);
    expectSnapshot(await fetch(), repo);
    expectNoWrongBlob(cacheFolder);
  });

  it('waits as long as Retry-After says', async () => {
    const { hub, waits, fetch } = await setUp();
    cdnFaults(hub, [{ kind: 'status', status: 429, headers: { 'Retry-After': '7' } }]);
    expectSnapshot(await fetch(), repo);
    expect(waits).toEqual([7_000]);
  });

  it.each<[string, Fault, string]>([
    ['429 for an hour', { kind: 'status', status: 429, headers: { 'Retry-After': '3600' } }, 'hub-too-many'],
    ['500 for ever', { kind: 'status', status: 500 }, 'hub-status'],
    ['cuts for ever', { kind: 'cut', bytes: 0 }, 'hub-unreachable'],
    ['a wrong byte for ever', { kind: 'flip', at: 3 }, 'hub-hash'],
    ['a wrong length for ever', { kind: 'length', bytes: 5 }, 'hub-length'],
    ['410', { kind: 'status', status: 410 }, 'hub-status'],
  ])('says so after %s, and no file has its final name', async (_name, fault, reason) => {
    const { hub, cacheFolder, fetch } = await setUp();
    hub.fault = ({ kind }) => (kind === 'cdn' ? fault : null);
    expect(await modelErrorOf(() => fetch())).toMatchObject({ code: 'network', reason });
    expect(existsSync(path.join(cacheFolder, 'models--someone--tiny', 'blobs', sha256Of(weights)))).toBe(false);
    expect(existsSync(path.join(cacheFolder, 'models--someone--tiny', 'snapshots'))).toBe(false);
    hub.fault = null;
    expectSnapshot(await fetch(), repo);
  });

  it('ends with a server that always cuts and knows no ranges', async () => {
    const { hub, fetch } = await setUp();
    hub.fault = ({ kind }) => (kind === 'cdn' ? { kind: 'cut', bytes: 9_000, whole: true } : null);
    expect(await modelErrorOf(() => fetch())).toMatchObject({ reason: 'hub-unreachable' });
    expect(hub.requests.filter(({ kind }) => kind === 'cdn').length).toBeLessThan(10);
  });

  it('gives the token to the hub and not to its CDN', async () => {
    const { hub, fetch } = await setUp({ gatedBy: 'hf_secret' }, 'hf_secret');
    expectSnapshot(await fetch(), repo);
    const given = (kind: string): (string | null)[] => [
      ...new Set(hub.requests.filter((seen) => seen.kind === kind).map(({ authorization }) => authorization)),
    ];
    expect(given('resolve')).toEqual(['Bearer hf_secret']);
    expect(given('info')).toEqual(['Bearer hf_secret']);
    expect(given('cdn')).toEqual([null]);
  });

  it.each<[string, Partial<HubRepo>, string | null, string]>([
    ['a gated repository without a token', { gatedBy: 'hf_a' }, null, 'hub-gated'],
    ['a gated repository with the token of another', { gatedBy: 'hf_a' }, 'hf_b', 'hub-gated'],
    ['a private repository without a token', { privateFor: 'hf_a' }, null, 'hub-unauthorized'],
    ['a private repository with the token of another', { privateFor: 'hf_a' }, 'hf_b', 'hub-token-refused'],
  ])('says what to do about %s, without the token', async (_name, changes, token, reason) => {
    const { fetch } = await setUp(changes, token);
    const error = await modelErrorOf(() => fetch());
    expect(error).toMatchObject({ code: 'not-found', reason });
    expect(`${error.message} ${JSON.stringify(error.values)}`).not.toContain('hf_');
  });

  it.each<[string, Partial<Record<'repo' | 'revision', string>>, string]>([
    ['a revision that there is not', { revision: 'v9' }, 'hub-not-found'],
    ['a repository that there is not', { repo: 'someone/else' }, 'hub-unauthorized'],
    ['a name that is none', { repo: '../../etc' }, 'hub-repo-invalid'],
    ['a revision that is a path', { revision: '../main' }, 'hub-revision-invalid'],
  ])('refuses %s', async (_name, changes, reason) => {
    const { fetch } = await setUp();
    expect(await modelErrorOf(() => fetch(changes))).toMatchObject({ reason });
  });

  it.each<[string, Record<string, Uint8Array>, string]>([
    ['no safetensors', { 'config.json': Buffer.from('{}'), 'vocab.txt': Buffer.from('a') }, 'hub-no-weights'],
    ['no config', { 'model.safetensors': weights, 'vocab.txt': Buffer.from('a') }, 'hub-no-config'],
    ['no tokenizer', { 'model.safetensors': weights, 'config.json': Buffer.from('{}') }, 'hub-no-tokenizer'],
    ['a file that would lie elsewhere', { ...repo.files, '../evil.json': Buffer.from('x') }, 'hub-answer'],
  ])('refuses a repository with %s before anything is written', async (_name, files, reason) => {
    const { cacheFolder, fetch } = await setUp({ files });
    expect(await modelErrorOf(() => fetch())).toMatchObject({ reason });
    expect(filesBelow(cacheFolder)).toEqual([]);
  });

  it('asks for room first, and for no more than is missing', async () => {
    const { hub, cacheFolder, fetch } = await setUp();
    const error = await modelErrorOf(() => fetch({ free: async () => 100_000_000 - 1e8 + 1000 }));
    expect(error).toMatchObject({ code: 'disk', reason: 'disk-space' });
    expect(hub.sent.bytes).toBe(0);
    expectSnapshot(await fetch(), repo);
    expect((await fetch({ free: async () => 0 })).fetched).toBe(0);
    expectNoWrongBlob(cacheFolder);
  });

  it('replaces a blob that is not what its name says', async () => {
    const { cacheFolder, fetch } = await setUp();
    await fetch();
    const blob = path.join(cacheFolder, 'models--someone--tiny', 'blobs', sha256Of(weights));
    truncateSync(blob, 1000);
    expect((await fetch()).fetched).toBe(weights.length);
    const damaged = Buffer.from(weights);
    damaged[5]! ^= 1;
    writeFileSync(blob, damaged);
    const model = await fetch();
    expect(model.fetched).toBe(weights.length);
    expectSnapshot(model, repo);
  });

  it('puts files in the place of links where there are none, and finds them again', async () => {
    const { cacheFolder, fetch } = await setUp();
    const makeLink = (): Promise<void> => Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' }));
    const model = await fetch({ makeLink });
    expectSnapshot(model, repo);
    expect(lstatSync(path.join(model.folder, 'model.safetensors')).isFile()).toBe(true);
    expect(existsSync(path.join(cacheFolder, 'models--someone--tiny', 'blobs', sha256Of(weights)))).toBe(false);
    const again = await fetch({ makeLink });
    expect(again.fetched).toBe(0);
    expectSnapshot(again, repo);
  });

  it('understands no answer that is none of the hub’s', async () => {
    const { hub, fetch } = await setUp();
    hub.fault = ({ kind }) => (kind === 'info' ? { kind: 'nonsense' } : null);
    expect(await modelErrorOf(() => fetch())).toMatchObject({ code: 'network', reason: 'hub-answer' });
  });

  it('says that nothing answers', async () => {
    const { hub, fetch } = await setUp();
    await hub.close();
    const error = await modelErrorOf(() => fetch());
    expect(error).toMatchObject({ code: 'network', reason: 'hub-unreachable' });
    expect(error.message).toContain('nothing answers there');
  });
});

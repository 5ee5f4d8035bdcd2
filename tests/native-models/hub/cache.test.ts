import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deleteCached, scanCache, scanRepo } from '../../../native-models/hub/index.ts';
import { repoFolders } from '../../../native-models/hub/layout.ts';
import { tryLock } from '../../../native-models/hub/lock.ts';
import { startHubServer } from '../../support/hub-server.ts';
import type { HubRepo } from '../../support/hub-server.ts';
import { modelErrorOf, temporaryFolder } from '../checkpoint/support.ts';
import { expectSnapshot, fetching, hubWith, lineTo, randomRepo, REPO } from './support.ts';

const old = randomRepo(1, 50_000);
/** The next commit has another config and the same weights. */
const next: HubRepo = { files: { ...old.files, 'config.json': Buffer.from('{"model_type":"gpt2","next":true}') } };
const sizeOf = ({ files }: HubRepo): number =>
  Object.entries(files).reduce((sum, [name, { length }]) => sum + (name === 'pytorch_model.bin' ? 0 : length), 0);

/** A cache with two commits of one repository, and another one. */
async function twoCommits() {
  const cacheFolder = temporaryFolder();
  const first = await hubWith({ [REPO]: old, 'someone/else': randomRepo(2, 10_000) });
  const line = fetching((await lineTo(first)).connection, cacheFolder);
  const a = await line.fetch();
  await line.fetch({ repo: 'someone/else' });
  const second = await startHubServer({ repos: { [REPO]: next } });
  const b = await fetching((await lineTo(second)).connection, cacheFolder).fetch();
  await second.close();
  return { cacheFolder, a, b };
}

describe('scanCache', () => {
  it('counts a blob once, and gives each revision its size and refs', async () => {
    const { cacheFolder, a, b } = await twoCommits();
    expect(b.fetched).toBe(next.files['config.json']!.length);
    const [repo, other] = await scanCache(cacheFolder);
    expect(repo).toMatchObject({ repo: REPO, partialBytes: 0, bytes: sizeOf(old) + b.fetched });
    expect(other!.repo).toBe('someone/else');
    const revision = (commit: string) => repo!.revisions.find((each) => each.commit === commit);
    expect(revision(b.commit)).toMatchObject({ refs: ['main'], bytes: sizeOf(next), ownBytes: b.fetched, files: 4 });
    expect(revision(a.commit)).toMatchObject({ refs: [], ownBytes: old.files['config.json']!.length, isModel: true });
  });

  it('counts what a download left', async () => {
    const cacheFolder = temporaryFolder();
    const { blobs } = repoFolders(cacheFolder, REPO);
    mkdirSync(blobs, { recursive: true });
    writeFileSync(join(blobs, `${'0'.repeat(64)}.headlight.incomplete`), Buffer.alloc(77));
    expect(await scanCache(cacheFolder)).toMatchObject([{ repo: REPO, bytes: 77, partialBytes: 77, revisions: [] }]);
    expect(await deleteCached(cacheFolder, REPO)).toBe(77);
    expect(await scanCache(cacheFolder)).toEqual([]);
  });

  it('is empty where there is no cache, and passes by what is none of it', async () => {
    const cacheFolder = temporaryFolder();
    expect(await scanCache(join(cacheFolder, 'nowhere'))).toEqual([]);
    mkdirSync(join(cacheFolder, 'models--a--..--b'));
    mkdirSync(join(cacheFolder, 'datasets--a--b'));
    writeFileSync(join(cacheFolder, 'models--file'), 'x');
    expect(await scanCache(cacheFolder)).toEqual([]);
  });
});

describe('deleteCached', () => {
  it('frees what no other revision uses, and leaves the other whole', async () => {
    const { cacheFolder, a, b } = await twoCommits();
    expect(await deleteCached(cacheFolder, REPO, a.commit)).toBe(old.files['config.json']!.length);
    expect(existsSync(a.folder)).toBe(false);
    expectSnapshot(b, next);
    expect(await deleteCached(cacheFolder, REPO, b.commit)).toBe(sizeOf(next));
    expect(existsSync(repoFolders(cacheFolder, REPO).root)).toBe(false);
    expect((await scanCache(cacheFolder)).map(({ repo }) => repo)).toEqual(['someone/else']);
  });

  it('forgets the branch that named the revision', async () => {
    const { cacheFolder, b } = await twoCommits();
    const main = join(repoFolders(cacheFolder, REPO).refs, 'main');
    expect(readFileSync(main, 'utf8')).toBe(b.commit);
    await deleteCached(cacheFolder, REPO, b.commit);
    expect(existsSync(main)).toBe(false);
    expect((await scanRepo(cacheFolder, REPO)).revisions).toHaveLength(1);
  });

  it('refuses what is not there, what is being fetched, and what is no repository', async () => {
    const { cacheFolder, a } = await twoCommits();
    const reasonOf = async (repo: string, commit: string | null): Promise<string> =>
      (await modelErrorOf(() => deleteCached(cacheFolder, repo, commit))).reason;
    expect(await reasonOf('no/body', null)).toBe('hub-not-cached');
    expect(await reasonOf(REPO, 'f'.repeat(40))).toBe('hub-not-cached');
    expect(await reasonOf('../x', null)).toBe('hub-repo-invalid');
    const lock = await tryLock(repoFolders(cacheFolder, REPO).lock);
    expect(await reasonOf(REPO, null)).toBe('hub-in-use');
    await lock!.release();
    expectSnapshot(a, old);
  });
});

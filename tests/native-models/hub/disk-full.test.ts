import { statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fullAfter } from '../../support/full-disk.ts';
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

describe('a disk that gets full during a download', () => {
  it('is an error in words; nothing has its final name, and with room the download goes on with Range', async () => {
    const repo = randomRepo(21);
    const hub = await hubWith({ [REPO]: repo });
    const { connection } = await lineTo(hub);
    const { cacheFolder, fetch } = fetching(connection);
    const makeRoom = await fullAfter(100_000);
    const error = await modelErrorOf(() => fetch());
    expect(error).toMatchObject({ code: 'disk', reason: 'disk-full' });
    expect(error.message).toMatch(/^The disk is full: .* could not be written\.$/u);
    const oid = sha256Of(repo.files['model.safetensors'] ?? new Uint8Array());
    const left = filesBelow(cacheFolder);
    expect(left.filter((name) => name.includes('snapshots/') || name.endsWith(oid))).toEqual([]);
    expectNoWrongBlob(cacheFolder);
    const partial =
      left.find((name) => name.endsWith(`${oid}.headlight.incomplete`)) ?? expect.unreachable(left.join());
    const { size } = statSync(path.join(cacheFolder, partial));
    expect(size).toBeGreaterThan(80_000);
    makeRoom();
    expectSnapshot(await fetch(), repo);
    expect(hub.requests.filter(({ kind }) => kind === 'cdn').at(-1)?.range).toBe(`bytes=${size}-`);
    expectNoWrongBlob(cacheFolder);
  });

  it('100 times at a drawn byte: never a wrong file under a final name', { timeout: 60_000 }, async () => {
    const repo = randomRepo(22, 20_000);
    const hub = await hubWith({ [REPO]: repo });
    const { connection } = await lineTo(hub);
    for (let index = 0; index < 100; index++) {
      const { cacheFolder, fetch } = fetching(connection);
      // The repository has some 25,000 bytes, so that a few of the draws leave room for all of it.
      const makeRoom = await fullAfter(Math.floor((index * 26_500) / 100));
      const failed = await fetch().then(
        () => null,
        (error: unknown) => error,
      );
      if (failed !== null) expect(failed, `case ${index}`).toMatchObject({ reason: 'disk-full' });
      expectNoWrongBlob(cacheFolder);
      makeRoom();
      expectSnapshot(await fetch(), repo);
    }
  });
});

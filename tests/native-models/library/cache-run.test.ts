/** A checkpoint in the Hugging Face cache, where every file is a symlink into `blobs`, opens and runs from its own bytes. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { listModels, openModel, runText, slice } from '../../../native-models/index.ts';
import { assertClose } from '../../support/close.ts';
import { fixtures, goldenCases } from '../../support/fixtures.ts';

const REVISION = 'a'.repeat(40);

/** Lays `tests/fixtures/tiny-gpt2` out as `models--someone--tiny`; false where the system gives no symlinks to ordinary users. */
function cacheWithSymlinks(hub: string): boolean {
  const repository = path.join(hub, 'models--someone--tiny');
  const [blobs, snapshot] = [path.join(repository, 'blobs'), path.join(repository, 'snapshots', REVISION)];
  for (const folder of [blobs, snapshot, path.join(repository, 'refs')]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(repository, 'refs', 'main'), REVISION);
  const source = path.join(fixtures, 'tiny-gpt2');
  for (const [index, file] of readdirSync(source).entries()) {
    cpSync(path.join(source, file), path.join(blobs, `blob${index}`));
    try {
      symlinkSync(path.join('..', '..', 'blobs', `blob${index}`), path.join(snapshot, file));
    } catch (error) {
      if (process.platform === 'win32') return false;
      throw error;
    }
  }
  return true;
}

describe('a model in the Hugging Face cache', () => {
  it('is listed by its repository, opens through its symlinks, and gives the reference values', async (context) => {
    const hub = mkdtempSync(path.join(tmpdir(), 'headlight-hub-'));
    if (!cacheWithSymlinks(hub)) context.skip('this Windows user may not make symlinks');
    vi.stubEnv('HF_HUB_CACHE', hub);
    const entry = (await listModels()).find(({ id }) => id === 'someone/tiny');
    expect(entry).toMatchObject({ source: 'huggingface', family: 'gpt2', problem: null, revision: REVISION });
    const model = await openModel('someone/tiny', { device: 'cpu' });
    const golden = goldenCases('tiny-gpt2')[0]!;
    const final = await slice(await runText(model, golden.input), 'decoder.final');
    assertClose(final.data, golden.values.get('decoder.final')!.data as Float32Array, { atol: 1e-5, rtol: 1e-4 });
    await model.dispose();
  });
});

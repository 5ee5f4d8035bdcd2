/**
 * The cache is Python's too: what we fetch huggingface_hub finds, and what it fetched is here. `HEADLIGHT_PYTHON` (or the environment that
 * npm test sets up) names a Python; without huggingface_hub in it there is nothing to ask.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deleteCached, scanCache } from '../../../native-models/hub/index.ts';
import { findTrainingPython } from '../../support/training-python.ts';
import { expectSnapshot, fetching, hubWith, lineTo, randomRepo, REPO } from './support.ts';

const found = findTrainingPython();
const python = 'python' in found ? found.python : '';
const hasHub = python !== '' && spawnSync(python, ['-c', 'import huggingface_hub']).status === 0;
const repo = randomRepo(3);

/** Runs a script; its last line of output as JSON. */
async function ask(script: string, env: Record<string, string>): Promise<unknown> {
  const child = spawn(python, ['-c', script], {
    env: {
      ...process.env,
      HF_HUB_OFFLINE: '0',
      HF_HUB_DISABLE_XET: '1',
      HF_HUB_DISABLE_TELEMETRY: '1',
      NO_PROXY: '127.0.0.1',
      ...env,
    },
  });
  let [text, errors] = ['', ''];
  child.stdout.on('data', (piece) => (text += String(piece)));
  child.stderr.on('data', (piece) => (errors += String(piece)));
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  expect(code, errors).toBe(0);
  return JSON.parse(text.trim().split('\n').at(-1) ?? '');
}

const SCAN = `
import json
from huggingface_hub import scan_cache_dir, try_to_load_from_cache, snapshot_download
info = scan_cache_dir()
print(json.dumps({
    "warnings": [str(w) for w in info.warnings],
    "repos": [{
        "id": r.repo_id, "bytes": r.size_on_disk,
        "revisions": [{"commit": v.commit_hash, "refs": sorted(v.refs), "files": sorted(f.file_name for f in v.files)} for v in r.revisions],
    } for r in info.repos],
    "weights": try_to_load_from_cache("${REPO}", "model.safetensors"),
    "offline": snapshot_download("${REPO}", local_files_only=True),
}))`;

const DOWNLOAD = `
import json
from huggingface_hub import snapshot_download
print(json.dumps(snapshot_download("${REPO}", allow_patterns=["*.json", "*.md", "*.safetensors"])))`;

describe.skipIf(!hasHub)('Python’s huggingface_hub', () => {
  it('finds what was fetched here, with nothing to warn of', async () => {
    const hub = await hubWith({ [REPO]: repo });
    const { cacheFolder, fetch } = fetching((await lineTo(hub)).connection);
    const model = await fetch();
    const wanted = Object.keys(repo.files).filter((name) => name !== 'pytorch_model.bin');
    const answer = await ask(SCAN, { HF_HUB_CACHE: cacheFolder });
    expect(answer).toEqual({
      warnings: [],
      repos: [
        { id: REPO, bytes: model.bytes, revisions: [{ commit: model.commit, refs: ['main'], files: wanted.sort() }] },
      ],
      weights: join(model.folder, 'model.safetensors'),
      offline: model.folder,
    });
  }, 60_000);

  it('fetched it already: nothing is fetched again, and it is listed and deleted', async () => {
    const hub = await hubWith({ [REPO]: repo });
    const { cacheFolder, fetch } = fetching((await lineTo(hub)).connection);
    const folder = await ask(DOWNLOAD, { HF_HUB_CACHE: cacheFolder, HF_ENDPOINT: hub.url });
    const [cached] = await scanCache(cacheFolder);
    expect(cached).toMatchObject({
      repo: REPO,
      revisions: [{ commit: hub.commitOf(REPO), refs: ['main'], isModel: true, folder }],
    });
    const before = hub.sent.bytes;
    const model = await fetch();
    expect([model.fetched, model.folder, hub.sent.bytes]).toEqual([0, folder, before]);
    expectSnapshot(model, repo);
    expect(readFileSync(join(cacheFolder, 'CACHEDIR.TAG'), 'utf8')).toContain('8a477f597d28d172789f06886806bc55');
    expect(await deleteCached(cacheFolder, REPO)).toBe(cached!.bytes);
  }, 60_000);
});

import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../native-models/checkpoint/checkpoint.ts';
import { modelErrorOf, temporaryFolder, writeJson, writeTinyWeights } from './support.ts';

const A = { 'a.weight': { dtype: 'F32', shape: [2] } } as const;
const B = { 'b.weight': { dtype: 'F16', shape: [3] } } as const;

function modelFolder(): string {
  const folder = temporaryFolder();
  writeJson(join(folder, 'config.json'), { model_type: 'gpt2' });
  return folder;
}

/** A folder with two shards, and its index with the given weight_map. */
function shardedFolder(weightMap: unknown): string {
  const folder = modelFolder();
  writeTinyWeights(join(folder, 'model-00001-of-00002.safetensors'), A);
  writeTinyWeights(join(folder, 'model-00002-of-00002.safetensors'), B);
  writeJson(join(folder, 'model.safetensors.index.json'), { metadata: { total_size: 14 }, weight_map: weightMap });
  return folder;
}

const GOOD_MAP = { 'a.weight': 'model-00001-of-00002.safetensors', 'b.weight': 'model-00002-of-00002.safetensors' };

describe('openCheckpoint', () => {
  it('opens a folder with one weight file', async () => {
    const folder = modelFolder();
    writeTinyWeights(join(folder, 'model.safetensors'), A);
    const checkpoint = await openCheckpoint(folder);
    expect(checkpoint.folder).toBe(folder);
    expect(checkpoint.weightsFolder).toBe(realpathSync(folder));
    expect(checkpoint.config.modelType).toBe('gpt2');
    expect(checkpoint.tensors.get('a.weight')).toMatchObject({ file: 'model.safetensors', length: 8 });
    expect(checkpoint.byteLength).toBeGreaterThan(8);
  });

  it('opens shards through their index', async () => {
    const checkpoint = await openCheckpoint(shardedFolder(GOOD_MAP));
    expect([...checkpoint.tensors.values()].map(({ name, file }) => [name, file])).toEqual(Object.entries(GOOD_MAP));
  });

  it('keeps tensors that the index does not name, so that they can be listed as unused', async () => {
    const folder = shardedFolder(GOOD_MAP);
    writeTinyWeights(join(folder, 'model-00002-of-00002.safetensors'), { ...B, extra: { dtype: 'F32', shape: [1] } });
    expect([...(await openCheckpoint(folder)).tensors.keys()]).toEqual(['a.weight', 'b.weight', 'extra']);
  });

  it('takes a tensor that two shards have from the one that the index names', async () => {
    const folder = shardedFolder(GOOD_MAP);
    writeTinyWeights(join(folder, 'model-00001-of-00002.safetensors'), { ...A, ...B });
    const { tensors } = await openCheckpoint(folder);
    expect(tensors.get('b.weight')?.file).toBe('model-00002-of-00002.safetensors');
  });

  it('prefers model.safetensors to an index', async () => {
    const folder = shardedFolder(GOOD_MAP);
    writeTinyWeights(join(folder, 'model.safetensors'), A);
    expect([...(await openCheckpoint(folder)).tensors.keys()]).toEqual(['a.weight']);
  });

  // Skipped on Windows, where ordinary users may not make symlinks.
  it.skipIf(process.platform === 'win32')('follows the links of a Hugging Face cache to the real file', async () => {
    const root = temporaryFolder();
    const blobs = join(root, 'blobs');
    const snapshot = join(root, 'snapshots', 'abc');
    mkdirSync(blobs);
    mkdirSync(snapshot, { recursive: true });
    writeTinyWeights(join(blobs, 'f00d'), A);
    writeJson(join(blobs, 'beef'), { model_type: 'bert' });
    symlinkSync('../../blobs/f00d', join(snapshot, 'model.safetensors'));
    symlinkSync('../../blobs/beef', join(snapshot, 'config.json'));
    const checkpoint = await openCheckpoint(snapshot);
    expect(checkpoint.folder).toBe(snapshot);
    expect(checkpoint.weightsFolder).toBe(realpathSync(blobs));
    expect(checkpoint.tensors.get('a.weight')?.file).toBe('f00d');
    rmSync(join(blobs, 'f00d'));
    const error = await modelErrorOf(() => openCheckpoint(snapshot));
    expect(error).toMatchObject({ code: 'bad-model', reason: 'file-unreadable' });
    expect(error.message).toMatch(/model\.safetensors cannot be read: its link leads nowhere/u);
  });
});

describe('openCheckpoint refuses', () => {
  it('a folder that is not there, or a file', async () => {
    const folder = modelFolder();
    for (const path of [join(folder, 'missing'), join(folder, 'config.json')]) {
      expect(await modelErrorOf(() => openCheckpoint(path))).toMatchObject({
        code: 'not-found',
        reason: 'folder-missing',
      });
    }
  });

  it('a folder without safetensors, naming what it has', async () => {
    const folder = modelFolder();
    expect((await modelErrorOf(() => openCheckpoint(folder))).reason).toBe('weights-missing');
    writeFileSync(join(folder, 'pytorch_model.bin'), '');
    const error = await modelErrorOf(() => openCheckpoint(folder));
    expect(error.message).toMatch(/no model\.safetensors \(it has pytorch_model\.bin\)/u);
  });

  it.each([
    ['no weight_map', undefined, 'index-map'],
    ['a weight_map that is a list', [], 'index-map'],
    ['an empty weight_map', {}, 'index-map'],
    ['a shard that is a number', { a: 1 }, 'index-shard-name'],
    ['a shard in the folder above', { a: '../x.safetensors' }, 'index-shard-name'],
    ['a shard with an absolute path', { a: '/etc/x.safetensors' }, 'index-shard-name'],
    ['a shard with a Windows path', { a: 'c:\\x.safetensors' }, 'index-shard-name'],
    ['a shard in a folder below', { a: 'b/x.safetensors' }, 'index-shard-name'],
    ['a shard that is not safetensors', { a: 'config.json' }, 'index-shard-name'],
    ['a shard that is missing', { ...GOOD_MAP, c: 'model-00003.safetensors' }, 'file-unreadable'],
    ['a tensor that its shard has not', { ...GOOD_MAP, c: 'model-00001-of-00002.safetensors' }, 'index-entry'],
    ['a tensor in the wrong shard', { ...GOOD_MAP, 'a.weight': 'model-00002-of-00002.safetensors' }, 'index-entry'],
  ])('an index with %s', async (_, weightMap, reason) => {
    const error = await modelErrorOf(() => openCheckpoint(shardedFolder(weightMap)));
    expect(error).toMatchObject({ code: 'bad-model', reason });
    expect(error.message).toMatch(/index\.json|model-00003/u);
  });

  it('an index of a tensor that it does not name and two shards have', async () => {
    const folder = shardedFolder(GOOD_MAP);
    const extra = { extra: { dtype: 'F32', shape: [1] } } as const;
    writeTinyWeights(join(folder, 'model-00001-of-00002.safetensors'), { ...A, ...extra });
    writeTinyWeights(join(folder, 'model-00002-of-00002.safetensors'), { ...B, ...extra });
    expect((await modelErrorOf(() => openCheckpoint(folder))).message).toMatch(/"extra", which two of its files have/u);
  });

  it('an index with a key given twice', async () => {
    const folder = shardedFolder(GOOD_MAP);
    const text = '{"weight_map":{"a.weight":"model-00001-of-00002.safetensors","a.weight":"x.safetensors"}}';
    writeFileSync(join(folder, 'model.safetensors.index.json'), text);
    expect((await modelErrorOf(() => openCheckpoint(folder))).reason).toBe('json-duplicate-key');
  });

  // Skipped on Windows, where ordinary users may not make symlinks.
  it.skipIf(process.platform === 'win32')('shards whose links lead to two folders', async () => {
    const folder = shardedFolder(GOOD_MAP);
    const elsewhere = temporaryFolder();
    writeTinyWeights(join(elsewhere, 'shard'), B);
    rmSync(join(folder, 'model-00002-of-00002.safetensors'));
    symlinkSync(join(elsewhere, 'shard'), join(folder, 'model-00002-of-00002.safetensors'));
    const error = await modelErrorOf(() => openCheckpoint(folder));
    expect(error.reason).toBe('weights-scattered');
    expect(error.message).toContain(realpathSync(elsewhere));
  });

  it('a damaged shard, naming it', async () => {
    const folder = shardedFolder(GOOD_MAP);
    writeFileSync(join(folder, 'model-00002-of-00002.safetensors'), 'short');
    const error = await modelErrorOf(() => openCheckpoint(folder));
    expect(error.reason).toBe('header-truncated');
    expect(error.message).toContain('model-00002-of-00002.safetensors');
  });
});

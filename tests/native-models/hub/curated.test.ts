import { describe, expect, it } from 'vitest';
import { families } from '../../../native-models/families/index.ts';
import { CURATED, curatedModel, parseRepo, wantedFiles } from '../../../native-models/hub/index.ts';
import { isCommit, isSafePath } from '../../../native-models/hub/layout.ts';

describe('the curated list', () => {
  it('names repositories, revisions and files as the hub does, each once', () => {
    expect(new Set(CURATED.map(({ repo }) => repo.toLowerCase())).size).toBe(CURATED.length);
    for (const { repo, revision, weightBytes, extraFiles } of CURATED) {
      expect(parseRepo(repo)).toEqual({ repo, revision: 'main' });
      expect(revision === 'main' || isCommit(revision), repo).toBe(true);
      expect(weightBytes === null || weightBytes > 1e6).toBe(true);
      expect(extraFiles.every(isSafePath)).toBe(true);
    }
    expect(curatedModel('OpenAI-Community/GPT2')?.name).toBe('GPT-2');
  });
});

describe('wantedFiles', () => {
  const file = (path: string, bytes = 1) => ({ path, bytes, oid: '0'.repeat(40), hash: 'git-sha1' as const });
  const paths = (repo: string, names: readonly string[]): string[] =>
    wantedFiles(
      repo,
      names.map((name) => file(name)),
    ).map(({ path }) => path);

  it('takes the index and its shards where there is no single file, and no other weights', () => {
    const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
    const others = [
      'pytorch_model.bin',
      'tf_model.h5',
      'onnx/model.onnx',
      '1_Pooling/config.json',
      'adapter.safetensors',
    ];
    const base = ['config.json', 'tokenizer.json', 'model.safetensors.index.json'];
    expect(paths('a/b', [...base, ...shards, ...others])).toEqual([...base, ...shards]);
    const single = paths('a/b', [...base, ...shards, 'model.safetensors']);
    expect(single).toEqual(['config.json', 'tokenizer.json', 'model.safetensors']);
  });

  it('takes every file that a tokenizer can be made from, and says where there is none', () => {
    const base = ['config.json', 'model.safetensors'];
    const roberta = ['merges.txt', 'special_tokens_map.json', 'tokenizer_config.json', 'vocab.json'];
    expect(paths('a/b', [...base, ...roberta]).toSorted()).toEqual([...base, ...roberta].toSorted());
    for (const half of [['vocab.json'], ['merges.txt'], []]) {
      expect(() => paths('a/b', [...base, ...half])).toThrow('no vocab.json with merges.txt');
    }
  });

  it('lists models of families that Headlight computes', () => {
    for (const { family } of CURATED) expect([...families.keys()]).toContain(family);
  });

  it('takes what a curated model needs besides, small files first', () => {
    const names = ['model.safetensors', 'config.json', 'vocab.txt', '1_Pooling/config.json'];
    const files = names.map((name, at) => file(name, 10 - at));
    const wanted = wantedFiles('sentence-transformers/all-MiniLM-L6-v2', files);
    expect(wanted.map(({ path }) => path)).toEqual([...names].reverse());
  });
});

import { describe, expect, it } from 'vitest';
import { isRefName, isSafePath, parseRepo, repositoryFolder, repositoryId } from '../../../native-models/hub/layout.ts';
import { modelErrorOf } from '../checkpoint/support.ts';

describe('parseRepo', () => {
  it.each([
    ['openai-community/gpt2', 'openai-community/gpt2', 'main'],
    [' gpt2 ', 'gpt2', 'main'],
    ['GroNLP/bert-base-dutch-cased@v1', 'GroNLP/bert-base-dutch-cased', 'v1'],
    [`a/b.c_d@${'0'.repeat(40)}`, 'a/b.c_d', '0'.repeat(40)],
    ['a/b@refs/pr/1', 'a/b', 'refs/pr/1'],
    ['https://huggingface.co/google-bert/bert-base-uncased', 'google-bert/bert-base-uncased', 'main'],
    ['https://huggingface.co/a/b/tree/v2/', 'a/b', 'v2'],
    ['hf.co/a/b/blob/main/config.json', 'a/b', 'main'],
  ])('reads %s', (typed, repo, revision) => {
    expect(parseRepo(typed)).toEqual({ repo, revision });
  });

  it.each([
    '',
    '/',
    '..',
    '../x',
    'a/../b',
    'a/b/c',
    'a--b/c',
    '.hidden/x',
    'a/b.git',
    'a\\b',
    'a b/c',
    'C:/x',
    `a/${'x'.repeat(97)}`,
    'a/b\u0000',
    'https://elsewhere.example/a/b',
  ])('refuses %j as a repository', async (typed) => {
    expect(await modelErrorOf(() => parseRepo(typed))).toMatchObject({
      code: 'bad-request',
      reason: 'hub-repo-invalid',
    });
  });

  it.each(['', '..', 'a/../b', '/a', 'a//b', '.x', 'a b', 'x.lock', 'a\\b', 'x'.repeat(201)])(
    'refuses %j as a revision',
    async (revision) => {
      expect(isRefName(revision)).toBe(false);
      expect(await modelErrorOf(() => parseRepo(`a/b@${revision}`))).toMatchObject({ reason: 'hub-revision-invalid' });
    },
  );
});

describe('isSafePath', () => {
  it.each(['config.json', '1_Pooling/config.json', 'a b.txt', 'é.txt', '.gitattributes'])('takes %s', (path) => {
    expect(isSafePath(path)).toBe(true);
  });

  it.each([
    '',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a//b',
    'a/.',
    'C:\\x',
    'a\\b',
    'x:y',
    'a\u0000',
    'a.',
    'a ',
    'a\n',
  ])('refuses %j', (path) => {
    expect(isSafePath(path)).toBe(false);
  });
});

it('names a repository’s folder as huggingface_hub does, and back', () => {
  expect(repositoryFolder('openai-community/gpt2')).toBe('models--openai-community--gpt2');
  for (const repo of ['gpt2', 'a/b-c_d.e']) expect(repositoryId(repositoryFolder(repo))).toBe(repo);
});

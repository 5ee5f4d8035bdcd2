import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { checkBundled, checkBundledModels } from '../../../native-models/library/bundled-check.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

it('the models of this repository are the ones that the table of hashes names', async () => {
  const { checks } = await checkBundledModels({});
  expect(checks.map(({ id, state, problem }) => [id, state, problem])).toEqual([
    ['headlight-bert', 'verified', null],
    ['headlight-gpt', 'verified', null],
  ]);
});

it('names the file that is another one, and the model that is not there; strangers have no hash', async () => {
  const { folder: source } = await checkBundledModels({});
  const folder = await mkdtemp(path.join(tmpdir(), 'headlight-bundled-'));
  folders.push(folder);
  await cp(path.join(source, 'headlight-gpt'), path.join(folder, 'headlight-gpt'), { recursive: true });
  await cp(path.join(source, 'headlight-gpt'), path.join(folder, 'stranger'), { recursive: true });
  await writeFile(path.join(folder, 'headlight-gpt', 'tokenizer_config.json'), '{}');
  const [bert, gpt, stranger] = await checkBundled(folder);
  expect(bert).toMatchObject({ state: 'damaged', problem: 'headlight-bert/config.json cannot be read.' });
  expect(gpt?.state).toBe('damaged');
  expect(gpt?.problem).toMatch(/^headlight-gpt\/tokenizer_config\.json is not the file that was shipped/u);
  expect(stranger).toMatchObject({ id: 'stranger', state: 'unlisted' });
});

import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openCheckpoint } from '../../native-models/checkpoint/checkpoint.ts';
import { bert, ensureCheckpoint, gpt2, type RandomModel } from './random-checkpoint.ts';

let place = '';
beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), 'headlight-random-'));
  // What os.tmpdir() reads, on each system.
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, place);
});
afterEach(() => {
  rmSync(place, { recursive: true, force: true });
});

const parameters = ({ tensors }: RandomModel): number =>
  tensors.reduce((sum, [, shape]) => sum + shape.reduce((product, size) => product * size, 1), 0);

const small: RandomModel = {
  id: 'small',
  config: { model_type: 'gpt2' },
  vocabulary: 40,
  tensors: [
    ['transformer.wte.weight', [40, 8]],
    ['transformer.ln_f.weight', [8]],
  ],
};

it('gpt2 and bert have the sizes of GPT-2 small and of BERT base with its masked-LM head', () => {
  expect(parameters(gpt2)).toBe(124_439_808);
  expect(parameters(bert)).toBe(109_514_298);
});

it('ensureCheckpoint writes a checkpoint that our reader takes', async () => {
  const { tensors, config } = await openCheckpoint(ensureCheckpoint(small));
  expect(config.modelType).toBe('gpt2');
  expect(tensors.get('transformer.wte.weight')).toMatchObject({ dtype: 'F32', shape: [40, 8] });
  expect(tensors.size).toBe(2);
});

it('ensureCheckpoint keeps a file of the right size and replaces another', () => {
  const file = path.join(ensureCheckpoint(small), 'model.safetensors');
  const { mtimeMs, size } = statSync(file);
  ensureCheckpoint(small);
  expect(statSync(file).mtimeMs).toBe(mtimeMs);
  ensureCheckpoint({ ...small, tensors: small.tensors.slice(0, 1) });
  expect(statSync(file).size).toBeLessThan(size);
  expect(existsSync(`${file}.partial`)).toBe(false);
});

import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../native-models/checkpoint/checkpoint.ts';
import type { Checkpoint } from '../../../native-models/checkpoint/checkpoint.ts';
import type { ModelConfig } from '../../../native-models/checkpoint/config.ts';
import { dtypeBits } from '../../../native-models/checkpoint/dtypes.ts';
import { WeightSource } from '../../../native-models/checkpoint/weight-source.ts';
import { ModelError } from '../../../native-models/errors.ts';
import { describeFolder } from '../../../native-models/library/library.ts';
import { flipBytes, insertText, lieAboutANumber, replaceAPart, resize, seeded } from './mutations.ts';
import type { Random } from './mutations.ts';
import { safetensorsBytes, tinyHeader } from './support.ts';

/** A case that takes longer hangs; a sound one takes a few milliseconds, on a busy machine some hundred. */
const CASE_MILLISECONDS = 5_000;
const SENTENCE = /^[^\p{Cc}\p{Zl}\p{Zp}]{10,2000}\.$/u;
const SHAPES = {
  'transformer.wte.weight': [8, 4],
  'transformer.h.0.ln_1.gamma': [4],
  'transformer.h.0.attn.bias': [1, 1, 8, 8],
  'lm_head.weight': [8, 4],
};
const { header: HEADER, dataLength } = tinyHeader(
  Object.fromEntries(
    Object.entries(SHAPES).map(([name, shape], at) => [name, { dtype: at === 3 ? 'F16' : 'F32', shape }]),
  ),
);
const HEADER_TEXT = JSON.stringify({ __metadata__: { format: 'pt' }, ...HEADER });
const WEIGHTS = safetensorsBytes(HEADER_TEXT, dataLength);
const CONFIG = JSON.stringify({
  model_type: 'gpt2',
  architectures: ['GPT2LMHeadModel'],
  n_layer: 1,
  n_head: 2,
  n_embd: 4,
  n_positions: 8,
  vocab_size: 8,
  layer_norm_epsilon: 1e-5,
  scale_attn_weights: true,
  id2label: { 0: 'no' },
});
const INDEX = JSON.stringify({
  metadata: { total_size: 336 },
  weight_map: Object.fromEntries(Object.keys(SHAPES).map((name) => [name, 'model-00001-of-00001.safetensors'])),
});
const LYING_LENGTHS = [0n, 1n, 2n, 7n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n, 100_000_001n];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headlight-fuzz-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Opens a folder of exactly these files, as the app would, and uses all that opens. */
async function openAndUse(files: Files): Promise<'opened' | 'refused'> {
  rmSync(folder, { recursive: true, force: true });
  folder = mkdtempSync(join(tmpdir(), 'headlight-fuzz-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const start = performance.now();
  const outcome = await useCheckpoint();
  const entry = await describeFolder(folder, { supportedFamilies: ['gpt2', 'bert'] });
  if (entry.problem !== null) expect(entry.problem).toMatch(SENTENCE);
  expect(performance.now() - start).toBeLessThan(CASE_MILLISECONDS);
  return outcome;
}

async function useCheckpoint(): Promise<'opened' | 'refused'> {
  try {
    const checkpoint = await openCheckpoint(folder);
    expectSound(checkpoint);
    readConfigKeys(checkpoint.config);
    const weights = new WeightSource(checkpoint, { prefixes: ['transformer.'], ignored: [/attn\.bias$/u] });
    weights.take('wte.weight', [8, 4]);
    weights.take('h.0.ln_1.weight', [4]);
    weights.take('lm_head.weight', [8, 4]);
    weights.unused();
    return 'opened';
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    expect(error.message).toMatch(SENTENCE);
    return 'refused';
  }
}

function readConfigKeys(config: ModelConfig): void {
  for (const key of ['n_layer', 'n_head', 'n_embd', 'n_positions', 'vocab_size']) config.positiveInteger(key);
  config.number('layer_norm_epsilon');
  config.boolean('scale_attn_weights');
  config.stringMap('id2label');
  config.strings('architectures');
}

/** Whatever opens must be true of the file: every range inside it, as long as its shape says, none over another. */
function expectSound({ tensors, weightsFolder }: Checkpoint): void {
  const ends = new Map<string, number>();
  for (const { file, dtype, shape, offset, length } of [...tensors.values()].sort((a, b) => a.offset - b.offset)) {
    const count = shape.reduce((product, axis) => product * axis, 1);
    expect(length).toBe((count * (dtypeBits(dtype) ?? NaN)) / 8);
    expect(offset).toBeGreaterThanOrEqual(ends.get(file) ?? 8);
    expect(offset + length).toBeLessThanOrEqual(statSync(join(weightsFolder, file)).size);
    ends.set(file, offset + length);
  }
}

const SINGLE = { 'config.json': CONFIG, 'model.safetensors': WEIGHTS, 'tokenizer.json': '{}' };
const SHARDED = {
  'config.json': CONFIG,
  'model-00001-of-00001.safetensors': WEIGHTS,
  'model.safetensors.index.json': INDEX,
};
const textOf = (header: string): Buffer => safetensorsBytes(header, dataLength);
const asBytes = (change: (bytes: Uint8Array, random: Random) => Buffer) => (text: string, random: Random) =>
  change(Buffer.from(text), random);

const HEADER_MUTATIONS: Readonly<Record<string, (random: Random) => Uint8Array>> = {
  'flipped bytes': (random) => flipBytes(WEIGHTS, random),
  'cut, lengthened or pieced': (random) => resize(WEIGHTS, random),
  'lying numbers': (random) => textOf(lieAboutANumber(HEADER_TEXT, random)),
  'wrong types': (random) => textOf(replaceAPart(HEADER_TEXT, random)),
  'inserted text': (random) => textOf(insertText(HEADER_TEXT, random)),
  'lying header length': (random) =>
    safetensorsBytes(HEADER_TEXT, dataLength, random.pick([...LYING_LENGTHS, BigInt(random.below(WEIGHTS.length))])),
};
const TEXT_MUTATIONS: Readonly<Record<string, (text: string, random: Random) => string | Uint8Array>> = {
  'flipped bytes': asBytes(flipBytes),
  'cut, lengthened or pieced': asBytes(resize),
  'lying numbers': lieAboutANumber,
  'wrong types': replaceAPart,
  'inserted text': insertText,
};

describe('every damaged file either opens or is refused in one sentence', () => {
  it('opens the undamaged ones', async () => {
    expect(await openAndUse(SINGLE)).toBe('opened');
    expect(await openAndUse(SHARDED)).toBe('opened');
  });

  it.each(Object.entries(HEADER_MUTATIONS))('header: %s (240 cases)', { timeout: 300_000 }, async (_, mutate) => {
    const random = seeded(1);
    let refused = 0;
    for (let index = 0; index < 240; index++) {
      if ((await openAndUse({ ...SINGLE, 'model.safetensors': mutate(random) })) === 'refused') refused++;
    }
    expect(refused).toBeGreaterThan(40);
  });

  it.each(Object.entries(TEXT_MUTATIONS))('config.json: %s (100 cases)', { timeout: 300_000 }, async (_, mutate) => {
    const random = seeded(2);
    let refused = 0;
    for (let index = 0; index < 100; index++) {
      if ((await openAndUse({ ...SINGLE, 'config.json': mutate(CONFIG, random) })) === 'refused') refused++;
    }
    expect(refused).toBeGreaterThan(10);
  });

  it.each(Object.entries(TEXT_MUTATIONS))('shard index: %s (60 cases)', { timeout: 300_000 }, async (_, mutate) => {
    const random = seeded(3);
    for (let index = 0; index < 60; index++) {
      await openAndUse({ ...SHARDED, 'model.safetensors.index.json': mutate(INDEX, random) });
    }
  });
});

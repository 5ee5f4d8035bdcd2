import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../native-models/checkpoint/checkpoint.ts';
import { normalizeKey, WeightSource } from '../../../native-models/checkpoint/weight-source.ts';
import type { WeightNaming } from '../../../native-models/checkpoint/weight-source.ts';
import { modelErrorOf, temporaryFolder, writeJson, writeTinyWeights } from './support.ts';
import type { TinyTensor } from './support.ts';

const f32 = (...shape: number[]): TinyTensor => ({ dtype: 'F32', shape });
const GPT2: WeightNaming = { prefixes: ['transformer.'], ignored: [/^h\.\d+\.attn\.(bias|masked_bias)$/u] };
const BERT: WeightNaming = { prefixes: ['bert.'], ignored: [/position_ids$/gu] };

async function source(tensors: Readonly<Record<string, TinyTensor>>, naming: WeightNaming): Promise<WeightSource> {
  const folder = temporaryFolder();
  writeJson(join(folder, 'config.json'), { model_type: 'x' });
  writeTinyWeights(join(folder, 'model.safetensors'), tensors);
  return new WeightSource(await openCheckpoint(folder), naming);
}

describe('normalizeKey', () => {
  it.each([
    ['transformer.h.0.ln_1.weight', ['transformer.'], 'h.0.ln_1.weight'],
    ['h.0.ln_1.weight', ['transformer.'], 'h.0.ln_1.weight'],
    ['lm_head.weight', ['transformer.'], 'lm_head.weight'],
    ['transformer.transformer.x', ['transformer.'], 'transformer.x'],
    ['model.decoder.x', ['model.', 'model.decoder.'], 'x'],
    ['transformer.', ['transformer.'], 'transformer.'],
    ['bert.embeddings.LayerNorm.gamma', ['bert.'], 'embeddings.LayerNorm.weight'],
    ['bert.embeddings.LayerNorm.beta', ['bert.'], 'embeddings.LayerNorm.bias'],
    ['cls.predictions.transform.LayerNorm.gamma', ['bert.'], 'cls.predictions.transform.LayerNorm.weight'],
    ['h.3.ln_2.beta', [], 'h.3.ln_2.bias'],
    ['layer.0.scale.gamma', [], 'layer.0.scale.gamma'],
    ['gamma', [], 'gamma'],
  ])('%s without %j is %s', (name, prefixes, key) => {
    expect(normalizeKey(name, prefixes)).toBe(key);
  });

  it('is quick for a hostile name', () => {
    const start = performance.now();
    normalizeKey(`${'ln'.repeat(500_000)}.gam`, ['ln']);
    normalizeKey(`${'ln.'.repeat(300_000)}gamma`, ['ln']);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('WeightSource', () => {
  it('gives weights by key, whatever their prefix, with their stored names', async () => {
    const weights = await source({ 'transformer.wte.weight': f32(4, 2), 'lm_head.weight': f32(4, 2) }, GPT2);
    expect(weights.keys()).toEqual(['wte.weight', 'lm_head.weight']);
    expect(weights.take('wte.weight', [4, 2])).toMatchObject({ name: 'transformer.wte.weight', length: 32 });
    expect(weights.unused()).toEqual(['lm_head.weight']);
  });

  it('shows a tied head as a key that is not there', async () => {
    const weights = await source({ 'wte.weight': f32(4, 2) }, GPT2);
    expect(weights.has('lm_head.weight')).toBe(false);
    weights.take('wte.weight', [4, 2]);
    expect(weights.take('wte.weight', [4, 2]).name).toBe('wte.weight');
    expect(weights.unused()).toEqual([]);
  });

  it('leaves buffers out, under either name, and lists what nothing took', async () => {
    const gpt2 = await source({ 'transformer.h.0.attn.bias': f32(1, 1, 8, 8), 'transformer.h.0.extra': f32(1) }, GPT2);
    expect(gpt2.has('h.0.attn.bias')).toBe(false);
    expect(gpt2.unused()).toEqual(['transformer.h.0.extra']);
    const bert = await source(
      { 'embeddings.position_ids': { dtype: 'I64', shape: [1, 8] }, 'bert.embeddings.position_ids2': f32(1) },
      BERT,
    );
    expect(bert.unused()).toEqual(['bert.embeddings.position_ids2']);
  });

  it('does not let a global expression skip every other buffer', async () => {
    const ids = { dtype: 'I64', shape: [1, 8] };
    const weights = await source({ 'a.position_ids': ids, 'b.position_ids': ids, 'c.position_ids': ids }, BERT);
    expect(weights.unused()).toEqual([]);
  });

  it('refuses two names for one key', async () => {
    const error = await modelErrorOf(() => source({ 'wte.weight': f32(1), 'transformer.wte.weight': f32(1) }, GPT2));
    expect(error).toMatchObject({ code: 'bad-model', reason: 'weight-name-clash' });
    expect(error.message).toContain('"wte.weight" twice, as "wte.weight" and "transformer.wte.weight"');
  });

  it('names key, file and both shapes when one does not fit', async () => {
    const weights = await source({ 'transformer.wte.weight': f32(4, 2) }, GPT2);
    const wrong = await modelErrorOf(() => weights.take('wte.weight', [2, 4]));
    expect(wrong).toMatchObject({ code: 'bad-model', reason: 'weight-shape' });
    expect(wrong.message).toBe(
      'Weight "transformer.wte.weight" in model.safetensors has the shape [4, 2]; the config expects [2, 4].',
    );
    const longer = await modelErrorOf(() => weights.take('wte.weight', [4, 2, 1]));
    expect(longer.reason).toBe('weight-shape');
    const missing = await modelErrorOf(() => weights.take('wpe.weight', [8, 2]));
    expect(missing).toMatchObject({ code: 'bad-model', reason: 'weight-missing' });
    expect(missing.message).toMatch(/no weight "wpe\.weight"; expected one of shape \[8, 2\]/u);
    expect(weights.unused()).toEqual(['transformer.wte.weight']);
  });

  it('computes with F32, F16 and BF16 and refuses other dtypes only when they are used', async () => {
    const tensors = {
      a: f32(2),
      b: { dtype: 'F16', shape: [2] },
      c: { dtype: 'BF16', shape: [2] },
      d: { dtype: 'I8', shape: [2] },
    };
    const weights = await source(tensors, { prefixes: [], ignored: [] });
    for (const key of ['a', 'b', 'c']) expect(weights.take(key, [2]).name).toBe(key);
    const error = await modelErrorOf(() => weights.take('d', [2]));
    expect(error).toMatchObject({ code: 'bad-model', reason: 'weight-dtype' });
    expect(error.message).toMatch(/stored as I8; Headlight computes with F32, F16, BF16/u);
  });
});

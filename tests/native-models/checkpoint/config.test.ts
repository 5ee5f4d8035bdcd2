import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ModelConfig, readConfig } from '../../../native-models/checkpoint/config.ts';
import { modelErrorOf, temporaryFolder } from './support.ts';

const config = new ModelConfig(
  {
    model_type: 'gpt2',
    n_layer: 12,
    epsilon: 1e-5,
    tied: true,
    act: 'gelu_new',
    n_inner: null,
    id2label: { 0: 'no', 1: 'yes' },
    architectures: ['GPT2LMHeadModel'],
    half: 0.5,
    zero: 0,
    text: '12',
    mixed: { 0: 1 },
    huge: 2 ** 60,
  },
  '/m/config.json',
);

describe('ModelConfig', () => {
  it('reads values of their types', () => {
    expect(config.modelType).toBe('gpt2');
    expect(config.positiveInteger('n_layer')).toBe(12);
    expect(config.number('epsilon')).toBe(1e-5);
    expect(config.number('half')).toBe(0.5);
    expect(config.boolean('tied')).toBe(true);
    expect(config.string('act')).toBe('gelu_new');
    expect(config.oneOf('act', ['gelu', 'gelu_new'])).toBe('gelu_new');
    expect(config.stringMap('id2label')).toEqual({ 0: 'no', 1: 'yes' });
    expect(config.strings('architectures')).toEqual(['GPT2LMHeadModel']);
  });

  it('takes the fallback for a key that is absent or null, never for a wrong one', async () => {
    expect(config.positiveInteger('n_inner', 3072)).toBe(3072);
    expect(config.boolean('absent', false)).toBe(false);
    expect(config.stringMap('absent', {})).toEqual({});
    expect(config.has('n_inner')).toBe(false);
    expect(config.has('zero')).toBe(true);
    const error = await modelErrorOf(() => config.positiveInteger('text', 5));
    expect(error.reason).toBe('config-wrong-type');
  });

  it('does not take a property of every object for a key', async () => {
    expect(config.has('toString')).toBe(false);
    expect((await modelErrorOf(() => config.string('constructor'))).reason).toBe('config-missing-key');
  });

  it.each([
    ['positiveInteger', 'half', 'config-wrong-type', '"half" is 0.5; expected a whole number of at least 1'],
    ['positiveInteger', 'zero', 'config-wrong-type', '"zero" is 0;'],
    ['positiveInteger', 'huge', 'config-wrong-type', '"huge" is'],
    ['positiveInteger', 'text', 'config-wrong-type', '"text" is the string "12";'],
    ['positiveInteger', 'absent', 'config-missing-key', 'has no "absent"; expected a whole number of at least 1'],
    ['number', 'text', 'config-wrong-type', 'expected a number'],
    ['boolean', 'zero', 'config-wrong-type', 'expected true or false'],
    ['string', 'zero', 'config-wrong-type', 'expected a string'],
    ['stringMap', 'mixed', 'config-wrong-type', '"mixed" is an object; expected an object of strings'],
    ['strings', 'id2label', 'config-wrong-type', 'expected a list of strings'],
  ] as const)('%s(%s) fails with %s', async (getter, key, reason, words) => {
    const error = await modelErrorOf(() => config[getter](key));
    expect(error).toMatchObject({ code: 'bad-model', reason });
    expect(error.message).toContain(words);
    expect(error.message).toContain('/m/config.json');
  });

  it('names the choices of oneOf', async () => {
    const error = await modelErrorOf(() => config.oneOf('act', ['relu', 'gelu']));
    expect(error.message).toContain('expected one of relu, gelu');
  });
});

describe('readConfig', () => {
  it.each([
    ['no model_type', '{}', 'config-model-type'],
    ['an empty model_type', '{"model_type": ""}', 'config-model-type'],
    ['a model_type that is a number', '{"model_type": 2}', 'config-model-type'],
    ['a model_type of two lines', '{"model_type": "a\\nb"}', 'config-model-type'],
    ['a model_type that is null', '{"model_type": null}', 'config-model-type'],
    ['a list', '[]', 'json-unreadable'],
    ['null', 'null', 'json-unreadable'],
    ['nothing', '', 'json-unreadable'],
    ['half of it', '{"model_type": "gp', 'json-unreadable'],
    ['a key twice', '{"model_type": "gpt2", "n_layer": 1, "n_layer": 2}', 'json-duplicate-key'],
  ])('refuses %s', async (_, text, reason) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'config.json'), text);
    const error = await modelErrorOf(() => readConfig(folder));
    expect(error).toMatchObject({ code: 'bad-model', reason });
    expect(error.message).toContain(join(folder, 'config.json'));
  });

  it('reads a file with a byte-order mark', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'config.json'), '\uFEFF{"model_type": "bert"}');
    expect((await readConfig(folder)).modelType).toBe('bert');
  });

  it('says that there is none', async () => {
    const error = await modelErrorOf(() => readConfig(temporaryFolder()));
    expect(error.reason).toBe('file-unreadable');
    expect(error.message).toMatch(/config\.json cannot be read: there is no such file/u);
  });
});

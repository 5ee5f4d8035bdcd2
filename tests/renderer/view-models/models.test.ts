import { expect, it } from 'vitest';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { modelFacts, modelSections, shapeText } from '../../../renderer/view-models/models.ts';
import { modelEntry } from '../support.ts';

it('groups models by where they come from, usable ones first, without empty groups', () => {
  const models = [
    modelEntry({ id: 'a', source: 'huggingface', problem: 'no' }),
    modelEntry({ id: 'b', source: 'bundled' }),
    modelEntry({ id: 'c', source: 'huggingface' }),
  ];
  expect(modelSections(models).map(({ source, entries }) => [source, entries.map(({ id }) => id)])).toEqual([
    ['bundled', ['b']],
    ['huggingface', ['c', 'a']],
  ]);
});

it('says what is known and leaves out what is not', () => {
  const words = translator(createI18n('en'), 'en');
  expect(shapeText(modelEntry({ parameters: 4_200_000 }))).toBe('2 × 3 · 4.2 M');
  expect(shapeText(modelEntry({ layers: null, parameters: null }))).toBe('');
  const facts = modelFacts(modelEntry({ parameters: null, license: null }), words);
  expect(facts).toBe('gpt2 · 2 layers × 3 heads · 4.0 kB · to 16 tokens');
});

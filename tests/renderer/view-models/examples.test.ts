import { expect, it } from 'vitest';
import { examples, firstText } from '../../../renderer/view-models/examples.ts';

it('offers sentences with the model’s own mask token to models that fill one in', () => {
  const sentences = examples({ head: 'masked-token', maskToken: '<mask>' });
  expect(sentences.every((text) => text.includes('<mask>') && !text.includes('[MASK]'))).toBe(true);
  expect(firstText({ head: 'masked-token', maskToken: '<mask>' })).toBe(sentences[0]);
});

it('offers whole sentences to all other models', () => {
  for (const head of ['next-token', 'none'] as const) {
    expect(examples({ head, maskToken: '[MASK]' }).some((text) => text.includes('[MASK]'))).toBe(false);
  }
  expect(firstText({ head: 'masked-token', maskToken: null })).toBe(firstText({ head: 'next-token', maskToken: null }));
});

import { describe, expect, it } from 'vitest';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { failureText, failureTitle } from '../../../renderer/view-models/failure.ts';

const english = translator(createI18n('en'), 'en');
const dutch = translator(createI18n('nl'), 'nl');
const tooLong = {
  code: 'bad-text',
  message: 'the text has 300 tokens',
  reason: 'text-too-long',
  values: { tokens: 300, limit: 256 },
} as const;

describe('failureText', () => {
  it('says a known reason with its numbers in the language of the window', () => {
    expect(failureText(tooLong, english)).toMatch(/300 tokens.*256/);
    expect(failureText(tooLong, dutch)).toMatch(/300 tokens.*256/);
    expect(failureText(tooLong, dutch)).not.toBe(failureText(tooLong, english));
  });

  it('keeps the engine’s sentence for a reason it does not know, and where facts are missing', () => {
    const unknown = { code: 'bad-model', message: 'header is 9 bytes', reason: 'header-odd' } as const;
    expect(failureText(unknown, dutch)).toBe('Header is 9 bytes.');
    expect(failureText({ ...tooLong, values: { tokens: 300 } }, dutch)).toBe('The text has 300 tokens.');
  });
});

it.each([
  ['pattern-row-hidden', { query: 4 }],
  ['query-sees-nothing', { query: 4 }],
  ['pattern-row', { query: 4, weights: 3, sum: 0.5, tokens: 5 }],
  ['site-missing', {}],
  ['token-missing', { index: 4, tokens: 3 }],
  ['factor-not-finite', {}],
  ['texts-differ', { before: 4, after: 5 }],
  ['models-differ', { before: 'one', after: 'two' }],
  ['logits-not-finite', {}],
  ['candidate-missing', { id: 4, size: 2 }],
  ['no-mask', {}],
  ['no-head', {}],
  ['trace-gone', {}],
])('%s, which what-if can meet, is said in both languages with the engine’s values', (reason, values) => {
  const failure = { code: 'bad-request', message: 'the engine’s words', reason, values } as const;
  const said = [english, dutch].map((words) => failureText(failure, words));
  expect(said[0]).not.toBe(said[1]);
  for (const text of said) {
    expect(text).not.toBe('The engine’s words.');
    for (const value of Object.values(values)) expect(text).toContain(String(value));
  }
});

it('failureTitle has a title for every code, and a better one for some reasons', () => {
  expect(failureTitle(tooLong, english)).toBe('This text is too long');
  const codes = ['bad-request', 'bad-model', 'bad-text', 'not-found', 'engine-lost', 'device', 'internal'] as const;
  for (const code of codes) expect(failureTitle({ code, message: '' }, dutch)).not.toContain('failureTitle');
});

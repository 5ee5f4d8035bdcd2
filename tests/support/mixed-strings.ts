/** Strings of every kind that people type, the same in every run: words of two languages, emoji, code, numbers, marks, spaces. */

const PARTS = [
  ...['the', 'animal', 'unbelievable', 'Tokenization', "didn't", "we've", 'e.g.', 'HELLO', 'iPhone'],
  ...['fietsenstalling', 'geïnteresseerd', 'coöperatie', "foto's", 'één', 'Sint-Nicolaas', 'ĳsvogel'],
  ...[
    'café',
    'cafe\u0301',
    'naïve',
    'Straße',
    'İstanbul',
    'ﬁne',
    'Ωμέγα',
    'привет',
    'שלום',
    'مرحبا',
    'हिन्दी',
    '日本語',
    '你好世界',
    '한국어',
  ],
  ...['🙂', '👩‍🚀', '🏳️‍🌈', '👍🏽', '🇳🇱', '❤️', '∑', '≤', '½', '€', '™', '“quoted”', '…', '—'],
  ...[
    'for (let i = 0; i < n; i++) {',
    'x_1 += 2**8',
    'def f(a, b):',
    '<div class="a">',
    'C:\\temp',
    '/usr/bin',
    '#!/bin/sh',
    '&amp;',
  ],
  ...['0', '42', '3.14159', '1,000,000', '2026-11-24', '1e-9', '0xFF', '+31 20 123 4567', '12345678901234567890'],
  ...[' ', '  ', '\n', '\n\n', '\t', '\r\n', '\u00a0', '\u200b', '\u3000', '\u0007', '\ufffd'],
  ...['[MASK]', '[CLS]', '[SEP]', '[UNK]', '[PAD]', '<|endoftext|>', '##ing', 'Ġthe', '▁the', '<0x0A>', '[mask]'],
];

/** Numbers from 0 to 1: a linear congruential generator (Numerical Recipes' constants). */
function* shares(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    yield state / 2 ** 32;
  }
}

/** So many strings of one to eight parts, with or without spaces between; each has something that is not white space. */
export function mixedStrings(count: number, seed = 1): readonly string[] {
  const random = shares(seed);
  const next = (below: number): number => Math.floor(random.next().value * below);
  const pick = (): string => PARTS[next(PARTS.length)] ?? '';
  return Array.from({ length: count }, () => {
    const parts = Array.from({ length: 1 + next(8) }, pick);
    const between = next(3) === 0 ? '' : ' ';
    return `${parts.join(between)}${between}${PARTS[next(9)] ?? ''}`;
  });
}

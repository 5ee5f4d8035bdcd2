import { describe, expect, it } from 'vitest';
import { canMatchNothing, isSafeRegex } from '../../../native-models/tokenizer/regex.ts';

/** The expressions of GPT-2, Llama 3 / Qwen 2 and GPT-4o, as their tokenizer.json has them. */
const REAL = [
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{M}]+(?i:'s|'t|'re)?|\\p{N}{1,3}",
  ' {2,}',
  '[()+*]+',
  '\\(a+\\)+',
  '[]a+)]+',
];

describe('isSafeRegex', () => {
  it.each(REAL)('accepts %s', (pattern) => {
    expect(isSafeRegex(pattern)).toBe(true);
  });

  it.each([
    '(a+)+$',
    '(a*)*',
    '(x+x+)+y',
    '(?:a|b+){2,}c',
    '((a+))+',
    '((a+)b)*',
    '(a|a{2,})+',
    '(a)\\1',
    '(',
    'a)',
    'a'.repeat(5_000),
  ])('refuses %s', (pattern) => {
    expect(isSafeRegex(pattern)).toBe(false);
  });
});

describe('canMatchNothing', () => {
  it.each(['', 'x*', 'a?', '(?=a)', '^', 'a|', '\\b', '(?<name', 'a$'])('is true of %j', (pattern) => {
    expect(canMatchNothing(pattern)).toBe(true);
  });

  it.each(['x', 'x+', ' {2,}', '``', '[^a]'])('is false of %j', (pattern) => {
    expect(canMatchNothing(pattern)).toBe(false);
  });
});

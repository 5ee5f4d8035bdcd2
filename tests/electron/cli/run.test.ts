import { describe, expect, it } from 'vitest';
import { prediction, token, z } from './schemas.ts';
import { cli, TINY_BERT, TINY_BERT_CLASSES, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();

const result = z.object({
  model: z.string(),
  family: z.string(),
  device: z.literal('cpu'),
  head: z.string(),
  tokens: z.array(token),
  predictions: z.array(prediction),
  seconds: z.number().positive(),
  openSeconds: z.number().positive(),
});

async function run(...words: string[]) {
  const { code, out, err } = await cli('run', '--json', ...words);
  expect([code, err]).toEqual([0, '']);
  return result.parse(JSON.parse(out));
}

describe('headlight run --json', () => {
  const text = 'The keeper lit the lamp 😀.';

  it('gives tokens whose offsets cut their pieces out of the text', async () => {
    const { tokens } = await run('--model', TINY_GPT2, '--text', text);
    expect(tokens.map(({ index }) => index)).toEqual(tokens.map((_, index) => index));
    for (const { start, end, text: shown } of tokens) {
      if (!shown.startsWith('‹')) expect(text.slice(start ?? NaN, end ?? NaN).trim() || '␣').toBe(shown);
    }
  });

  it('predicts the next token: candidates in order, with probabilities of the whole vocabulary', async () => {
    const { tokens, predictions } = await run('--model', TINY_GPT2, '--text', text, '--candidates', '300');
    expect(predictions).toHaveLength(1);
    const [{ kind, position, candidates }] = predictions as [(typeof predictions)[0]];
    expect([kind, position]).toEqual(['next-token', tokens.length - 1]);
    const probabilities = candidates.map(({ probability }) => probability);
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
  });

  it('fills every mask of a masked-token model', async () => {
    const { tokens, predictions } = await run(
      '--model',
      TINY_BERT,
      '--text',
      'the [MASK] lit the [MASK].',
      '--candidates',
      '3',
    );
    const masks = tokens.filter(({ piece }) => piece === '[MASK]').map(({ index }) => index);
    expect(masks).toHaveLength(2);
    expect(predictions.map(({ position }) => position)).toEqual(masks);
    expect(predictions.every(({ candidates }) => candidates.length === 3)).toBe(true);
  });

  it('takes a second text', async () => {
    const { tokens, predictions } = await run('--model', TINY_BERT_CLASSES, '--text', 'the lamp', '--pair', 'the sea');
    expect(new Set(tokens.map(({ part }) => part))).toEqual(new Set([0, 1]));
    expect(predictions[0]).toMatchObject({ kind: 'classification', position: -1 });
    expect(predictions[0]!.candidates).toHaveLength(3);
  });
});

describe('headlight run', () => {
  it('says the same to people', async () => {
    const { code, out } = await cli('run', '--model', TINY_BERT, '--text', 'the [MASK] lit');
    expect(code).toBe(0);
    expect(out).toMatch(/^TOKEN +ID +PIECE +TEXT +CHARACTERS$/m);
    expect(out).toMatch(/^ +2 +\d+ +\[MASK\] +\[MASK\] +4–10$/m);
    expect(out).toContain('What fills token 2, "[MASK]":');
    expect(out).toMatch(/^ *\d+\.\d\d % +"/m);
  });

  it('says how to get candidates when there is no mask', async () => {
    const { out } = await cli('run', '--model', TINY_BERT, '--text', 'the lamp');
    expect(out).toContain('put [MASK] in the text');
  });
});

describe('bad input: one sentence on stderr, nothing on stdout', () => {
  const long = 'lamp '.repeat(100);
  it.each([
    [['--model', 'no-such-model', '--text', 'x'], 2, /There is no model "no-such-model"/],
    [['--model', '', '--text', 'x'], 2, /There is no model ""/],
    [['--model', TINY_GPT2, '--text', ''], 2, /empty/],
    [['--model', TINY_GPT2, '--text', long], 2, /\d+ tokens; this model takes at most 64/],
    [['--model', TINY_GPT2, '--text', 'a\uD83D'], 2, /surrogate|half/i],
    [['--model', TINY_GPT2, '--text', 'a', '--pair', 'b'], 2, /takes one text/],
    [['--model', TINY_GPT2, '--text', 'a', '--candidates', '0'], 2, /--candidates takes a whole number, 1 to 1000/],
    [['--model', TINY_GPT2, '--text', 'a', '--device', 'tpu'], 2, /--device is one of auto, cpu/],
    [['--model', TINY_GPT2], 2, /The option --text is missing/],
  ] as [string[], number, RegExp][])('%j', async (words, expected, message) => {
    const { code, out, err } = await cli('run', ...words);
    expect([code, out]).toEqual([expected, '']);
    expect(err).toMatch(message);
    expect(err).toMatch(/^headlight: [^\n]+\n$/);
  });
});

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { REFERENCE } from '../../native-models/lens/reference.ts';
import { findMinilm } from '../../support/minilm.ts';
import { cli, temporaryFolder, TINY_BERT, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();

interface Scored {
  readonly kind: string;
  readonly scored: number;
  readonly bits: number;
  readonly bytes: number;
  readonly bitsPerToken: number;
  readonly bitsPerByte: number;
  readonly start: { readonly text: string } | null;
  readonly windows: { readonly count: number; readonly longest: number; readonly stride: number };
  readonly tokens: readonly { readonly text: string; readonly bits: number | null; readonly rank: number | null }[];
}

async function scoresOf(...words: string[]): Promise<Scored> {
  const { code, out, err } = await cli('surprise', '--json', ...words);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Scored;
}

function fileWith(content: string | Uint8Array): string {
  const file = path.join(temporaryFolder(), 'text.txt');
  writeFileSync(file, content);
  return file;
}

describe('headlight surprise --json', () => {
  it('gives the loss of the model, in bits, a token and a byte', async () => {
    const { text, bits, loss, started } = REFERENCE.gpt2.unicode;
    const found = await scoresOf('--model', TINY_GPT2, '--text', text);
    found.tokens.forEach((token, at) => {
      if (bits[at] === null) expect(token.bits).toBeNull();
      else expect(token.bits! / bits[at]!).toBeCloseTo(1, 5);
    });
    expect(found.bitsPerToken * Math.LN2).toBeCloseTo(loss, 4);
    expect(found.bytes).toBe(Buffer.byteLength(text) - 1);
    expect(found.bitsPerByte * found.bytes).toBeCloseTo(found.bits, 6);
    const whole = await scoresOf('--model', TINY_GPT2, '--text', text, '--start');
    expect(whole).toMatchObject({ start: { text: '<|endoftext|>' }, bytes: Buffer.byteLength(text) });
    expect(whole.bitsPerToken * Math.LN2).toBeCloseTo(started.loss, 4);
  });

  it.each([
    ['gpt2', TINY_GPT2, 'next-token'],
    ['bert', TINY_BERT, 'masked-token'],
  ] as const)('%s: reads a long file in windows', async (name, model, kind) => {
    const { text, bits, stride } = REFERENCE[name].long;
    const found = await scoresOf('--model', model, '--file', fileWith(text), '--stride', String(stride));
    expect(found.kind).toBe(kind);
    const sum = bits.reduce<number>((all, each) => all + (each ?? 0), 0);
    expect(found.bits / sum).toBeCloseTo(1, 5);
    expect(found.windows.stride).toBe(stride);
    expect(found.windows.count).toBeGreaterThan(2);
  });

  it('counts every byte of a file', async () => {
    const [file, text] = [fileWith('The sea.\n'), 'The sea.'];
    const [of, without] = [
      await scoresOf('--model', TINY_GPT2, '--file', file, '--start'),
      await scoresOf('--model', TINY_GPT2, '--text', text, '--start'),
    ];
    expect([of.bytes, without.bytes]).toEqual([9, 8]);
  });
});

describe('headlight surprise', () => {
  it('shows people the same numbers, with the formula', async () => {
    const { text } = REFERENCE.gpt2.plain;
    const found = await scoresOf('--model', TINY_GPT2, '--text', text);
    const { out } = await cli('surprise', '--model', TINY_GPT2, '--text', text);
    expect(out).toContain('The first token is not scored; --start puts <|endoftext|> before it.');
    for (const { bits, rank, text: token } of found.tokens.slice(1)) {
      expect(out).toMatch(new RegExp(` ${bits!.toFixed(3)} .* ${rank}  "${token.replace('.', '\\.')}"\n`));
    }
    const sum = `${found.bits.toFixed(3)} bits`;
    expect(out).toMatch(
      new RegExp(`bits per token +${found.bitsPerToken.toFixed(4)} += ${sum} ÷ ${found.scored} tokens`),
    );
    expect(out).toMatch(new RegExp(`bits per byte +${found.bitsPerByte.toFixed(4)} += ${sum} ÷ ${found.bytes} bytes`));
  });

  it('names the pseudo-log-likelihood of a model that fills masks', async () => {
    const { out } = await cli('surprise', '--model', TINY_BERT, '--text', 'The sea was calm.');
    expect(out).toContain('Pseudo-log-likelihood (Salazar et al. 2020)');
    expect(out).toContain('pseudo-bits per token');
  });

  it('lists the most surprising tokens of a long text', async () => {
    const { out } = await cli('surprise', '--model', TINY_GPT2, '--text', 'The sea was calm. '.repeat(60));
    expect(out).toContain('The 20 most surprising tokens:');
    expect(out).toMatch(/Read in \d+ windows of up to 64 tokens, each 32 further on; every token is scored once\./);
    const bits = out
      .split('\n')
      .flatMap((line) => /^ *\d+ +([\d.]+) +[\d.]+ %/.exec(line)?.[1] ?? [])
      .map(Number);
    expect(bits).toHaveLength(20);
    expect(bits).toEqual(bits.toSorted((a, b) => b - a));
  });

  it('says that nothing is scored of a single token', async () => {
    const { code, out } = await cli('surprise', '--model', TINY_GPT2, '--text', 'a');
    expect(code).toBe(0);
    expect(out).toContain('No token is scored: the text has one token, and nothing before it.');
  });

  it.each([
    [[], '`surprise` takes a text with --text or a file with --file, one of them.'],
    [['--text', 'a', '--file', 'b'], '`surprise` takes a text with --text or a file with --file, one of them.'],
    [['--file', '/nowhere/text.txt'], '--file: /nowhere/text.txt cannot be read: there is no such file.'],
    [
      ['--text', 'a b', '--stride', '64'],
      'A stride of 64 tokens is not possible with windows of 64; expected 1 to 63.',
    ],
  ])('%o: %s', async (words, message) => {
    expect(await cli('surprise', '--model', TINY_GPT2, ...words)).toEqual({
      code: 2,
      out: '',
      err: `headlight: ${message}\n`,
    });
  });

  it('says that a file is no text', async () => {
    const file = fileWith(Uint8Array.of(0x61, 0xff, 0xfe));
    const { code, err } = await cli('surprise', '--model', TINY_GPT2, '--file', file);
    expect([code, err]).toEqual([2, `headlight: --file: ${file} is not UTF-8 text.\n`]);
  });
});

const minilm = findMinilm();

it.skipIf('reason' in minilm)(
  `all-MiniLM-L6-v2 has no head to ask${'reason' in minilm ? ` (skipped: ${minilm.reason})` : ''}`,
  async () => {
    const model = 'folder' in minilm ? minilm.folder : '';
    for (const command of ['lens', 'surprise']) {
      expect(await cli(command, '--model', model, '--text', 'The sea.')).toEqual({
        code: 2,
        out: '',
        err: 'headlight: This model has no prediction head: it makes vectors of a text and predicts no token.\n',
      });
    }
  },
);

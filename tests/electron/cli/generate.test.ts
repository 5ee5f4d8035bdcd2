import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedToken, token } from '../../../electron/api/index.ts';
import { z } from './schemas.ts';
import { openModel, startGeneration } from '../../../native-models/index.ts';
import { goldenGeneration } from '../../native-models/generate/support.ts';
import { cli, emptyMachine, TINY_BERT, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();

const line = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    model: z.string(),
    device: z.string(),
    tokens: z.array(token),
    choosing: z.object({ mode: z.string(), seed: z.number() }).loose(),
  }),
  generatedToken
    .omit({ node: true, parent: true })
    .extend({ kind: z.literal('token') })
    .strict(),
  z.strictObject({
    kind: z.literal('end'),
    text: z.string(),
    generated: z.number(),
    stopped: z.enum(['end-of-text', 'longest-text', 'interrupted']).nullable(),
    seconds: z.number().nonnegative(),
  }),
]);
const parse = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((each) => line.parse(JSON.parse(each)));

async function lines(...words: string[]) {
  const { code, out, err } = await cli('generate', '--json', '--model', TINY_GPT2, ...words);
  expect([code, err]).toEqual([0, '']);
  const all = parse(out);
  const [start, end] = [all[0]!, all.at(-1)!];
  if (start.kind !== 'start' || end.kind !== 'end') throw new Error('the lines begin with start and end with end');
  return { start, tokens: all.flatMap((each) => (each.kind === 'token' ? [each] : [])), end };
}

describe('headlight generate --json', () => {
  const golden = goldenGeneration('tiny-gpt2');
  it.each(golden.prompts)('--greedy writes the ids of transformers: $name', async ({ name, text, ids }) => {
    const { start, tokens, end } = await lines('--text', text, '--greedy', '--tokens', '100');
    expect(start.tokens.map(({ id }) => id)).toEqual(ids);
    expect([...ids, ...tokens.map(({ id }) => id)]).toEqual(Array.from(golden.array(`${name}/greedy`)));
    expect(end).toMatchObject({ generated: tokens.length, stopped: 'longest-text' });
    expect(tokens.map(({ position }) => position)).toEqual(tokens.map((_, at) => ids.length + at));
  });

  it('draws with its options what the engine draws, and the same again', async () => {
    const words = ['--text', 'The sea', '--seed', '9', '--temperature', '0.7', '--top-k', '30', '--top-p', '0.9'];
    const { start, tokens, end } = await lines(...words, '--tokens', '12');
    expect(start.choosing).toEqual({ mode: 'sample', seed: 9, temperature: 0.7, topK: 30, topP: 0.9 });
    const model = await openModel(TINY_GPT2, { device: 'cpu' });
    const generation = await startGeneration(model, 'The sea');
    for (const { kind: _kind, ...told } of tokens) {
      const token = await generation.step({ mode: 'sample', seed: 9, temperature: 0.7, topK: 30, topP: 0.9 });
      expect(token).toMatchObject(told);
    }
    expect([tokens.length, end.text]).toEqual([12, generation.state.text]);
    await model.dispose();
    expect((await lines(...words, '--tokens', '12')).tokens).toEqual(tokens);
    expect((await lines(...words.with(3, '10'), '--tokens', '12')).tokens).not.toEqual(tokens);
  });
});

describe('headlight generate', () => {
  it('writes the text and what follows it, piece by piece, and facts about it on stderr', async () => {
    const { end, tokens } = await lines('--text', 'The sea 😀', '--seed', '3', '--tokens', '25');
    const written: string[] = [];
    const { runCli } = await import('../../../electron/cli/cli.ts');
    let note = '';
    const words = ['generate', '--model', TINY_GPT2, '--text', 'The sea 😀', '--seed', '3', '--tokens', '25'];
    const code = await runCli(words, { write: (text) => written.push(text), note: (text) => (note += text) });
    expect(code).toBe(0);
    const printable = end.text.replace(/[\p{Control}]/gu, (found) => (/[\n\t]/u.test(found) ? found : '\uFFFD'));
    expect(written.join('')).toBe(`${printable}\n`);
    expect(written[0]).toBe('The sea 😀');
    expect(written.length).toBeGreaterThan(tokens.length / 3);
    const facts = new RegExp(
      `tiny-gpt2 · ${end.generated} tokens after \\d+ · seed 3, temperature 1 · [\\d.]+ ms a token`,
      'u',
    );
    expect(note).toMatch(facts);
  });

  it('says why a text ended before its tokens were there', async () => {
    const { err, code } = await cli(
      'generate',
      '--model',
      TINY_GPT2,
      '--text',
      'The sea',
      '--greedy',
      '--tokens',
      '99',
    );
    expect(code).toBe(0);
    expect(err).toMatch(/greedy · .* · the model reads at most 64 tokens\n$/u);
  });

  it.each([
    [['--temperature', '0'], '--temperature takes a number above 0; "0" is not one.'],
    [['--top-k', '0'], '--top-k takes a whole number, 1 or more; "0" is not one.'],
    [['--top-p', '1.5'], '--top-p takes a share above 0, at most 1; "1.5" is not one.'],
    [['--seed', '4294967296'], '--seed takes a whole number, 0 to 4294967295; "4294967296" is not one.'],
    [['--tokens', '0'], '--tokens takes a whole number, 1 or more; "0" is not one.'],
    [['--greedy', '--seed', '3'], '--seed is for drawing; --greedy takes the most probable token and draws nothing.'],
  ])('refuses %j in one sentence', async (words, sentence) => {
    const { code, out, err } = await cli('generate', '--model', TINY_GPT2, '--text', 'The sea', ...words);
    expect([code, out, err]).toEqual([2, '', `headlight: ${sentence}\n`]);
  });

  it('refuses a model that fills masks, and a text that is too long', async () => {
    const bert = await cli('generate', '--model', TINY_BERT, '--text', 'the sea');
    expect([bert.code, bert.out]).toEqual([2, '']);
    expect(bert.err).toMatch(/does not predict what comes next.*headlight-gpt/u);
    const long = await cli('generate', '--model', TINY_GPT2, '--text', 'sea '.repeat(99));
    expect([long.code, long.out]).toEqual([2, '']);
    expect(long.err).toContain('at most 64');
  });
});

describe('the process', () => {
  const root = path.join(import.meta.dirname, '../../..');
  const start = (...words: string[]) => {
    const model = path.join(root, 'native-models/bundled/headlight-gpt');
    // One process: tsx as a program would stand between the signal and the command.
    const main = ['--import', 'tsx', path.join(root, 'electron/cli/main.ts')];
    const all = [...main, 'generate', '--model', model, '--text', 'The sea', ...words];
    const child = spawn(process.execPath, all, { cwd: root, env: { ...process.env, ...emptyMachine() } });
    const told = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (told.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told.err += text));
    return { child, told };
  };

  it('writes tokens while others are still to come, and ends whole lines at Ctrl+C', async () => {
    const { child, told } = start('--tokens', '250', '--json', '--seed', '1');
    let interrupted = false;
    child.stdout.on('data', () => {
      if (interrupted || !told.out.includes('"kind":"token"')) return;
      interrupted = child.kill('SIGINT');
    });
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect([code, signal, told.err]).toEqual([0, null, '']);
    const all = parse(told.out);
    const end = all.at(-1)!;
    expect(end).toMatchObject({ kind: 'end', stopped: 'interrupted', generated: all.length - 2 });
    expect(all.length - 2).toBeLessThan(250);
  });

  it('is content when the reader of its output goes away', async () => {
    const { child, told } = start('--tokens', '250');
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, told.err]).toEqual([0, '']);
  });
});

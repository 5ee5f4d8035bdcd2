import { describe, expect, it } from 'vitest';
import { openModel, tokenNeighbours } from '../../../native-models/index.ts';
import { cli, TINY_BERT, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();

interface Told {
  readonly id: number | null;
  readonly among: number;
  readonly byCosine: readonly { readonly id: number; readonly cosine: number }[];
  readonly byDot: readonly { readonly id: number; readonly dot: number }[];
}

async function told(...more: string[]): Promise<Told> {
  const { code, out, err } = await cli('neighbours', ...more, '--json');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Told;
}

describe('headlight neighbours', () => {
  it.each([TINY_GPT2, TINY_BERT])('%s: as native-models finds them', async (folder) => {
    const model = await openModel(folder, { device: 'cpu' });
    const { byCosine, byDot, among } = await tokenNeighbours(model, 9, 4);
    await model.dispose();
    expect(await told('--model', folder, '--id', '9', '--count', '4')).toMatchObject({ id: 9, among, byCosine, byDot });
  });

  it('takes a piece as it is stored, or a text that is one token', async () => {
    const stored = await told('--model', TINY_GPT2, '--token', 'Ġthe');
    const typed = await told('--model', TINY_GPT2, '--token', ' the');
    expect(stored.id).not.toBeNull();
    expect(typed).toEqual(stored);
  });

  it('of a hidden state before the first layer finds nothing of its own to leave out', async () => {
    const { id, among, byCosine } = await told('--model', TINY_GPT2, '--text', 'the lamp', '--layer', '0');
    expect(id).toBeNull();
    expect(byCosine).toHaveLength(10);
    expect(among).toBe((await told('--model', TINY_GPT2, '--id', '9')).among + 1);
  });

  it.each([
    [['--model', TINY_GPT2], 'one of --token, --id and --text'],
    [['--model', TINY_GPT2, '--id', '3', '--token', 'a'], 'one of --token, --id and --text'],
    [['--model', TINY_GPT2, '--id', '3', '--layer', '1'], '--layer is for --text'],
    [['--model', TINY_GPT2, '--token', 'lamp lamp lamp'], '--token takes one piece'],
    [['--model', 'headlight-gpt', '--token', 'sea'], 'Inside a text it is one: " sea"'],
    [['--model', TINY_GPT2, '--text', 'lamp', '--layer', '99'], '--layer takes a whole number'],
    [['--model', TINY_GPT2, '--text', 'lamp', '--at', '99'], '--at takes a whole number'],
  ])('%j is refused: %s', async (words, why) => {
    const { code, err } = await cli('neighbours', ...words);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });

  it('a token beyond the vocabulary is refused by the model', async () => {
    const { code, err } = await cli('neighbours', '--model', TINY_GPT2, '--id', '999999');
    expect(code).toBe(2);
    expect(err).toContain('no token 999999');
  });
});

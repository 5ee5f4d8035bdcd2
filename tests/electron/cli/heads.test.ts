import { describe, expect, it } from 'vitest';
import { HEAD_SCORES, scoredHead } from '../../../electron/api/heads.ts';
import type { HeadScore, ScoredHead } from '../../../electron/api/heads.ts';
import { bestHeads, scoreTable } from '../../../electron/cli/head-report.ts';
import { HEAD_SCORE_DEFINITIONS, openModel, testSequences } from '../../../native-models/index.ts';
import { cli, TINY_BERT, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();

async function scoresOf(...words: string[]): Promise<ScoredHead[]> {
  const { code, out, err } = await cli('heads', '--json', ...words);
  expect([code, err]).toEqual([0, '']);
  return scoredHead.strict().array().parse(JSON.parse(out));
}

describe('headlight heads --json', () => {
  it.each([
    [TINY_GPT2, 'decoder'],
    [TINY_BERT, 'encoder'],
  ])('%s: an array of stack, layer, head and scores, layers first', async (model, stack) => {
    const heads = await scoresOf('--model', model);
    const places = heads.map(({ stack: of, layer, head }) => [of, layer, head]);
    expect(places).toEqual(Array.from({ length: 12 }, (_, at) => [stack, Math.floor(at / 4), at % 4]));
    for (const { scores } of heads) {
      expect(Object.keys(scores)).toEqual(HEAD_SCORES);
      for (const [name, value] of Object.entries(scores)) {
        expect(value).toBeGreaterThanOrEqual(0);
        if (name !== 'distance') expect(value).toBeLessThanOrEqual(1);
      }
    }
  });

  it('--sort puts the largest first', async () => {
    const heads = await scoresOf('--model', TINY_BERT, '--sort', 'induction');
    const values = heads.map(({ scores }) => scores.induction);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(heads).toHaveLength(12);
    expect(heads).not.toEqual(await scoresOf('--model', TINY_BERT));
  });
});

describe('headlight heads', () => {
  it('gives the same numbers to people, with the best of each score', async () => {
    const heads = await scoresOf('--model', TINY_BERT);
    const { code, out, err } = await cli('heads', '--model', TINY_BERT);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^.*tiny-bert · encoder 3 layers × 4 heads · cpu\n\nHEAD +previousToken +nextToken /);
    const lines = out.split('\n');
    for (const { layer, head, scores } of heads) {
      const cells = lines.find((line) => line.startsWith(`${layer}.${head} `))!.split(/ +/);
      expect(cells.slice(1).map((cell) => cell.replace('*', ''))).toEqual(
        HEAD_SCORES.map((name) => scores[name].toFixed(2)),
      );
    }
    for (const name of HEAD_SCORES) {
      const best = heads.reduce((most, each) => (each.scores[name] > most.scores[name] ? each : most));
      const value = best.scores[name].toFixed(3);
      expect(out).toMatch(new RegExp(`^  ${name} +${best.layer}\\.${best.head} +${value}( tokens)?$`, 'm'));
    }
  });

  it('prints every definition with its source', async () => {
    const { out } = await cli('heads', '--model', TINY_GPT2);
    for (const { name, formula, source } of HEAD_SCORE_DEFINITIONS) {
      expect(out).toContain(`  ${name} (`);
      expect(out).toContain(formula.slice(1));
      expect(out).toContain(`After ${source}.`);
    }
  });

  it.each([
    [TINY_GPT2, 'sequences r r, where the round r is P = 32', 'given as one text'],
    [TINY_BERT, 'sequences [CLS] r r [SEP], where the round r is P = 31', 'given as a pair'],
  ])('%s: prints the test sequences', async (folder, shape, how) => {
    const { out } = await cli('heads', '--model', folder);
    expect(out).toContain(shape);
    expect(out).toContain(how);
    const model = await openModel(folder, { device: 'cpu' });
    for (const sequence of await testSequences(model)) {
      if (sequence.set === 'prose') {
        for (const text of [sequence.input.text, sequence.input.pair ?? '']) expect(out).toContain(text);
      } else {
        const { first, period, encoding } = sequence;
        expect(out).toContain(`ids: ${encoding.ids.slice(first, first + period).join(' ')}\n`);
      }
    }
    expect(out).toContain(`(cut to ${model.maxTokens} tokens)`);
    await model.dispose();
  });
});

describe('the table', () => {
  const zero = Object.fromEntries(HEAD_SCORES.map((name) => [name, 0])) as Record<HeadScore, number>;
  const heads: ScoredHead[] = [
    { stack: 'encoder', layer: 0, head: 0, scores: { ...zero, self: 0.251, distance: 12.5 } },
    { stack: 'decoder', layer: 0, head: 0, scores: { ...zero, self: 0.254 } },
  ];

  it('marks the largest before rounding, none where all are 0, and names the stack where there are several', () => {
    const [header, first, second] = scoreTable(heads).split('\n');
    expect(header).toMatch(/^HEAD +previousToken/);
    expect(first).toMatch(/^encoder 0\.0( +0\.00){4} +0\.25( +0\.00){2} +12\.50\* +0\.00$/);
    expect(second).toMatch(/^decoder 0\.0( +0\.00){4} +0\.25\*( +0\.00){4}$/);
    expect(bestHeads(heads)).toMatch(/^ {2}self +decoder 0\.0 +0\.254$/m);
    expect(bestHeads(heads)).toMatch(/^ {2}distance +encoder 0\.0 +12\.500 tokens$/m);
    expect(bestHeads(heads)).toMatch(/^ {2}induction +none +it is 0 for every head$/m);
  });
});

describe('bad input: one sentence on stderr, nothing on stdout', () => {
  it.each([
    [['--model', TINY_GPT2, '--sort', 'inducton'], /--sort: there is no score "inducton"\. Did you mean induction\?/],
    [
      ['--model', TINY_GPT2, '--sort', 'loudness'],
      /--sort: there is no score "loudness"\. The scores are previousToken, /,
    ],
    [['--model', 'no-such-model'], /There is no model "no-such-model"/],
    [['--model', TINY_GPT2, '--device', 'tpu'], /--device is one of auto, cpu/],
    [['--model', TINY_GPT2, '--text', 'x'], /`heads` has no option --text/],
    [['--json'], /The option --model is missing; see `headlight help heads`/],
  ] as [string[], RegExp][])('%j', async (words, message) => {
    const { code, out, err } = await cli('heads', ...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).toMatch(/^headlight: [^\n]+\n$/);
  });
});

it('headlight help heads lists the scores', async () => {
  const { out } = await cli('help', 'heads');
  for (const name of HEAD_SCORES) expect(out).toContain(name);
  expect((await cli('help')).out).toMatch(/^ {2}heads +Score what every head/m);
});

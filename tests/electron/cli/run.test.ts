import { describe, expect, it } from 'vitest';
import { intervention, prediction, token, z } from './schemas.ts';
import {
  cli,
  TINY_BERT,
  TINY_BERT_CLASSES,
  TINY_BERT_TAGS,
  TINY_DISTILBERT_TOPICS,
  TINY_GPT2,
  TINY_ROBERTA,
  TINY_ROBERTA_VALUE,
  useEmptyMachine,
} from './support.ts';

useEmptyMachine();

const result = z.object({
  model: z.string(),
  family: z.string(),
  device: z.literal('cpu'),
  head: z.string(),
  scale: z.enum(['softmax', 'sigmoid', 'value']),
  tokens: z.array(token),
  interventions: z.array(intervention),
  predictions: z.array(prediction),
  changes: z.array(
    z.object({
      kind: z.string(),
      position: z.number(),
      klNats: z.number().nonnegative(),
      candidates: z.array(
        z.object({ id: z.number(), text: z.string(), before: z.number(), after: z.number(), delta: z.number() }),
      ),
    }),
  ),
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

describe('headlight run with interventions', () => {
  const words = ['--model', TINY_GPT2, '--text', 'The keeper lit the lamp', '--candidates', '300'];

  it('gives both runs of the whole vocabulary, and their divergence', async () => {
    const plain = await run(...words);
    expect([plain.interventions, plain.changes]).toEqual([[], []]);
    const changed = await run(...words, '--ablate', 'decoder.1.self', '--mask', '4:2');
    expect(changed.interventions).toEqual([
      { kind: 'head', site: { stack: 'decoder', layer: 1 }, factor: 0 },
      { kind: 'mask', site: {}, query: 4, key: 2, visible: false },
    ]);
    const [change] = changed.changes as [(typeof changed.changes)[0]];
    const probabilities = ({ predictions }: typeof plain) =>
      new Map(predictions[0]!.candidates.map(({ id, probability }) => [id, probability]));
    const [p, q] = [probabilities(plain), probabilities(changed)];
    expect(change.candidates).toHaveLength(p.size);
    for (const { id, before, after, delta } of change.candidates) {
      expect([before, after]).toEqual([expect.closeTo(p.get(id)!, 9), expect.closeTo(q.get(id)!, 9)]);
      expect(delta).toBe(after - before);
    }
    const kl = [...p].reduce((sum, [id, probability]) => sum + probability * Math.log(probability / q.get(id)!), 0);
    expect(kl).toBeGreaterThan(0.001);
    expect(change.klNats).toBeCloseTo(kl, 6);
  });

  it('applies them in the order of the command line, across options', async () => {
    const keep = ['--keep', 'decoder.1.self:2'];
    const ablate = ['--ablate', 'decoder.1.self:2'];
    const [first, second] = [await run(...words, ...keep, ...ablate), await run(...words, ...ablate, ...keep)];
    const layer = await run(...words, '--ablate', 'decoder.1.self');
    expect(first.changes).toEqual(layer.changes);
    expect(second.changes).not.toEqual(first.changes);
    expect(second.changes).toEqual((await run(...words, '--ablate', 'decoder.1.self:0,1,3')).changes);
  });

  it('says the same to people', async () => {
    const { code, out } = await cli('run', ...words.slice(0, 4), '--scale', '1', '--keep', 'decoder.1.self:2');
    expect(code).toBe(0);
    const head = out.split('\n').slice(1, 5);
    expect(head).toEqual([
      'What if: q·k × 1 in all heads',
      'What if: decoder.1.self knocked out',
      'What if: decoder.1.self:2 kept',
      '',
    ]);
    expect(out).toMatch(/^What comes after token \d+, "\w+": KL\(before ‖ after\) = \d+\.\d+ nats$/m);
    expect(out).toMatch(/^ *BEFORE +AFTER +Δ +TEXT +ID$/m);
    const rows = [...out.matchAll(/^ *(\d+\.\d\d) % +(\d+\.\d\d) % +([+−]?)(\d+\.\d\d) +" ?.*" +\d+$/gm)];
    expect(rows.length).toBeGreaterThanOrEqual(10);
    for (const [, before, after, sign, size] of rows) {
      const delta = Number(size) * (sign === '−' ? -1 : 1);
      expect(Math.abs(Number(after) - Number(before) - delta)).toBeLessThan(0.016);
    }
  });

  it('says so when nothing is predicted', async () => {
    const { out } = await cli('run', '--model', TINY_BERT, '--text', 'the lamp', '--scale', '1');
    expect(out).toContain('What if: q·k × 1 in all heads');
    expect(out).toContain('put [MASK] in the text');
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

describe('headlight run with models that choose among labels', () => {
  const text = 'The keeper lit the lamp.';

  it('gives every token of the text its label, as a table and as JSON', async () => {
    const { head, tokens, predictions } = await run('--model', TINY_BERT_TAGS, '--text', text);
    expect(head).toBe('token-classification');
    const typed = tokens.filter(({ start }) => start !== null).map(({ index }) => index);
    expect(predictions.map(({ kind, position }) => [kind, position])).toEqual(
      typed.map((index) => ['token-classification', index]),
    );
    const { out } = await cli('run', '--model', TINY_BERT_TAGS, '--text', text);
    expect(out).toMatch(/^TOKEN +ID +PIECE +TEXT +CHARACTERS +LABEL +PROBABILITY$/mu);
    const rows = [...out.matchAll(/^ +(\d+) .* ([A-Z-]+) +(\d+\.\d\d) %$/gmu)];
    expect(rows.map(([, index]) => Number(index))).toEqual(typed);
    rows.forEach(([, , label, percent], at) => {
      const [best] = predictions[at]!.candidates;
      expect([label, Number(percent)]).toEqual([best!.text, expect.closeTo(best!.probability * 100, 1)]);
    });
  });

  it('says what the untouched model says of each token, and how far apart they are', async () => {
    const words = ['run', '--model', TINY_BERT_TAGS, '--text', text, '--ablate', 'encoder.1.self'];
    const { out } = await cli(...words);
    expect(out).toMatch(/ LABEL +PROBABILITY +BEFORE +PROBABILITY +KL$/mu);
    const { changes } = await run(...words.slice(1));
    const rows = [...out.matchAll(/ % +([A-Z-]+) +(\d+\.\d\d) % +([\d.e-]+)$/gmu)];
    expect(rows).toHaveLength(changes.length);
    rows.forEach(([, label, percent, kl], at) => {
      const [was] = changes[at]!.candidates;
      expect([label, Number(percent)]).toEqual([was!.text, expect.closeTo(was!.before * 100, 1)]);
      expect(Number(kl)).toBeCloseTo(changes[at]!.klNats, 2);
    });
  });

  it('says so where classes exclude none other', async () => {
    const { scale, predictions } = await run('--model', TINY_DISTILBERT_TOPICS, '--text', text);
    expect(scale).toBe('sigmoid');
    const sum = predictions[0]!.candidates.reduce((all, { probability }) => all + probability, 0);
    expect(predictions[0]!.candidates).toHaveLength(4);
    expect(Math.abs(sum - 1)).toBeGreaterThan(0.1);
    const { out } = await cli('run', '--model', TINY_DISTILBERT_TOPICS, '--text', text);
    expect(out).toContain('Classes of the whole text, each by itself:');
  });

  it('gives a value as a value, never as a probability', async () => {
    const { out: json } = await cli('run', '--json', '--model', TINY_ROBERTA_VALUE, '--text', text);
    const { scale, predictions } = JSON.parse(json) as { scale: string; predictions: { candidates: unknown[] }[] };
    expect(scale).toBe('value');
    expect(predictions[0]!.candidates).toEqual([{ id: 0, text: 'similarity', value: expect.any(Number) }]);
    const { out } = await cli('run', '--model', TINY_ROBERTA_VALUE, '--text', text, '--ablate', 'encoder.0.self:1');
    expect(out).toMatch(/^Values of the whole text \(no probabilities\):$/mu);
    expect(out).not.toContain('%');
    expect(out).toMatch(/^ *−?\d\.\d{4} +−?\d\.\d{4} +[+−]\d\.\d{4} +"similarity" +0$/mu);
  });

  it('names the mask and the length of the model itself', async () => {
    const { out } = await cli('run', '--model', TINY_ROBERTA, '--text', 'The <mask> lit.');
    expect(out).toContain('"<mask>":');
    const { out: none } = await cli('run', '--model', TINY_ROBERTA, '--text', 'The lamp.');
    expect(none).toContain('put <mask> in the text');
    const { err } = await cli('run', '--model', TINY_ROBERTA, '--text', 'x '.repeat(100));
    expect(err).toMatch(/\d+ tokens; this model takes at most 64/u);
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
    [
      ['--model', TINY_GPT2, '--text', 'a b', '--ablate', 'decoder.1'],
      2,
      /--ablate takes a layer or some of its heads/,
    ],
    [['--model', TINY_GPT2, '--text', 'a b', '--ablate', 'encoder.1.self'], 2, /There is no encoder, layer 1 in/],
    [['--model', TINY_GPT2, '--text', 'a b', '--mask', '0:0'], 2, /Query 0 of decoder layer 0 head 0 would see no key/],
    [['--model', TINY_GPT2, '--text', 'a b', '--mask', '9:0'], 2, /There is no query 9; the text has tokens 0…/],
    [['--model', TINY_GPT2, '--text', 'a b', '--scale', '1e38'], 2, /not finite numbers; a factor so large/],
    [['--model', TINY_GPT2], 2, /The option --text is missing/],
  ] as [string[], number, RegExp][])('%j', async (words, expected, message) => {
    const { code, out, err } = await cli('run', ...words);
    expect([code, out]).toEqual([expected, '']);
    expect(err).toMatch(message);
    expect(err).toMatch(/^headlight: [^\n]+\n$/);
  });
});

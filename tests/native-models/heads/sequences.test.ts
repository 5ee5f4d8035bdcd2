import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSequences } from '../../../native-models/heads/sequences.ts';
import { openModel } from '../../../native-models/index.ts';
import type { Model, ProseSequence, RepeatedSequence } from '../../../native-models/index.ts';
import { openFixture } from '../../support/fixtures.ts';

const opened: Model[] = [];
const open = async (name: string): Promise<Model> => {
  const model = name.startsWith('tiny')
    ? await openFixture(name as 'tiny-gpt2' | 'tiny-bert')
    : await openModel(name, { device: 'cpu' });
  opened.push(model);
  return model;
};
afterAll(() => Promise.all(opened.map((model) => model.dispose())));

describe.each([
  ['headlight-gpt', 64, [], [], false],
  ['headlight-bert', 64, ['[CLS]'], ['[SEP]'], false],
  ['tiny-gpt2', 32, [], [], true],
  ['tiny-bert', 31, ['[CLS]'], ['[SEP]'], true],
] as const)('%s', (name, period, before, after, isCut) => {
  let model: Model;
  let repeated: readonly RepeatedSequence[];
  let prose: readonly ProseSequence[];

  beforeAll(async () => {
    model = await open(name);
    const sequences = await testSequences(model);
    repeated = sequences.filter((sequence) => sequence.set === 'repeated');
    prose = sequences.filter((sequence) => sequence.set === 'prose');
  });

  it('eight times: different random tokens, said twice, in what the tokenizer adds', () => {
    expect(repeated).toHaveLength(8);
    for (const sequence of repeated) {
      const { ids, tokens, typeIds } = sequence.encoding;
      expect([sequence.first, sequence.period]).toEqual([before.length, period]);
      const round = ids.slice(sequence.first, sequence.first + period);
      expect(ids.slice(sequence.first + period, sequence.first + 2 * period)).toEqual(round);
      expect(new Set(round).size).toBe(period);
      expect(round.some((id) => model.tokenizer.specialIds.has(id) || id >= model.source.vocabulary)).toBe(false);
      expect(tokens.slice(0, sequence.first).map(({ piece }) => piece)).toEqual(before);
      expect(tokens.slice(sequence.first + 2 * period).map(({ piece }) => piece)).toEqual(after);
      expect(tokens.map(({ index, id }) => [index, id])).toEqual(ids.map((id, index) => [index, id]));
      expect(typeIds).toEqual(ids.map(() => 0));
    }
    expect(new Set(repeated.map(({ encoding }) => encoding.ids.join())).size).toBe(8);
  });

  it('eight paragraphs of prose, within the context, with the separators where they stand', () => {
    expect(prose).toHaveLength(8);
    expect(prose.some(({ cut }) => cut)).toBe(isCut);
    for (const { encoding, input, cut, separator, special } of prose) {
      const { ids, tokens, typeIds } = encoding;
      expect(ids.length).toBeLessThanOrEqual(model.maxTokens);
      if (cut) expect(ids).toHaveLength(model.maxTokens);
      expect(tokens.map(({ index, id }) => [index, id])).toEqual(ids.map((id, index) => [index, id]));
      const marks = tokens.map(({ piece }) => piece === '[SEP]');
      expect(separator).toEqual(marks);
      expect(special).toEqual(tokens.map(({ piece }) => piece === '[SEP]' || piece === '[CLS]'));
      expect(input.pair !== undefined).toBe(model.takesPair);
      // Both sentences of a pair are there, with their token types, and a separator behind each.
      if (model.takesPair) {
        expect(marks.filter(Boolean)).toHaveLength(2);
        expect([typeIds[1], typeIds.at(-1), marks.at(-1)]).toEqual([0, 1, true]);
      }
    }
  });

  it('leaves a text that fits as it is, and otherwise cuts the longer sentence at its end', async () => {
    for (const { encoding, input, cut } of prose) {
      const whole = await model.tokenizer.encode(input);
      if (!cut) {
        expect(encoding).toEqual(whole);
        continue;
      }
      const sentence = (tokens: typeof whole.tokens, part: number) =>
        tokens.filter((token) => token.part === part && !token.special).map(({ id }) => id);
      const parts = model.takesPair ? [0, 1] : [0];
      const lengths = parts.map((part) => {
        const [kept, all] = [sentence(encoding.tokens, part), sentence(whole.tokens, part)];
        expect(all.slice(0, kept.length)).toEqual(kept);
        return { kept: kept.length, wasCut: kept.length < all.length };
      });
      expect(lengths.some(({ wasCut }) => wasCut)).toBe(true);
      const longest = Math.max(...lengths.map(({ kept }) => kept));
      for (const { kept, wasCut } of lengths) if (wasCut) expect(kept).toBeGreaterThanOrEqual(longest - 1);
    }
  });

  it('gives the same each time', async () => {
    expect(await testSequences(model)).toEqual([...repeated, ...prose]);
  });
});

describe('models that are too small', () => {
  it('say what they take and what is needed', async () => {
    const bert = await open('tiny-bert');
    await expect(testSequences({ ...bert, maxTokens: 9 })).rejects.toMatchObject({
      code: 'bad-request',
      reason: 'context-too-small',
      message: 'This model takes at most 9 tokens; its heads can be scored from 10: 4 tokens said twice.',
      values: { tokens: 9, limit: 10 },
    });
    const [shortest] = await testSequences({ ...bert, maxTokens: 10 });
    expect(shortest).toMatchObject({ set: 'repeated', period: 4 });
  });

  it('say when the vocabulary is', async () => {
    const gpt = await open('tiny-gpt2');
    await expect(testSequences({ ...gpt, source: { vocabulary: 3 } })).rejects.toMatchObject({
      code: 'bad-request',
      reason: 'vocabulary-too-small',
    });
    const [small] = await testSequences({ ...gpt, source: { vocabulary: 5 } });
    expect(small).toMatchObject({ period: 5 });
    expect([...new Set(small!.encoding.ids)].toSorted()).toEqual([0, 1, 2, 3, 4]);
  });
});

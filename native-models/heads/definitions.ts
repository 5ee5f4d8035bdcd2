/**
 * What each score of a head means: the one table that the command line, the app's explanations and the tests read. The formulas
 * are computed in measure.ts, on the sequences of sequences.ts.
 */
import { HEAD_SCORES } from '../types.ts';
import type { HeadScore } from '../types.ts';

/** The test sequences a score is measured on. */
export type TestSet = 'repeated' | 'prose';

export interface HeadScoreDefinition {
  readonly name: HeadScore;
  /** `weight`: attention weight, 0…1; `tokens`: a distance; `ratio`: of the largest value there can be, 0…1. */
  readonly unit: 'weight' | 'tokens' | 'ratio';
  readonly set: TestSet;
  /** The formula as one plain sentence. p(i, j) is the weight of query i on key j; tokens count from 0. */
  readonly formula: string;
  /** What makes it 0 for every head of some models; null where nothing does. */
  readonly note: string | null;
  /** The paper that the score follows. */
  readonly source: string;
}

const CLARK = 'Clark et al. 2019, "What Does BERT Look At?"';
const OLSSON = 'Olsson et al. 2022, "In-context Learning and Induction Heads"';

const DEFINITIONS: Readonly<Record<HeadScore, Omit<HeadScoreDefinition, 'name'>>> = {
  previousToken: {
    unit: 'weight',
    set: 'repeated',
    formula: 'the mean over every random token i but the first of p(i, i−1), its weight on the token before it',
    note: null,
    source: `${CLARK}, section 3.1; ${OLSSON}`,
  },
  nextToken: {
    unit: 'weight',
    set: 'repeated',
    formula: 'the mean over every random token i but the last of p(i, i+1), its weight on the token after it',
    note: 'always 0 in a causal stack, where no query sees the token after it',
    source: `${CLARK}, section 3.1`,
  },
  firstToken: {
    unit: 'weight',
    set: 'prose',
    formula: 'the mean over every token i ≥ 1 of p(i, 0), its weight on the first token (an attention sink)',
    note: null,
    source: 'Xiao et al. 2023, "Efficient Streaming Language Models with Attention Sinks"',
  },
  separator: {
    unit: 'weight',
    set: 'prose',
    formula: 'the mean over every token that is not special of its summed weight on all separators, such as [SEP]',
    note: 'always 0 where the tokenizer puts no separator in a text',
    source: `${CLARK}, section 3.2`,
  },
  self: {
    unit: 'weight',
    set: 'prose',
    formula: 'the mean over every token i that sees at least two tokens of p(i, i), its weight on itself',
    note: null,
    source: `${CLARK}, section 3.1`,
  },
  duplicateToken: {
    unit: 'weight',
    set: 'repeated',
    formula:
      'the mean over every token i of the second round of p(i, i−P), its weight on the same token in the first round, P tokens before',
    note: null,
    source: 'Wang et al. 2022, "Interpretability in the Wild", section 3',
  },
  induction: {
    unit: 'weight',
    set: 'repeated',
    formula:
      'the mean over every token i of the second round of p(i, i−P+1), its weight on the token that followed the same token in the first round',
    note: null,
    source: `${OLSSON}, the prefix-matching score`,
  },
  distance: {
    unit: 'tokens',
    set: 'prose',
    formula: 'the mean over every token i of Σⱼ p(i, j)·|i − j|, how many tokens away it looks',
    note: null,
    source: 'Vig and Belinkov 2019, "Analyzing the Structure of Attention in a Transformer Language Model"',
  },
  uniform: {
    unit: 'ratio',
    set: 'prose',
    formula:
      'the mean over every token i that sees n ≥ 2 tokens of −Σⱼ p(i, j)·ln p(i, j) ÷ ln n: the entropy of its weights, 1 where all are equal',
    note: null,
    source: `${CLARK}, section 3.3`,
  },
};

/** One definition a score, in the order of HEAD_SCORES. */
export const HEAD_SCORE_DEFINITIONS: readonly HeadScoreDefinition[] = HEAD_SCORES.map((name) => ({
  name,
  ...DEFINITIONS[name],
}));

/** The scores of a model's heads as text: a table, the best of each, what they mean and what they were measured on. */
import { HEAD_SCORE_DEFINITIONS, HEAD_SCORES, REPEATED_TOKENS } from '../../native-models/index.ts';
import type {
  HeadScore,
  HeadScoreDefinition,
  ProseSequence,
  RepeatedSequence,
  ScoredHead,
  TestSequence,
} from '../../native-models/index.ts';
import { plainLine, textTable } from './table.ts';

/** One row a head, as it comes; two decimals, with * at the largest of each column. */
export function scoreTable(heads: readonly ScoredHead[]): string {
  const best = new Map(HEAD_SCORES.map((score) => [score, bestOf(heads, score)]));
  const rows = heads.map((each) => [
    nameOf(each, heads),
    ...HEAD_SCORES.map((score) => `${each.scores[score].toFixed(2)}${best.get(score) === each ? '*' : ' '}`),
  ]);
  // A space under which the stars stand.
  const header = ['HEAD', ...HEAD_SCORES.map((score) => `${score} `)];
  return textTable(
    [header, ...rows],
    HEAD_SCORES.map((_, column) => column + 1),
  );
}

/** One line a score: the head with the largest, and its value. */
export function bestHeads(heads: readonly ScoredHead[]): string {
  const rows = HEAD_SCORE_DEFINITIONS.map(({ name, unit }) => {
    const best = bestOf(heads, name);
    if (best === null) return [`  ${name}`, 'none', 'it is 0 for every head'];
    return [`  ${name}`, nameOf(best, heads), `${best.scores[name].toFixed(3)}${unit === 'tokens' ? ' tokens' : ''}`];
  });
  return textTable(rows);
}

/** The first head with the largest score; null where the score is 0 for all. */
function bestOf(heads: readonly ScoredHead[], score: HeadScore): ScoredHead | null {
  const best = heads.reduce<ScoredHead | null>(
    (most, each) => (most === null || each.scores[score] > most.scores[score] ? each : most),
    null,
  );
  return best === null || best.scores[score] === 0 ? null : best;
}

/** `layer.head`, behind the stack where there are several. */
function nameOf({ stack, layer, head }: ScoredHead, heads: readonly ScoredHead[]): string {
  const place = `${layer}.${head}`;
  return heads.every((each) => each.stack === stack) ? place : `${stack} ${place}`;
}

const SET_NAME = { repeated: 'repeated random tokens', prose: 'prose' } as const;
const UNIT = { weight: 'attention weight, 0 to 1', tokens: 'tokens', ratio: '0 to 1' } as const;

export function definitionsText(): string {
  const define = ({ name, unit, set, formula, note, source }: HeadScoreDefinition) => [
    `  ${name} (${UNIT[unit]}; on ${SET_NAME[set]})`,
    `    ${capital(formula)}${note === null ? '' : `; ${note}`}.`,
    `    After ${source}.`,
  ];
  const intro =
    'What the scores mean. p(i, j) is the weight of query i on key j; P is the number of tokens in a round.';
  const averaged = 'Layers, heads and tokens count from 0; each score is the average over its test sequences.';
  return `${[intro, averaged, ...HEAD_SCORE_DEFINITIONS.flatMap(define)].join('\n')}\n`;
}

function capital(sentence: string): string {
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
}

export function sequencesText(sequences: readonly TestSequence[]): string {
  const repeated = sequences.filter((sequence) => sequence.set === 'repeated');
  const prose = sequences.filter((sequence) => sequence.set === 'prose');
  const lines = [...repeatedLines(repeated), '', ...proseLines(prose)];
  return `${lines.join('\n')}\n`;
}

/** What the tokens are, then for each sequence the ids of a round and their pieces. */
function repeatedLines(sequences: readonly RepeatedSequence[]): string[] {
  const [shape] = sequences;
  if (shape === undefined) return [];
  const { first, period, encoding } = shape;
  const piecesOf = (from: number, to?: number) => encoding.tokens.slice(from, to).map(({ piece }) => piece);
  const frame = [...piecesOf(0, first), 'r', 'r', ...piecesOf(first + 2 * period)].map(plainLine).join(' ');
  const intro =
    `Repeated random tokens: ${sequences.length} sequences ${frame}, where the round r is P = ${period} different tokens, ` +
    `drawn evenly from the vocabulary without special tokens (mulberry32, seed ${REPEATED_TOKENS.seed}).`;
  const rounds = sequences.flatMap((sequence, index) => {
    const round = sequence.encoding.tokens.slice(first, first + period);
    return [
      `  r ${index}, ids: ${round.map(({ id }) => id).join(' ')}`,
      `     pieces: ${round.map(({ text }) => plainLine(text) || '␣').join(' ')}`,
    ];
  });
  return [intro, ...rounds];
}

function proseLines(sequences: readonly ProseSequence[]): string[] {
  const asPairs = sequences.some(({ input }) => input.pair !== undefined);
  const how = asPairs ? 'two sentences each, given as a pair' : 'two sentences each, given as one text';
  return [
    `Prose: ${sequences.length} paragraphs, ${how}.`,
    ...sequences.map(({ input, cut, encoding }, index) => {
      const text = [input.text, ...(input.pair === undefined ? [] : [input.pair])].join(' | ');
      const length = `${cut ? 'cut to ' : ''}${encoding.ids.length} tokens`;
      return `  ${index}. ${text} (${length})`;
    }),
  ];
}

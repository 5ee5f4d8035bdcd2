/** What `headlight tokens` prints of a text: tokens, numbers, the steps of every word, two tokenizers side by side. */
import type { TextInput, Token, TokenizerKind, TokenWord, WordSteps } from '../../native-models/index.ts';
import { stretches, tokenFacts } from '../../renderer/view-models/token-facts.ts';
import type { TokenFacts } from '../../renderer/view-models/token-facts.ts';
import { counted, plainLine, textTable } from './table.ts';

export interface WordWithSteps extends TokenWord {
  /** Null where they were not asked for. */
  readonly steps: WordSteps | null;
}

/** A text as one tokenizer splits it. */
export interface Tokenized {
  readonly model: string;
  readonly kind: TokenizerKind;
  /** Stands for text that the vocabulary cannot write. */
  readonly unknown: string | null;
  readonly tokens: readonly Token[];
  readonly words: readonly WordWithSteps[];
}

export interface TokensReport {
  readonly input: TextInput;
  readonly first: Tokenized;
  readonly second: Tokenized | null;
}

export function tokensReportJson({ input, first, second }: TokensReport): string {
  const told = (each: Tokenized) => ({
    ...{ model: each.model, kind: each.kind, tokens: each.tokens },
    words: each.words.map(({ steps, ...word }) => (steps === null ? word : { ...word, steps })),
    facts: factsOf(each, input),
  });
  const compare = second === null ? null : { ...told(second), stretches: stretchesOf(input, first, second) };
  return `${JSON.stringify({ ...told(first), compare }, null, 2)}\n`;
}

export function tokensReportText(report: TokensReport): string {
  const { input, first, second } = report;
  if (second !== null) {
    const steps = [first, second].map((each) => stepsText(each)).join('');
    return `${factsTable(report, second)}\n${stretchTable(input, first, second)}${steps}`;
  }
  return `${headline(first, input)}\n\n${tokenTable(first)}${stepsText(first)}`;
}

function textsOf({ text, pair }: TextInput): readonly string[] {
  return pair === undefined || pair.trim() === '' ? [text] : [text, pair];
}

function factsOf({ tokens, unknown }: Tokenized, input: TextInput): TokenFacts {
  return tokenFacts(textsOf(input), tokens, unknown);
}

/** Tokens that the tokenizer puts around the text are named apart: the numbers leave them out. */
function headline(each: Tokenized, input: TextInput): string {
  const facts = factsOf(each, input);
  const around = each.tokens.length - facts.tokens;
  return [
    plainLine(each.model),
    each.kind,
    `${counted(facts.tokens, 'token')}${around > 0 ? ` and ${around} put around` : ''}`,
    counted(facts.words, 'word'),
    counted(facts.characters, 'character'),
    counted(facts.bytes, 'byte'),
    `${ratio(facts.tokensPerWord)} tokens a word`,
    `${ratio(facts.bytesPerToken)} bytes a token`,
    ...(facts.unknown > 0 ? [`${facts.unknown} unknown`] : []),
  ].join(' · ');
}

const ratio = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

function tokenTable({ tokens, words }: Tokenized): string {
  const wordOf = new Map(words.flatMap(({ first, last }, at) => range(first, last).map((token) => [token, at])));
  const rows = tokens.map(({ index, id, piece, text, start, end, part }) => [
    ...[String(index), String(id), plainLine(piece), plainLine(text)],
    start === null ? '' : `${start}–${end}${part === 1 ? ' of the second text' : ''}`,
    String(wordOf.get(index) ?? ''),
  ]);
  return textTable([['TOKEN', 'ID', 'PIECE', 'TEXT', 'CHARACTERS', 'WORD'], ...rows], [0, 1, 5]);
}

const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** Words of whole tokens have no steps and are left out. */
function stepsText({ model, words }: Tokenized): string {
  const blocks = words.flatMap((word, at) =>
    word.steps === null || word.kind !== 'word' ? [] : [wordText(word, word.steps, at)],
  );
  return blocks.length === 0 ? '' : `\nHow the pieces form, by ${plainLine(model)}:\n${blocks.join('')}`;
}

function wordText({ first, last }: TokenWord, steps: WordSteps, at: number): string {
  const { source, normalised, forming, pieces } = steps;
  const changed = normalised === source ? '' : `, normalised ${quoted(normalised)}`;
  const tokens = first === last ? `token ${first}` : `tokens ${first}–${last}`;
  const end = `  ends as  ${pieces.map(({ piece, id }) => `${plainLine(piece)} (${id ?? '–'})`).join('  ')}\n`;
  return `\nWord ${at}, ${quoted(source)}${changed}, ${tokens}:\n${formingText(forming)}${end}`;
}

const quoted = (text: string): string => plainLine(JSON.stringify(text));

function formingText(forming: WordSteps['forming']): string {
  if (forming.kind === 'merges') {
    const start = forming.symbols.map(({ piece, bytes }) => `${plainLine(piece)} [${bytes}]`).join('  ');
    const rows = forming.merges.map(({ rank, left, right, result, id }, step) => [
      ...[String(step), String(rank), `${plainLine(left)} + ${plainLine(right)}`, plainLine(result), String(id ?? '–')],
    ]);
    const table =
      rows.length === 0
        ? '  no merge applies\n'
        : textTable([['STEP', 'RANK', 'PAIR', 'MADE', 'ID'], ...rows], [0, 1, 4]);
    return `  begins with  ${start}\n${indented(table)}`;
  }
  if (forming.kind === 'tries') {
    if (forming.tooLong) return '  too long for this tokenizer: the whole word is the unknown token\n';
    const rows = forming.tries.map(({ piece, id, start, end }, step) => [
      ...[String(step), plainLine(piece), `${start}–${end}`, id === null ? 'not in the vocabulary' : `found, ${id}`],
    ]);
    return indented(textTable([['STEP', 'TRIED', 'CHARACTERS', 'ID'], ...rows], [0]));
  }
  if (forming.kind === 'whole') return '  taken whole: nothing is put together\n';
  return forming.why === 'length'
    ? '  too long to list its steps\n'
    : '  this kind of tokenizer does not put pieces together step by step\n';
}

const indented = (table: string): string => table.replace(/^(?=.)(?! {2}no)/gmu, '  ');

function factsTable({ input, first }: TokensReport, second: Tokenized): string {
  const [a, b] = [factsOf(first, input), factsOf(second, input)];
  const row = (name: string, of: (facts: TokenFacts) => string): string[] => [name, of(a), of(b)];
  return textTable(
    [
      ['', plainLine(first.model), plainLine(second.model)],
      ['Kind', first.kind, second.kind],
      row('Tokens', ({ tokens }) => String(tokens)),
      row('Tokens a word', ({ tokensPerWord }) => ratio(tokensPerWord)),
      row('Bytes a token', ({ bytesPerToken }) => ratio(bytesPerToken)),
      row('Unknown tokens', ({ unknown }) => String(unknown)),
    ],
    [1, 2],
  );
}

function stretchesOf(input: TextInput, first: Tokenized, second: Tokenized) {
  return textsOf(input).flatMap((text, part) => {
    const own = ({ tokens }: Tokenized) => tokens.filter((token) => token.part === part);
    return stretches(text.length, own(first), own(second)).map(({ start, end, left, right, same }) => ({
      ...{ part, start, end, same },
      ...{ left: left.map(({ index }) => index), right: right.map(({ index }) => index) },
    }));
  });
}

/** A row a stretch of the text between borders that both have; those that are cut in different ways are marked. */
function stretchTable(input: TextInput, first: Tokenized, second: Tokenized): string {
  const pieces = ({ tokens }: Tokenized, at: readonly number[]): string =>
    at.map((index) => plainLine(tokens[index]?.piece ?? '')).join(' | ');
  const texts = textsOf(input);
  const rows = stretchesOf(input, first, second).map(({ part, start, end, left, right, same }) => [
    `${start}–${end}${part === 1 ? ' of the second text' : ''}`,
    quoted((texts[part] ?? '').slice(start, end)),
    pieces(first, left),
    pieces(second, right),
    same ? '' : 'unlike',
  ]);
  return textTable([['CHARACTERS', 'TEXT', plainLine(first.model), plainLine(second.model), ''], ...rows]);
}

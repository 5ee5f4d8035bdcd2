/** The views of the tokenizer to take along: how a word's pieces form, two tokenizers, the vocabulary. */
import type { Token, TokenizedText, VocabularyEntry, WordSteps } from '../../electron/api/index.ts';
import { tableData } from '../figures/figure-data.ts';
import type { DataRow } from '../figures/figure-data.ts';
import type { TableColumn } from '../figures/text-table.ts';
import { tableDrawable } from './export-answers.ts';
import type { Drawable } from './export-answers.ts';
import type { Translate } from './failure.ts';
import { tokenLabel } from './format.ts';

const column = <Item>(
  title: string,
  items: readonly Item[],
  cell: (item: Item) => string | number | null,
  align: TableColumn['align'] = 'start',
): TableColumn => ({ title, align, cells: items.map((item) => String(cell(item) ?? '–')) });

/** The steps of a word, or the pieces it ends in where there are none. @param name of the model; `word` which one of the text's it is */
export function piecesExport(steps: WordSteps, name: string, word: number, words: Translate): Drawable {
  const { forming, pieces, source } = steps;
  const title = (key: string): string => words(`tokenizer.column.${key}`);
  const ends = pieces.map(({ piece }) => piece).join(' ');
  const heading = { title: words('views.heading.pieces'), subtitle: `${name} · “${tokenLabel(source)}”`, note: ends };
  if (forming.kind === 'merges' && forming.merges.length > 0) {
    const steps = forming.merges.map((merge, at) => ({ step: at + 1, ...merge }));
    const columns = [
      column(title('step'), steps, ({ step }) => step, 'end'),
      column(title('pair'), steps, ({ left, right }) => `${left} + ${right}`),
      column(title('result'), steps, ({ result }) => result),
      column(title('rank'), steps, ({ rank }) => rank, 'end'),
      column(title('id'), steps, ({ id }) => id, 'end'),
    ];
    return tableDrawable(
      { ...heading, columns },
      () => tableData(() => steps.map((each) => ({ ...each })), { source, pieces }),
      { word },
    );
  }
  if (forming.kind === 'tries' && forming.tries.length > 0) {
    const steps = forming.tries.map((tried, at) => ({ step: at + 1, ...tried }));
    const columns = [
      column(title('step'), steps, ({ step }) => step, 'end'),
      column(title('tried'), steps, ({ piece }) => piece),
      column(title('inVocabulary'), steps, ({ id }) => id ?? words('tokenizer.absent'), 'end'),
    ];
    return tableDrawable(
      { ...heading, columns },
      () => tableData(() => steps.map((each) => ({ ...each })), { source, pieces }),
      { word },
    );
  }
  const columns = [
    column(words('stage.columns.piece'), pieces, ({ piece }) => piece),
    column(title('bytes'), pieces, ({ bytes }) => bytes),
    column(title('id'), pieces, ({ id }) => id, 'end'),
  ];
  return tableDrawable(
    { ...heading, columns },
    () => tableData(() => pieces.map((each) => ({ ...each })), { source }),
    { word },
  );
}

/** Two tokenizers' tokens in two lists, by their place in the text. */
export function tokenizersExport(
  names: readonly [string, string],
  texts: readonly [TokenizedText, TokenizedText],
  words: Translate,
): Drawable {
  const count = Math.max(...texts.map(({ tokens }) => tokens.length));
  const cells = (tokens: readonly Token[], of: (token: Token) => string): readonly string[] =>
    Array.from({ length: count }, (_, at) => (tokens[at] === undefined ? '' : of(tokens[at])));
  const columns = texts.flatMap(({ tokens }, at): TableColumn[] => [
    { title: names[at] ?? '', align: 'start', cells: cells(tokens, ({ text }) => tokenLabel(text)) },
    { title: words('stage.columns.id'), align: 'end', cells: cells(tokens, ({ id }) => String(id)) },
    { title: words('stage.columns.offsets'), align: 'end', cells: cells(tokens, offsets) },
  ]);
  const index: TableColumn = {
    title: words('stage.columns.index'),
    align: 'end',
    cells: Array.from({ length: count }, (_, at) => String(at)),
  };
  const note = texts.map(({ tokens, kind }, at) => `${names[at] ?? ''}: ${kind}, ${tokens.length}`).join(' · ');
  const table = {
    title: words('views.heading.tokenizers'),
    subtitle: names.join(' · '),
    columns: [index, ...columns],
    note,
  };
  const rows = (): DataRow[] =>
    texts.flatMap(({ tokens }, at) =>
      tokens.map(({ index: token, id, piece, text, start, end, part }) => ({
        ...{ tokenizer: names[at] ?? '', token, id, piece, text, start, end, part },
      })),
    );
  return tableDrawable(table, () => tableData(rows), { tokenizers: names });
}

const offsets = ({ start, end }: Token): string => (start === null ? '–' : `${start}–${end ?? ''}`);

/** The entries of the page that is shown. @param facts how many there are, and what was searched for */
export function vocabularyExport(
  entries: readonly VocabularyEntry[],
  name: string,
  facts: Readonly<Record<string, unknown>>,
  words: Translate,
): Drawable {
  const columns = [
    column(words('stage.columns.id'), entries, ({ id }) => id, 'end'),
    column(words('stage.columns.piece'), entries, ({ piece }) => piece),
    column(words('stage.columns.text'), entries, ({ text }) => tokenLabel(text)),
    column(words('tokenizer.column.bytes'), entries, ({ bytes }) => bytes),
  ];
  const rows = (): DataRow[] =>
    entries.map(({ id, piece, text, bytes, special, roles }) => ({
      ...{ id, piece, text, bytes, special: special ? 1 : 0, roles: roles.join(' ') },
    }));
  const table = { title: words('views.heading.vocabulary'), subtitle: name, columns, note: '' };
  return tableDrawable(table, () => tableData(rows, facts), facts);
}

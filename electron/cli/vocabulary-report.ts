/** What `headlight tokens` prints of a vocabulary: the pieces that a search found, or the special tokens. */
import type { TokenizerKind, VocabularyPage } from '../../native-models/index.ts';
import { plainLine, textTable } from './table.ts';

export interface VocabularyReport {
  readonly model: string;
  readonly kind: TokenizerKind;
  /** Empty: all of it. */
  readonly query: string;
  /** Only special tokens. */
  readonly special: boolean;
  readonly page: VocabularyPage;
}

export function vocabularyJson({ model, kind, query, special, page }: VocabularyReport): string {
  return `${JSON.stringify({ model, kind, query, special, ...page }, null, 2)}\n`;
}

export function vocabularyText({ model, kind, query, special, page }: VocabularyReport): string {
  const { size, found, entries } = page;
  const what = special ? `${found} special tokens` : `${found} found`;
  const of = query === '' ? '' : ` with ${plainLine(JSON.stringify(query))}`;
  const shown = entries.length < found ? ` · the first ${entries.length} shown` : '';
  const head = `${plainLine(model)} · ${kind} · ${size} pieces · ${what}${of}${shown}\n`;
  if (entries.length === 0) return head;
  const rows = entries.map(({ id, piece, text, bytes, special: isSpecial, roles }) => [
    ...[String(id), plainLine(piece), plainLine(JSON.stringify(text)), bytes],
    [...(isSpecial ? ['special'] : []), ...roles].join(', '),
  ]);
  return `${head}\n${textTable([['ID', 'PIECE', 'TEXT', 'BYTES', 'ROLE'], ...rows], [0])}`;
}

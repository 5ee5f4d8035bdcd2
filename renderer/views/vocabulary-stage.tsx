/** The tokenizer's whole vocabulary: search, special tokens, bytes. */
import { useDeferredValue, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TokenizerKind, VocabularyEntry } from '../../electron/api/index.ts';
import { useRowWindow } from '../components/use-row-window.ts';
import { vocabularyExport } from '../view-models/export-tokens.ts';
import type { Translate } from '../view-models/failure.ts';
import { formatCount } from '../view-models/format.ts';
import { typedText, withPiece } from '../view-models/typed-piece.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { GapRow } from './gap-row.tsx';
import { ListPages, pageOf } from './list-pages.tsx';
import { useShownFigure } from './use-shown-figure.ts';
import { useVocabulary } from './use-tokenizing.ts';

/** Entries of a page. */
const ENTRIES = 500;

interface Search {
  readonly query: string;
  readonly special: boolean;
  /** Which of the found entries the page begins with. */
  readonly from: number;
}

/** @param kind of the tokenizer, once it is known */
export function VocabularyStage({ model, kind }: { model: string; kind: TokenizerKind | null }): ReactElement {
  const { t } = useTranslation();
  const [search, setSearch] = useState<Search>({ query: '', special: false, from: 0 });
  const asked = useDeferredValue(search);
  const answer = useVocabulary({ model, ...asked, count: ENTRIES });
  const { shown } = answer;
  const words = useWords();
  const table = useMemo(() => {
    if (shown === null) return null;
    const { entries, found, size } = shown;
    return vocabularyExport(entries, model, { ...search, found, size }, words);
  }, [shown, model, search, words]);
  useShownFigure(table);
  return (
    <div className="vocabulary" data-testid="vocabulary">
      <div className="vocabulary-tools" data-own-keys>
        <SearchField search={search} onSearch={setSearch} />
        <p className="note" role="status" data-testid="vocabulary-found">
          {shown !== null &&
            t('tokenizer.foundOf', {
              count: shown.found,
              found: formatCount(shown.found),
              size: formatCount(shown.size),
            })}
        </p>
        {shown !== null && (
          <ListPages
            {...pageOf(search.from, shown.found, ENTRIES)}
            count={shown.found}
            onPage={(entry) => setSearch({ ...search, from: pageOf(entry, shown.found, ENTRIES).from })}
          />
        )}
      </div>
      {answer.status === 'failed' ? (
        <p className="problem" role="alert">
          {t('tokenizer.failed')}
        </p>
      ) : (
        shown !== null && <Entries key={search.from} entries={shown.entries} kind={kind} />
      )}
    </div>
  );
}

/** A new search begins with its first page. */
function SearchField({ search, onSearch }: { search: Search; onSearch: (search: Search) => void }): ReactElement {
  const { t } = useTranslation();
  const { query, special } = search;
  return (
    <>
      <label className="beside-field">
        <span>{t('tokenizer.search')}</span>
        <input
          type="search"
          value={query}
          placeholder={t('tokenizer.searchHint')}
          spellCheck={false}
          autoComplete="off"
          maxLength={200}
          onChange={({ target }) => onSearch({ query: target.value, special, from: 0 })}
          data-testid="vocabulary-search"
        />
      </label>
      <button
        type="button"
        className="tool-button"
        aria-pressed={special}
        onClick={() => onSearch({ query, special: !special, from: 0 })}
        data-testid="vocabulary-special"
      >
        {t('tokenizer.onlySpecial')}
      </button>
    </>
  );
}

function Entries({ entries, kind }: { entries: readonly VocabularyEntry[]; kind: TokenizerKind | null }): ReactElement {
  const { t } = useTranslation();
  const ids = useMemo(() => entries.map(({ id }) => id), [entries]);
  const { room, onScroll, pieces, gapHeight, isWindowed } = useRowWindow({ ids });
  return (
    <div
      className={isWindowed ? 'table-room windowed' : 'table-room'}
      ref={room}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={t('tokenizer.vocabulary')}
      data-own-keys
    >
      <table
        className="table"
        data-testid="vocabulary-table"
        aria-rowcount={isWindowed ? entries.length + 1 : undefined}
      >
        <thead>
          <tr>
            <th className="number">{t('stage.columns.id')}</th>
            <th>{t('stage.columns.piece')}</th>
            <th>{t('stage.columns.text')}</th>
            <th>{t('tokenizer.column.bytes')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {pieces.flatMap((piece) =>
            piece.kind === 'gap'
              ? [<GapRow key={`gap-${piece.from}`} height={gapHeight(piece)} columns={5} />]
              : entries
                  .slice(piece.from, piece.to)
                  .map((entry) => <EntryRow key={entry.id} entry={entry} kind={kind} />),
          )}
        </tbody>
      </table>
    </div>
  );
}

function EntryRow({ entry, kind }: { entry: VocabularyEntry; kind: TokenizerKind | null }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const text = useApp((state) => state.text);
  const words = useWords();
  const { id, piece, text: label, bytes, special, roles } = entry;
  const typed = typedText(entry);
  return (
    <tr data-row={id}>
      <td className="number">{id}</td>
      <td className="mono">{piece}</td>
      <td className="mono">{label.replaceAll(' ', '␣')}</td>
      <td className="mono">{bytes}</td>
      <td className="marks">
        {special && <span className="mark">{roleText(roles, words) || t('stage.special')}</span>}
        {typed !== null && (
          <button
            type="button"
            className="link-button"
            title={t('tokenizer.insertHelp')}
            onClick={() => session.setText(withPiece(text, typed, { kind, entry }))}
          >
            {t('tokenizer.insert')}
          </button>
        )}
      </td>
    </tr>
  );
}

const ROLES = ['unk', 'sep', 'pad', 'cls', 'mask', 'bos', 'eos'];

/** Roles that the settings of a model name in their own way stay as they are. */
function roleText(roles: readonly string[], words: Translate): string {
  return roles.map((role) => (ROLES.includes(role) ? words(`tokenizer.role.${role}`) : role)).join(', ');
}

/** Long lists a page at a time: which page is shown, and the buttons to the next one and the one before. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../view-models/format.ts';

export interface Page {
  /** Index of its first entry, and one past its last. */
  readonly from: number;
  readonly to: number;
}

/** The page of `size` entries that an entry is on; the last page may be shorter. */
export function pageOf(entry: number, count: number, size: number): Page {
  const from = Math.max(0, Math.floor(Math.min(entry, count - 1) / size) * size);
  return { from, to: Math.min(count, from + size) };
}

interface ListPagesProps extends Page {
  readonly count: number;
  /** Called with an entry of the page to show. */
  readonly onPage: (from: number) => void;
}

/** Nothing where all fits on one page. */
export function ListPages({ from, to, count, onPage }: ListPagesProps): ReactElement | null {
  const { t } = useTranslation();
  if (to - from >= count) return null;
  return (
    <div className="list-pages" role="group" aria-label={t('tokenizer.pages')} data-own-keys>
      <button
        type="button"
        className="tool-button"
        aria-label={t('tokenizer.pageBefore')}
        title={t('tokenizer.pageBefore')}
        disabled={from === 0}
        onClick={() => onPage(from - 1)}
        data-testid="page-before"
      >
        ◀
      </button>
      <span role="status" data-testid="page-of">
        {t('tokenizer.pageOf', { from: formatCount(from), to: formatCount(to - 1), count: formatCount(count) })}
      </span>
      <button
        type="button"
        className="tool-button"
        aria-label={t('tokenizer.pageAfter')}
        title={t('tokenizer.pageAfter')}
        disabled={to >= count}
        onClick={() => onPage(to)}
        data-testid="page-after"
      >
        ▶
      </button>
    </div>
  );
}

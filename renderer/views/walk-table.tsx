/** The keys of the query as a table: a bar and the station's numbers a row; an opened key shows its products. */
import { Fragment, useMemo } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRowWindow } from '../components/use-row-window.ts';
import type { RowWindow } from '../components/use-row-window.ts';
import type { Frame } from '../state/frames.ts';
import { formatNumber, tokenLabel } from '../view-models/format.ts';
import { row } from '../view-models/inspector.ts';
import { NUMBER_COLUMNS } from '../view-models/walk-columns.ts';
import type { KeyStation } from '../view-models/walk-names.ts';
import { rowStrips } from '../view-models/walk-strips.ts';
import type { RowStrips } from '../view-models/walk-strips.ts';
import { KEY_LIMIT } from '../view-models/walk.ts';
import type { WalkNumbers, WalkRow } from '../view-models/walk.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { useShownKey } from './use-cell.ts';
import { PowerText } from './walk-facts.tsx';
import type { HeadVectors } from './walk-keys.tsx';
import { KeyProducts } from './walk-products.tsx';
import { KeyRow } from './walk-row.tsx';
import { GapRow } from './gap-row.tsx';

export interface WalkTableProps {
  readonly frame: Frame;
  readonly station: KeyStation;
  readonly detail: 'bars' | 'dimensions';
  readonly rows: readonly WalkRow[];
  readonly numbers: WalkNumbers;
  readonly vectors: HeadVectors;
  readonly dHead: number;
}

export function WalkTable(props: WalkTableProps): ReactElement {
  const { frame, station, detail, rows, numbers, vectors, dHead } = props;
  const { t } = useTranslation();
  const selected = useShownKey();
  const { openKey, choose } = useOpenKey(station);
  const strips = useMemo(
    () => rowStrips(station, detail, rows, vectors, numbers.query),
    [station, detail, rows, vectors, numbers.query],
  );
  const opens = station === 'scores';
  const text = (key: number): string => tokenLabel(frame.run.tokens[key]?.text ?? '');
  const ids = useMemo(() => rows.map(({ key }) => key), [rows]);
  const focusable = rows.some((item) => item.key === selected) ? selected : rows[0]?.key;
  const shown = useRowWindow({ ids, keep: [focusable], extraBelow: openKey });
  const width = 2 + NUMBER_COLUMNS[station].length + strips.titles.length;
  const keyRow = (item: WalkRow, index: number): ReactElement => (
    <Fragment key={item.key}>
      <KeyRow
        item={item}
        station={station}
        token={text(item.key)}
        numbers={numbers}
        strips={strips.of(item)}
        showsBar={detail === 'bars'}
        isSelected={item.key === selected}
        isFocusable={item.key === focusable}
        isOpen={opens ? openKey === item.key : null}
        rowIndex={shown.isWindowed ? index + FIRST_ROW : undefined}
        onChoose={() => choose(item.key)}
      />
      {openKey === item.key && (
        <ProductsRow item={item} vectors={vectors} query={numbers.query} text={text} columns={width} />
      )}
    </Fragment>
  );
  return (
    <KeysRoom
      label={t('walk.keysOf', { token: text(numbers.query) })}
      help={opens ? 'walk.keyHelp' : 'walk.keyHelpPlain'}
      shown={shown}
      rows={rows}
    >
      <TableHead station={station} showsBar={detail === 'bars'} strips={strips.titles} dHead={dHead} />
      <tbody>
        {shown.pieces.flatMap((piece) =>
          piece.kind === 'gap'
            ? [<GapRow key={`gap-${piece.from}`} height={shown.gapHeight(piece)} columns={width} />]
            : rows.slice(piece.from, piece.to).map((item, at) => keyRow(item, piece.from + at)),
        )}
        <MoreKeys numbers={numbers} shown={rows} able={station === 'context'} width={width} />
      </tbody>
    </KeysRoom>
  );
}

/** The head is row 1, as ARIA counts rows. */
const FIRST_ROW = 2;

/** The key whose products are open, only where keys open; and what a click on a key does. */
function useOpenKey(station: KeyStation): { openKey: number | null; choose: (key: number) => void } {
  const session = useSession();
  const last = useApp((state) => state.walk.openKey);
  const opens = station === 'scores';
  const choose = (key: number): void => {
    session.select({ key });
    if (opens) session.setWalk({ openKey: last === key ? null : key });
  };
  return { openKey: opens ? last : null, choose };
}

interface ProductsRowProps {
  readonly item: WalkRow;
  readonly vectors: HeadVectors;
  readonly query: number;
  readonly text: (token: number) => string;
  readonly columns: number;
}

/** Below an opened key: its products with the query. */
function ProductsRow({ item, vectors, query, text, columns }: ProductsRowProps): ReactElement {
  return (
    <tr className="products-row" data-extra>
      <td colSpan={columns}>
        <KeyProducts
          q={row(vectors.q, query)}
          k={row(vectors.k, item.key)}
          score={item.score}
          query={text(query)}
          keyText={text(item.key)}
        />
      </td>
    </tr>
  );
}

interface TableHeadProps {
  readonly station: KeyStation;
  readonly showsBar: boolean;
  readonly strips: RowStrips['titles'];
  readonly dHead: number;
}

function TableHead({ station, showsBar, strips, dHead }: TableHeadProps): ReactElement {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        <th scope="col">{t('walk.head.key')}</th>
        {showsBar && <td />}
        {strips.map((title) => (
          <th key={title} scope="col">
            {t(`walk.head.${title}`)}
          </th>
        ))}
        {NUMBER_COLUMNS[station].map(({ id }) => (
          <th key={id} scope="col" className="number">
            <PowerText>{t(`walk.head.${id}`, { dHead })}</PowerText>
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface KeysRoomProps {
  readonly label: string;
  readonly help: 'walk.keyHelp' | 'walk.keyHelpPlain';
  readonly shown: RowWindow;
  readonly rows: readonly WalkRow[];
  readonly children: ReactNode;
}

/** The scrolling box: arrows go from key to key. */
function KeysRoom({ label, help, shown, rows, children }: KeysRoomProps): ReactElement {
  const { t } = useTranslation();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const id = (event.target as HTMLElement).dataset['row'];
    const at = id === undefined ? -1 : rows.findIndex(({ key }) => key === Number(id));
    const goals: Record<string, number> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 };
    const goal = goals[event.key];
    if (at < 0 || goal === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    shown.focusRow(goal);
  };
  const { room, onScroll, onFocus, onBlur, isWindowed } = shown;
  return (
    <div
      className={isWindowed ? 'keys-room windowed' : 'keys-room'}
      ref={room}
      data-own-keys
      onKeyDown={onKeyDown}
      onScroll={onScroll}
      onFocus={onFocus}
      onBlur={onBlur}
      title={t(help)}
    >
      <table
        className="keys-table"
        aria-label={label}
        // The head, the keys, and the line with the button.
        aria-rowcount={isWindowed ? rows.length + FIRST_ROW : undefined}
      >
        {children}
      </table>
    </div>
  );
}

interface MoreKeysProps {
  readonly numbers: WalkNumbers;
  readonly shown: readonly WalkRow[];
  /** True where hidden keys are not listed. */
  readonly able: boolean;
  readonly width: number;
}

/** What a long list leaves out, in one line; a button lists it all. */
function MoreKeys({ numbers, shown, able, width }: MoreKeysProps): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const all = able ? numbers.visible : numbers.rows.length;
  if (all <= KEY_LIMIT) return null;
  const count = all - shown.length;
  const weight = 1 - shown.reduce((sum, item) => sum + item.weight, 0);
  return (
    <tr className="more-row">
      <td colSpan={width}>
        {count > 0 && (
          <span data-testid="walk-more">
            {words('walk.more', { count, weight: formatNumber(Math.max(0, weight), 3) })}{' '}
          </span>
        )}
        <button
          type="button"
          className="link-button"
          data-testid="walk-show-all"
          onClick={() => session.setWalk({ everyKey: count > 0 })}
        >
          {count > 0 ? t('walk.showAll', { count: all }) : t('walk.showFewer', { count: KEY_LIMIT })}
        </button>
      </td>
    </tr>
  );
}

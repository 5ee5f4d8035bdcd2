/** The keys of the query as a table: a bar and the station's numbers a row; an opened key shows its products. */
import { Fragment, useRef } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { formatNumber, tokenLabel } from '../view-models/format.ts';
import { products, reach, row } from '../view-models/inspector.ts';
import { NUMBER_COLUMNS } from '../view-models/walk-columns.ts';
import type { KeyStation } from '../view-models/walk-names.ts';
import { KEY_LIMIT, weighted } from '../view-models/walk.ts';
import type { WalkNumbers, WalkRow } from '../view-models/walk.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { useShownKey } from './use-cell.ts';
import { PowerText } from './walk-facts.tsx';
import type { HeadVectors } from './walk-keys.tsx';
import { KeyProducts } from './walk-products.tsx';
import { KeyRow } from './walk-row.tsx';
import type { RowStrip } from './walk-row.tsx';

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
  const session = useSession();
  const openKey = useApp((state) => state.walk.openKey);
  const selected = useShownKey();
  const strips = stripsOf(props);
  const opens = station === 'scores';
  const text = (key: number): string => tokenLabel(frame.run.tokens[key]?.text ?? '');
  const choose = (key: number): void => {
    session.select({ key });
    if (opens) session.setWalk({ openKey: openKey === key ? null : key });
  };
  const focusable = rows.some((item) => item.key === selected) ? selected : rows[0]?.key;
  const width = 2 + NUMBER_COLUMNS[station].length + strips.titles.length;
  return (
    <KeysRoom
      label={t('walk.keysOf', { token: text(numbers.query) })}
      help={opens ? 'walk.keyHelp' : 'walk.keyHelpPlain'}
    >
      <TableHead station={station} showsBar={detail === 'bars'} strips={strips.titles} dHead={dHead} />
      <tbody>
        {rows.map((item) => (
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
              onChoose={() => choose(item.key)}
            />
            {opens && openKey === item.key && (
              <tr className="products-row">
                <td colSpan={width}>
                  <KeyProducts
                    q={row(vectors.q, numbers.query)}
                    k={row(vectors.k, item.key)}
                    score={item.score}
                    query={text(numbers.query)}
                    keyText={text(item.key)}
                  />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
        <MoreKeys numbers={numbers} shown={rows} able={station === 'context'} width={width} />
      </tbody>
    </KeysRoom>
  );
}

interface TableHeadProps {
  readonly station: KeyStation;
  readonly showsBar: boolean;
  readonly strips: Strips['titles'];
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

interface Strips {
  readonly titles: readonly ('strip' | 'kStrip' | 'productStrip')[];
  readonly of: (item: WalkRow) => readonly RowStrip[];
}

/** The vectors in each row: k and q⊙k in the view by dimensions, α·v at the weighted sum. */
function stripsOf({ station, detail, rows, numbers, vectors }: WalkTableProps): Strips {
  if (detail === 'dimensions') {
    const q = row(vectors.q, numbers.query);
    const parts = new Map(rows.map(({ key }) => [key, products(q, row(vectors.k, key))]));
    const largest = { k: reach(vectors.k.data), product: Math.max(0, ...[...parts.values()].map(reach)) };
    return {
      titles: ['kStrip', 'productStrip'],
      of: ({ key }) => [
        { id: 'k', values: row(vectors.k, key), hue: 'key', reach: largest.k },
        { id: 'product', values: parts.get(key) ?? new Float32Array(), hue: 'product', reach: largest.product },
      ],
    };
  }
  if (station !== 'context') return { titles: [], of: () => [] };
  const parts = new Map(rows.map(({ key, weight }) => [key, weighted(row(vectors.v, key), weight)]));
  const largest = Math.max(reach(row(vectors.context, numbers.query)), ...[...parts.values()].map(reach));
  return {
    titles: ['strip'],
    of: ({ key }) => [{ id: 'value', values: parts.get(key) ?? new Float32Array(), hue: 'value', reach: largest }],
  };
}

interface KeysRoomProps {
  readonly label: string;
  readonly help: 'walk.keyHelp' | 'walk.keyHelpPlain';
  readonly children: ReactElement[];
}

/** The scrolling box: arrows go from key to key. */
function KeysRoom({ label, help, children }: KeysRoomProps): ReactElement {
  const { t } = useTranslation();
  const room = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const names = [...(room.current?.querySelectorAll<HTMLElement>('.key-name') ?? [])];
    const at = names.findIndex((name) => name === event.target);
    const goals: Record<string, number> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: names.length - 1 };
    const goal = goals[event.key];
    if (at < 0 || goal === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    names[Math.max(0, Math.min(names.length - 1, goal))]?.focus();
  };
  return (
    <div className="keys-room" ref={room} data-own-keys onKeyDown={onKeyDown} title={t(help)}>
      <table className="keys-table" aria-label={label}>
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

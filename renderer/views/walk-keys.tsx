/** One row a key, from its score to what it brings: rows and bars stay the same elements from station to station. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { stackOf } from '../state/selection.ts';
import { tokenLabel } from '../view-models/format.ts';
import { row } from '../view-models/inspector.ts';
import type { Matrix } from '../state/slices.ts';
import { sortValue } from '../view-models/walk-columns.ts';
import { siteValue } from '../view-models/walk-names.ts';
import type { KeyStation } from '../view-models/walk-names.ts';
import { KEY_LIMIT, shownRows, walkNumbers } from '../view-models/walk.ts';
import type { WalkNumbers, WalkRow } from '../view-models/walk.ts';
import { useApp } from './context.tsx';
import { useShownKey } from './use-cell.ts';
import { VectorLine } from './vector-line.tsx';
import { WalkFacts } from './walk-facts.tsx';
import { WalkTable } from './walk-table.tsx';
import { WalkTools } from './walk-tools.tsx';

/** The vectors of the head that rows are made of. */
export interface HeadVectors {
  readonly q: Matrix;
  readonly k: Matrix;
  readonly v: Matrix;
  readonly context: Matrix;
}

function headVectors(frame: Frame): HeadVectors | null {
  const [q, k, v, context] = ['q', 'k', 'v', 'context'].map((value) => siteValue(frame, value));
  return q && k && v && context ? { q, k, v, context } : null;
}

function numbersOf(frame: Frame, query: number): WalkNumbers | null {
  const [scores, scaled, masked, pattern] = ['scores', 'scaled', 'masked', 'pattern'].map((value) =>
    siteValue(frame, value),
  );
  if (!scores || !scaled || !masked || !pattern) return null;
  const valueNorm = siteValue(frame, 'valueNorm');
  return walkNumbers({ scores, scaled, masked, pattern, valueNorm }, query, frame.selection.head);
}

export function WalkKeys({ frame, query }: { frame: Frame; query: number }): ReactElement | null {
  const numbers = useMemo(() => numbersOf(frame, query), [frame, query]);
  const vectors = useMemo(() => headVectors(frame), [frame]);
  return numbers === null || vectors === null ? null : (
    <Keys frame={frame} numbers={numbers} vectors={vectors} query={query} />
  );
}

interface KeysProps {
  readonly frame: Frame;
  readonly numbers: WalkNumbers;
  readonly vectors: HeadVectors;
  readonly query: number;
}

function Keys({ frame, numbers, vectors, query }: KeysProps): ReactElement {
  const { t } = useTranslation();
  const walk = useApp((state) => state.walk);
  const key = useShownKey();
  const station = frame.selection.station as KeyStation;
  const rows = useMemo(() => {
    const able = station === 'context' ? numbers.rows.filter(({ visible }) => visible) : numbers.rows;
    const limit = walk.everyKey ? Infinity : KEY_LIMIT;
    return shownRows(able, walk.order, (item: WalkRow) => sortValue(station, item), limit, key);
  }, [numbers, station, walk.everyKey, walk.order, key]);
  const dHead = stackOf(frame.model.stacks, frame.selection)?.dHead ?? 1;
  const queryText = tokenLabel(frame.run.tokens[query]?.text ?? '');
  const detail = station === 'scores' ? walk.detail : 'bars';
  return (
    <div className="walk-keys" data-testid="walk-keys" data-station={station} data-keys={rows.length}>
      <div className="walk-bar">
        <WalkFacts station={station} numbers={numbers} />
        <WalkTools station={station} />
      </div>
      {detail === 'dimensions' && (
        <VectorLine
          name={t('walk.of', { name: 'q', token: queryText })}
          values={row(vectors.q, query)}
          hue="query"
          testId="walk-query"
        />
      )}
      <WalkTable
        frame={frame}
        station={station}
        detail={detail}
        rows={rows}
        numbers={numbers}
        vectors={vectors}
        dHead={dHead}
      />
      {station === 'context' && (
        <VectorLine
          name={t('walk.vector.z')}
          values={row(vectors.context, query)}
          hue="value"
          sign="="
          testId="walk-z"
        />
      )}
    </div>
  );
}

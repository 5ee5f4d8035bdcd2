/** Beside the picture: what the chosen point attends to, or what attends to it, with numbers; and every point as a table. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useRowWindow } from '../components/use-row-window.ts';
import { exactDouble, exactNumber, formatNumber } from '../view-models/format.ts';
import type { JointPair } from '../view-models/joint.ts';
import { GapRow } from './gap-row.tsx';
import type { JointFocus } from './use-joint-focus.ts';

interface PairListProps {
  readonly focus: JointFocus;
  readonly pairs: readonly JointPair[];
}

/** As many are listed. */
const LISTED = 8;

export function PairList({ focus, pairs }: PairListProps): ReactElement {
  const { t } = useTranslation();
  const { points, chosen, choose } = focus;
  const of = chosen === null ? undefined : points[chosen];
  if (of === undefined) return <p className="note">{t('joint.chooseOne')}</p>;
  const title = t(of.kind === 'query' ? 'joint.attends' : 'joint.attended', { label: of.label });
  return (
    <section aria-label={title}>
      <h3 data-testid="joint-of">{title}</h3>
      <table className="table joint-pairs" data-testid="joint-pairs">
        <thead>
          <tr>
            <th>{t(of.kind === 'query' ? 'joint.kinds.key' : 'joint.kinds.query')}</th>
            <th className="number">{t('joint.weight')}</th>
            <th className="number" title={t('joint.distanceHelp')}>
              {t('joint.distance')}
            </th>
            <th className="number">q·k</th>
          </tr>
        </thead>
        <tbody>
          {pairs.slice(0, LISTED).map(({ point, weight, distance, score }) => (
            <tr key={point} data-row={points[point]?.position}>
              <td className="mono">
                <button type="button" className="link-button" onClick={() => choose(point)}>
                  {points[point]?.label}
                </button>
              </td>
              <td className="number" title={exactNumber(weight)}>
                {formatNumber(weight, 3)}
              </td>
              <td className="number" title={exactDouble(distance)}>
                {formatNumber(distance, 3)}
              </td>
              <td className="number" title={exactDouble(score)}>
                {formatNumber(score, 3)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pairs.length > LISTED && <p className="note">{t('joint.more', { count: pairs.length - LISTED })}</p>}
    </section>
  );
}

interface JointTableProps {
  readonly focus: JointFocus;
  readonly coordinates: Float32Array;
  readonly components: 2 | 3;
}

/** The same in words and numbers, for those who do not see the picture. */
export function JointTable({ focus, coordinates, components }: JointTableProps): ReactElement {
  const { t } = useTranslation();
  const { points, chosen, choose } = focus;
  const ids = useMemo(() => points.map((_, point) => point), [points]);
  const keep = useMemo(() => (chosen === null ? [] : [chosen]), [chosen]);
  const { room, onScroll, pieces, gapHeight, isWindowed } = useRowWindow({ ids, keep });
  const axes = ['x', 'y', 'z'].slice(0, components);
  const row = (point: number): ReactElement => (
    <tr key={point} data-row={point} className={point === chosen ? 'query' : undefined}>
      <td>{points[point]?.kind === 'query' ? 'q' : 'k'}</td>
      <td className="number">{points[point]?.sentence}</td>
      <td className="mono">
        <button type="button" className="link-button" onClick={() => choose(point)}>
          {points[point]?.label}
        </button>
      </td>
      {axes.map((axis, at) => {
        const value = coordinates[point * components + at] ?? NaN;
        return (
          <td key={axis} className="number" title={exactDouble(value)}>
            {formatNumber(value, 3)}
          </td>
        );
      })}
    </tr>
  );
  return (
    <div
      className={isWindowed ? 'table-room windowed' : 'table-room'}
      ref={room}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={t('joint.table')}
      data-own-keys
    >
      <table className="table" data-testid="joint-table" aria-rowcount={isWindowed ? ids.length + 1 : undefined}>
        <TableHead axes={axes} />
        <tbody>
          {pieces.flatMap((piece) =>
            piece.kind === 'gap'
              ? [<GapRow key={`gap-${piece.from}`} height={gapHeight(piece)} columns={components + 3} />]
              : ids.slice(piece.from, piece.to).map(row),
          )}
        </tbody>
      </table>
    </div>
  );
}

function TableHead({ axes }: { axes: readonly string[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        <th>{t('joint.kindShort')}</th>
        <th className="number" title={t('joint.sentence')}>
          #
        </th>
        <th>{t('stage.columns.piece')}</th>
        {axes.map((axis) => (
          <th key={axis} className="number">
            {axis}
          </th>
        ))}
      </tr>
    </thead>
  );
}

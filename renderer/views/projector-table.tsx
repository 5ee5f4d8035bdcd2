/** The points of a projection in words and numbers, for those who do not see the picture; of marked ones those alone. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useRowWindow } from '../components/use-row-window.ts';
import type { Projection } from '../projection/types.ts';
import type { ProjectedPoints } from '../state/projected-points.ts';
import { exactDouble, formatNumber } from '../view-models/format.ts';
import { GapRow } from './gap-row.tsx';
import type { ShownMarks } from './use-marks.ts';

interface ProjectorTableProps {
  readonly points: ProjectedPoints;
  readonly projection: Projection;
  readonly marks: ShownMarks;
}

export function ProjectorTable({ points, projection, marks }: ProjectorTableProps): ReactElement {
  const { t } = useTranslation();
  const { coordinates, components } = projection;
  const { chosen, within } = marks;
  const ids = useMemo(
    () => (within.length > 0 ? within : Array.from({ length: points.count }, (_, point) => point)),
    [within, points],
  );
  const keep = useMemo(() => (chosen === null ? [] : [chosen]), [chosen]);
  const { room, onScroll, pieces, gapHeight, isWindowed } = useRowWindow({ ids, keep });
  const row = (point: number): ReactElement => (
    <tr key={point} data-row={point} className={point === chosen ? 'query' : undefined}>
      <td className="mono">
        <button type="button" className="link-button" onClick={() => marks.choose(point)}>
          {points.meanings[point]?.label}
        </button>
      </td>
      {Array.from({ length: components }, (_, axis) => coordinates[point * components + axis] ?? NaN).map(
        (value, axis) => (
          <td key={axis} className="number" title={exactDouble(value)}>
            {formatNumber(value)}
          </td>
        ),
      )}
    </tr>
  );
  return (
    <div
      className={isWindowed ? 'table-room windowed' : 'table-room'}
      ref={room}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={t('projector.table')}
      data-own-keys
    >
      <table className="table" data-testid="projector-table" aria-rowcount={isWindowed ? ids.length + 1 : undefined}>
        <thead>
          <tr>
            <th>{t('stage.columns.piece')}</th>
            {['x', 'y', 'z'].slice(0, components).map((axis) => (
              <th key={axis} className="number">
                {axis}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pieces.flatMap((piece) =>
            piece.kind === 'gap'
              ? [<GapRow key={`gap-${piece.from}`} height={gapHeight(piece)} columns={components + 1} />]
              : ids.slice(piece.from, piece.to).map(row),
          )}
        </tbody>
      </table>
    </div>
  );
}

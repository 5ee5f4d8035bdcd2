/** Beside the projection: its legend, the neighbours of a point, what a lasso holds, and every point as a table. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRowWindow } from '../components/use-row-window.ts';
import type { Projection } from '../projection/types.ts';
import { exactDouble, formatNumber } from '../view-models/format.ts';
import { nearPoints } from '../view-models/projector.ts';
import type { PointColours, ProjectedPoints } from '../view-models/projector.ts';
import { useApp, useWords } from './context.tsx';
import { GapRow } from './gap-row.tsx';
import { ScaleLegend } from './scale-legend.tsx';

/** As many neighbours are listed. */
const LISTED = 12;

export function ProjectorLegend({ colours }: { colours: PointColours }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const by = useApp((state) => state.projection.colour);
  const title = words(`projector.colours.${by}`);
  if (colours.scale !== null) return <ScaleLegend scale={colours.scale} title={title} id="projector-legend" />;
  return (
    <ul className="projector-legend" aria-label={t('projector.legend', { title })} data-testid="projector-legend">
      {colours.items.map(({ label, colour, shape, count }) => (
        <li key={`${colour} ${shape} ${label}`}>
          <svg width="10" height="10" aria-hidden="true">
            {shape === 0 && <circle cx="5" cy="5" r="4.5" fill={colour} />}
            {shape === 1 && <rect x="1" y="1" width="8" height="8" fill={colour} />}
            {shape === 2 && <path d="M5 0 10 5 5 10 0 5Z" fill={colour} />}
          </svg>
          {label} <span className="quiet">{count}</span>
        </li>
      ))}
    </ul>
  );
}

interface ProjectorSideProps {
  readonly points: ProjectedPoints;
  readonly projection: Projection;
  readonly chosen: number | null;
  readonly within: readonly number[];
  readonly onChoose: (point: number) => void;
  readonly onClear: () => void;
  readonly children: ReactNode;
}

export function ProjectorSide(props: ProjectorSideProps): ReactElement {
  const { points, chosen, within, onChoose, onClear, children } = props;
  const { t } = useTranslation();
  const label = chosen === null ? '' : (points.meanings[chosen]?.label ?? '');
  return (
    <div className="projector-side">
      {children}
      {chosen !== null && (
        <>
          <h3>{t('projector.near', { label })}</h3>
          <ol className="projector-near" data-testid="projector-near">
            {nearPoints(points, chosen, LISTED).map(({ point, cosine }) => (
              <li key={point}>
                <button type="button" className="link-button mono" onClick={() => onChoose(point)} data-point={point}>
                  {points.meanings[point]?.label}
                </button>
                <span className="number" title={exactDouble(cosine)}>
                  {formatNumber(cosine)}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
      <h3>
        {within.length === 0
          ? t('projector.all', { count: points.count })
          : t('projector.within', { count: within.length })}
        {within.length > 0 && (
          <button type="button" className="link-button" onClick={onClear} data-testid="projector-clear">
            {t('projector.clear')}
          </button>
        )}
      </h3>
      <PointTable {...props} />
    </div>
  );
}

/** The same in words and numbers, for those who do not see the picture; of a lasso its points alone. */
function PointTable({ points, projection, chosen, within, onChoose }: ProjectorSideProps): ReactElement {
  const { t } = useTranslation();
  const { coordinates, components } = projection;
  const ids = within.length > 0 ? within : points.meanings.map((_, point) => point);
  const { room, onScroll, pieces, gapHeight, isWindowed } = useRowWindow({
    ids,
    keep: chosen === null ? [] : [chosen],
  });
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
              : ids.slice(piece.from, piece.to).map((point) => (
                  <tr key={point} data-row={point} className={point === chosen ? 'query' : undefined}>
                    <td className="mono">
                      <button type="button" className="link-button" onClick={() => onChoose(point)}>
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
                )),
          )}
        </tbody>
      </table>
    </div>
  );
}

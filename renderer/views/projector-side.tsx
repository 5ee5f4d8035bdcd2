/** Beside the projection: what is near a point or some points, its paths, and every point as a table. */
import { useDeferredValue, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Projection } from '../projection/types.ts';
import type { Frame } from '../state/frames.ts';
import type { ProjectedPoints } from '../state/projected-points.ts';
import { exactDouble, formatCount, formatNumber } from '../view-models/format.ts';
import type { PathLook, TokenPaths } from '../view-models/projector-paths.ts';
import { pathData } from '../view-models/projector-paths.ts';
import { nearPoints, pointsNamed, projectionData } from '../view-models/projector.ts';
import { DataButtons } from './data-buttons.tsx';
import { ProjectorPaths } from './projector-paths.tsx';
import { ProjectorTable } from './projector-table.tsx';
import type { ShownMarks } from './use-marks.ts';

/** As many neighbours are listed. */
const LISTED = 12;

export interface ProjectorSideProps {
  readonly frame: Frame;
  readonly points: ProjectedPoints;
  readonly projection: Projection;
  readonly marks: ShownMarks;
  readonly paths: TokenPaths;
  readonly looks: readonly PathLook[];
}

export function ProjectorSide(props: ProjectorSideProps): ReactElement {
  const { frame, points, projection, marks, paths } = props;
  const { t } = useTranslation();
  const { coordinates, components, used, explained, preservation, reducedTo } = projection;
  const { within } = marks;
  return (
    <div className="projector-side">
      <div className="projector-data">
        <Find {...props} />
        <DataButtons
          frame={frame}
          rows={() => projectionData(points, coordinates, components)}
          facts={() => ({ settings: used, explained, preservation, reducedTo, paths: pathData(paths) })}
          testId="projector-save"
        />
      </div>
      {paths.paths.length > 0 && <ProjectorPaths {...props} />}
      <Near {...props} />
      <h3>
        {within.length === 0
          ? t('projector.all', { count: points.count, points: formatCount(points.count) })
          : t('projector.within', { count: within.length, points: formatCount(within.length) })}
        {within.length > 0 && (
          <button type="button" className="link-button" onClick={() => marks.markAll([])} data-testid="projector-clear">
            {t('projector.clear')}
          </button>
        )}
      </h3>
      <ProjectorTable points={points} projection={projection} marks={marks} />
    </div>
  );
}

/** Marks the points whose names contain what is typed. */
function Find({ points, marks }: ProjectorSideProps): ReactElement {
  const { t } = useTranslation();
  const [isMissing, setMissing] = useState(false);
  return (
    <input
      className="text-field"
      type="search"
      placeholder={t('projector.find')}
      aria-label={t('projector.find')}
      title={isMissing ? t('projector.findNone') : t('projector.findHelp')}
      aria-invalid={isMissing}
      data-own-keys
      data-testid="projector-find"
      onChange={({ target }) => {
        const found = pointsNamed(points.meanings, target.value);
        setMissing(target.value.trim() !== '' && found.length === 0);
        marks.markAll(found);
      }}
    />
  );
}

/** What is near the marked points, else near the chosen one; in the space before projection. */
function Near({ points, marks }: ProjectorSideProps): ReactElement | null {
  const { t } = useTranslation();
  const chosen = useDeferredValue(marks.chosen);
  const within = useDeferredValue(marks.within);
  const of = useMemo(() => (within.length > 0 ? within : chosen === null ? [] : [chosen]), [within, chosen]);
  const near = useMemo(
    () => (of.length === 0 || of.some((point) => point >= points.count) ? [] : nearPoints(points, of, LISTED)),
    [points, of],
  );
  if (near.length === 0) return null;
  const label = points.meanings[of[0] ?? 0]?.label ?? '';
  const title =
    within.length > 0
      ? t('projector.nearMarked', { count: within.length, points: formatCount(within.length) })
      : t('projector.near', { label });
  return (
    <>
      <h3>
        <span className="projector-name" title={title}>
          {title}
        </span>
        <button
          type="button"
          className="link-button"
          title={t('projector.markNearHelp')}
          onClick={() => marks.markAll([...of, ...near.map(({ point }) => point)])}
          data-testid="projector-mark-near"
        >
          {t('projector.markNear')}
        </button>
      </h3>
      <ol className="projector-near" data-testid="projector-near" tabIndex={0} aria-label={title} data-own-keys>
        {near.map(({ point, cosine }) => (
          <li key={point}>
            <button type="button" className="link-button mono" onClick={() => marks.choose(point)} data-point={point}>
              {points.meanings[point]?.label}
            </button>
            <span className="quiet">{placeWords(points, point, t('projector.enteringShort'))}</span>
            <span className="number" title={exactDouble(cosine)}>
              {formatNumber(cosine)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Sentence, place and layer in a few signs, to tell points of the same name apart. */
function placeWords({ meanings }: ProjectedPoints, point: number, entering: string): string {
  const { sentence = null, position = null, layer = null } = meanings[point] ?? {};
  if (sentence === null) return '';
  if (position === null) return String(sentence);
  return `${sentence}:${position}${layer === null ? '' : ` · ${layer < 0 ? entering : `L${layer}`}`}`;
}

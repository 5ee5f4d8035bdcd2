/** The chosen token's paths through the layers: which line is which, and how like each is to the first at every depth. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { exactDouble, formatNumber } from '../view-models/format.ts';
import type { PathLook } from '../view-models/projector-paths.ts';
import type { ProjectorSideProps } from './projector-side.tsx';

export function ProjectorPaths({ points, paths, looks, marks }: ProjectorSideProps): ReactElement {
  const { t } = useTranslation();
  const [first] = paths.paths;
  const label = points.meanings[first?.points[0] ?? 0]?.label ?? '';
  const title = t('projector.paths', { label });
  return (
    <>
      <h3>{title}</h3>
      <div className="projector-paths" tabIndex={0} role="region" aria-label={title} data-own-keys>
        <table className="table" data-testid="projector-paths">
          <thead>
            <tr>
              <th>{t('projector.layerShort')}</th>
              {paths.paths.map(({ sentence, position, points: own }, at) => (
                <th key={own[0]} className="number">
                  <button
                    type="button"
                    className="link-button"
                    title={t('projector.pathOf', { sentence, position })}
                    aria-label={t('projector.pathOf', { sentence, position })}
                    onClick={() => marks.choose(own.at(-1) ?? null)}
                  >
                    <LineSample look={looks[at]} /> {sentence}:{position}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {paths.layers.map((layer, depth) => (
              <tr key={layer}>
                <th scope="row">{layer < 0 ? t('projector.enteringShort') : layer}</th>
                {paths.paths.map(({ cosines, points: own }) => (
                  <td key={own[0]} className="number" title={exactDouble(cosines[depth] ?? NaN)}>
                    {formatNumber(cosines[depth] ?? NaN)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="note">
        {paths.paths.length > 1 ? t('projector.pathsHelp') : t('projector.pathAlone', { label })}
        {paths.more > 0 && ` ${t('projector.pathsMore', { count: paths.more })}`}
      </p>
    </>
  );
}

function LineSample({ look }: { look: PathLook | undefined }): ReactElement {
  return (
    <svg width="14" height="8" aria-hidden="true">
      <path
        d="M0 4H14"
        stroke={look?.colour ?? 'currentColor'}
        strokeWidth="2.5"
        strokeDasharray={look?.dash?.join(' ') ?? undefined}
      />
    </svg>
  );
}

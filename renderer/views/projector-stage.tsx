/** The embedding projector: vectors of tokens or sentences in two or three dimensions, and how far the picture can be trusted. */
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointStyle } from '../figures/scatter-gl.ts';
import { THEMES } from '../figures/theme.ts';
import type { Projection } from '../projection/types.ts';
import type { Frame } from '../state/frames.ts';
import { failureText } from '../view-models/failure.ts';
import type { Translate } from '../view-models/failure.ts';
import { formatNumber } from '../view-models/format.ts';
import { paths, pointColours, projectionData } from '../view-models/projector.ts';
import type { PointColours, PointMeaning, ProjectedPoints } from '../view-models/projector.ts';
import { useApp, useTheme, useWords } from './context.tsx';
import { DataButtons } from './data-buttons.tsx';
import { ProjectorLegend, ProjectorSide } from './projector-side.tsx';
import { ProjectorTools } from './projector-tools.tsx';
import { ScatterView } from './scatter-view.tsx';
import { useProjected } from './use-projected.ts';
import { useProjection } from './use-projection.ts';

/** Fewer points than these are drawn larger. */
const FEW = 400;

export function ProjectorStage({ frame }: { frame: Frame }): ReactElement {
  const words = useWords();
  const { method, components, seed } = useApp((state) => state.projection);
  const [isLassoing, setLassoing] = useState(false);
  const { points, failure, texts } = useProjected(frame);
  const shown = useProjection(points, { method, components, seed });
  return (
    <div className="projector" aria-busy={shown.progress !== null || points === null} data-testid="projector">
      <ProjectorTools frame={frame} texts={texts} isLassoing={isLassoing} onLassoing={setLassoing} running={shown} />
      {failure !== null && (
        <p className="problem" role="alert">
          {failureText(failure, words)}
        </p>
      )}
      {shown.problem !== null && shown.points === points && (
        <p className="problem" role="alert" data-testid="projector-problem">
          {shown.problem}
        </p>
      )}
      {shown.projection !== null && shown.points !== null && (
        <Projected
          key={shown.points.count}
          frame={frame}
          points={shown.points}
          projection={shown.projection}
          isLassoing={isLassoing}
        />
      )}
    </div>
  );
}

interface ProjectedProps {
  readonly frame: Frame;
  readonly points: ProjectedPoints;
  readonly projection: Projection;
  readonly isLassoing: boolean;
}

function Projected({ frame, points, projection, isLassoing }: ProjectedProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { what } = useApp((state) => state.projection);
  const [chosen, setChosen] = useState<number | null>(null);
  const [within, setWithin] = useState<readonly number[]>([]);
  const { meanings } = points;
  const lines = useMemo(
    () => (what === 'path' && chosen !== null ? paths(meanings, chosen) : []),
    [what, chosen, meanings],
  );
  const colours = useColours(meanings);
  const style = useStyle(colours, within, lines);
  const cloud = useMemo(
    () => ({ coordinates: projection.coordinates, components: projection.components }),
    [projection],
  );
  const labels = useMemo(() => meanings.map(({ label }) => label), [meanings]);
  const named = useMemo(() => (chosen === null ? within : [chosen, ...within]), [chosen, within]);
  return (
    <div className="projector-room">
      <div className="projector-plot">
        <Trust projection={projection} count={points.count} />
        <ScatterView
          cloud={cloud}
          style={style}
          labels={labels}
          named={named}
          lines={lines}
          chosen={chosen}
          isLassoing={isLassoing}
          label={t('projector.plot', { count: points.count })}
          textOf={(point) => placeOf(meanings[point], projection, point, words)}
          onChoose={setChosen}
          onLasso={setWithin}
        />
        <ProjectorLegend colours={colours} />
      </div>
      <ProjectorSide
        points={points}
        projection={projection}
        chosen={chosen}
        within={within}
        onChoose={setChosen}
        onClear={() => setWithin([])}
      >
        <DataButtons
          frame={frame}
          rows={() => projectionData(points, projection.coordinates, projection.components)}
          facts={() => ({
            settings: projection.used,
            explained: projection.explained,
            preservation: projection.preservation,
            reducedTo: projection.reducedTo,
          })}
          testId="projector-save"
        />
      </ProjectorSide>
    </div>
  );
}

function placeOf(
  meaning: PointMeaning | undefined,
  { coordinates, components }: Projection,
  at: number,
  words: Translate,
): string {
  if (meaning === undefined) return '';
  const { label, sentence, position, layer, id } = meaning;
  const axes = Array.from({ length: components }, (_, axis) =>
    formatNumber(coordinates[at * components + axis] ?? NaN),
  );
  const parts = [
    `“${label}”`,
    position === null ? null : words('projector.position', { position }),
    layer === null ? null : layer < 0 ? words('projector.entering') : words('projector.after', { layer }),
    sentence === null ? null : words('projector.sentenceOf', { sentence }),
    position === null && id !== null ? `id ${id}` : null,
    `(${axes.join(', ')})`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function useColours(meanings: readonly PointMeaning[]): PointColours {
  const { t } = useTranslation();
  const theme = useTheme();
  const by = useApp((state) => state.projection.colour);
  return useMemo(
    () => pointColours(meanings, by, THEMES[theme], (count) => t('projector.others', { count })),
    [meanings, by, theme, t],
  );
}

function useStyle(
  { colours, shapes }: PointColours,
  within: readonly number[],
  lines: readonly (readonly number[])[],
): PointStyle {
  return useMemo(
    () => ({
      colours,
      shapes,
      size: colours.length > 20 * FEW ? 4 : colours.length > FEW ? 6 : 9,
      marked: new Set([...within, ...lines.flat()]),
    }),
    [colours, shapes, within, lines],
  );
}

/** How much of the neighbourhoods the picture keeps, and of the variance. */
function Trust({ projection, count }: { projection: Projection; count: number }): ReactElement {
  const { t } = useTranslation();
  const { preservation, explained, reducedTo } = projection;
  const percent = (share: number): string => `${formatNumber(share * 100, 3)} %`;
  return (
    <p className="projector-trust" data-testid="projector-trust">
      <b>{t('projector.kept', { share: percent(preservation.score), k: preservation.k })}</b>
      {preservation.sampled < count && ` ${t('projector.sampled', { sampled: preservation.sampled })}`}
      {explained !== null &&
        ` ${t('projector.explained', {
          shares: explained.map(percent).join(' + '),
          sum: percent(explained.reduce((sum, share) => sum + share, 0)),
        })}`}
      {reducedTo !== null && ` ${t('projector.reduced', { reducedTo })}`}
    </p>
  );
}

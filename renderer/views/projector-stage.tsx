/** The embedding projector: vectors of tokens or sentences in two or three dimensions, and how far the picture can be trusted. */
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { LABEL_SIZE } from '../figures/scatter-labels.ts';
import { fitText } from '../figures/text.ts';
import { THEMES } from '../figures/theme.ts';
import type { Projection } from '../projection/types.ts';
import type { Frame } from '../state/frames.ts';
import type { ProjectedPoints } from '../state/projected-points.ts';
import { colouredBy } from '../state/projection-view.ts';
import { pathLooks, tokenPaths } from '../view-models/projector-paths.ts';
import type { TokenPaths } from '../view-models/projector-paths.ts';
import { pointColours } from '../view-models/projector-colours.ts';
import type { PointColours } from '../view-models/projector-colours.ts';
import { pointText } from '../view-models/projector.ts';
import { useApp, useTheme, useWords } from './context.tsx';
import { ProjectorLegend } from './projector-legend.tsx';
import { ProjectorProblems } from './projector-problems.tsx';
import { ProjectorProgress } from './projector-progress.tsx';
import { ProjectorSide } from './projector-side.tsx';
import { ProjectorTools } from './projector-tools.tsx';
import { ProjectorTrust } from './projector-trust.tsx';
import { ScatterView } from './scatter-view.tsx';
import type { ScatterSnapshot } from './scatter-view.tsx';
import { useMarks } from './use-marks.ts';
import { useProjected } from './use-projected.ts';
import { useProjection } from './use-projection.ts';
import { useProjectorFigure } from './use-projector-figure.ts';
import { useProjectorWords } from './use-projector-words.ts';
import { useShownRun } from './use-shown-run.ts';

/** Of a name in the picture, in px. */
const LONGEST_LABEL = 200;

export function ProjectorStage({ frame: original }: { frame: Frame }): ReactElement {
  const frame = useShownRun(original);
  const view = useApp((state) => state.projection);
  const projected = useProjected(frame);
  const shown = useProjection(projected.points, projected.key, view);
  const { done, running, problem } = shown;
  const isBusy = running !== null || (projected.points === null && projected.failure === null);
  // The last picture stays until the next is there; not beside a problem, and not one of another kind of points.
  const isShown = done?.job.of === view.what && (problem === null || done.job.points === projected.points);
  return (
    <div className="projector" aria-busy={isBusy} data-testid="projector">
      <ProjectorTools frame={frame} texts={projected.texts} />
      <ProjectorProblems projected={projected} shown={shown} />
      <div className="projector-body">
        {running !== null && <ProjectorProgress running={running} onCancel={shown.cancel} />}
        {isShown && projected.failure === null && (
          <Projected frame={frame} of={projected.of} points={done.job.points} projection={done.projection} />
        )}
      </div>
    </div>
  );
}

interface ProjectedProps {
  readonly frame: Frame;
  readonly of: string;
  readonly points: ProjectedPoints;
  readonly projection: Projection;
}

function Projected({ frame, of, points, projection }: ProjectedProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const [isLassoing, setLassoing] = useState(false);
  const { meanings } = points;
  const marks = useMarks(of, meanings);
  const { chosen, within } = marks;
  const paths = usePaths(points, useDeferredValue(chosen));
  const looks = useLooks(paths);
  const lines = useMemo(() => paths.paths.map((path) => path.points), [paths]);
  const colours = useColours(meanings);
  const style = useStyle(colours, within, lines);
  const { coordinates, components } = projection;
  const cloud = useMemo(() => ({ coordinates, components }), [coordinates, components]);
  const labels = useLabels(meanings, lines);
  const named = useMemo(() => [...(chosen === null ? [] : [chosen]), ...within], [chosen, within]);
  const seen = useRef<ScatterSnapshot | null>(null);
  const onShown = useCallback((shown: ScatterSnapshot) => {
    seen.current = shown;
  }, []);
  const scatter = { cloud, style, labels, named, lines, lineLooks: looks };
  useProjectorFigure({ frame, points, projection, scatter, paths, seen });
  return (
    <div className="projector-room">
      <ProjectorTrust projection={projection} count={points.count} />
      <div className="projector-plot">
        <ScatterView
          {...scatter}
          chosen={chosen}
          isLassoing={isLassoing}
          label={t('projector.plot', { count: points.count })}
          textOf={(point) => pointText(meanings[point], projection, point, words)}
          onChoose={marks.choose}
          onLasso={(found) => {
            marks.markAll(found);
            setLassoing(false);
          }}
          onMark={marks.mark}
          onShown={onShown}
          tools={<LassoButton isLassoing={isLassoing} onLassoing={setLassoing} />}
        />
        <ProjectorLegend legend={colours.legend} />
      </div>
      <ProjectorSide frame={frame} points={points} projection={projection} marks={marks} paths={paths} looks={looks} />
    </div>
  );
}

interface LassoButtonProps {
  readonly isLassoing: boolean;
  readonly onLassoing: (isLassoing: boolean) => void;
}

function LassoButton({ isLassoing, onLassoing }: LassoButtonProps): ReactElement {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="tool-button"
      aria-pressed={isLassoing}
      title={t('projector.lassoHelp')}
      onClick={() => onLassoing(!isLassoing)}
      data-testid="projector-lasso"
    >
      {t('projector.lasso')}
    </button>
  );
}

function usePaths(points: ProjectedPoints, chosen: number | null): TokenPaths {
  const isPath = useApp((state) => state.projection.what === 'path');
  return useMemo(() => tokenPaths(points, isPath ? chosen : null), [points, isPath, chosen]);
}

/** Beside paths the other points have no names: the ends of the paths are to be read. */
function useLabels(meanings: ProjectedPoints['meanings'], lines: readonly (readonly number[])[]): readonly string[] {
  return useMemo(() => {
    const ends = new Set(lines.flatMap((line) => line.at(-1) ?? []));
    return meanings.map(({ label }, point) =>
      lines.length === 0 || ends.has(point) ? fitText(label, LONGEST_LABEL, LABEL_SIZE, 'word') : '',
    );
  }, [meanings, lines]);
}

function useLooks(paths: TokenPaths) {
  const theme = useTheme();
  const { t } = useTranslation();
  return useMemo(
    () => pathLooks(paths, THEMES[theme], (layer) => (layer < 0 ? t('projector.enteringShort') : String(layer))),
    [paths, theme, t],
  );
}

function useColours(meanings: ProjectedPoints['meanings']): PointColours {
  const theme = useTheme();
  const by = useApp((state) => colouredBy(state.projection));
  const legendWords = useProjectorWords();
  return useMemo(() => pointColours(meanings, by, THEMES[theme], legendWords), [meanings, by, theme, legendWords]);
}

/** Size of points, in px, by how many there are. */
const sizeOf = (count: number): number => (count > 8000 ? 4 : count > 400 ? 6 : 10);

function useStyle({ colours, shapes }: PointColours, within: readonly number[], lines: readonly (readonly number[])[]) {
  return useMemo(
    () => ({ colours, shapes, size: sizeOf(colours.length), marked: new Set([...within, ...lines.flat()]) }),
    [colours, shapes, within, lines],
  );
}

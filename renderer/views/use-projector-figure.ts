/** Offers the projection for export, as it is seen: the same camera, names, lines and legend. */
import { useMemo } from 'react';
import type { RefObject } from 'react';
import { extentOf, placingOf } from '../figures/scatter-camera.ts';
import { scatterFigure } from '../figures/scatter-figure.ts';
import type { ScatterFigureInput, ScatterKey } from '../figures/scatter-figure.ts';
import { labelsOf } from '../figures/scatter-labels.ts';
import { THEMES } from '../figures/theme.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { Projection } from '../projection/types.ts';
import { projectionData } from '../view-models/projector.ts';
import { tableData } from '../figures/figure-data.ts';
import type { Frame } from '../state/frames.ts';
import type { ProjectedPoints } from '../state/projected-points.ts';
import { colouredBy } from '../state/projection-view.ts';
import { pointColours } from '../view-models/projector-colours.ts';
import { pathLooks } from '../view-models/projector-paths.ts';
import type { TokenPaths } from '../view-models/projector-paths.ts';
import { figureNotes, figureSubtitle } from '../view-models/projector-figure.ts';
import { useApp, useWords } from './context.tsx';
import type { ScatterSnapshot, ScatterViewProps } from './scatter-view.tsx';
import { useProjectorWords } from './use-projector-words.ts';
import { useShownFigure } from './use-shown-figure.ts';

export interface ProjectorFigure {
  readonly frame: Frame;
  readonly points: ProjectedPoints;
  readonly projection: Projection;
  readonly scatter: Pick<ScatterViewProps, 'cloud' | 'style' | 'labels' | 'named' | 'lines'>;
  readonly paths: TokenPaths;
  readonly seen: RefObject<ScatterSnapshot | null>;
}

export function useProjectorFigure({ frame, points, projection, scatter, paths, seen }: ProjectorFigure): void {
  const words = useWords();
  const legendWords = useProjectorWords();
  const view = useApp((state) => state.projection);
  const { cloud, style, labels, named } = scatter;
  const figure = useMemo(() => {
    const by = colouredBy(view);
    const draw = (name: ThemeName): SVGSVGElement => {
      const { camera, room } = seen.current ?? FIRST_SEEN;
      const placing = placingOf(extentOf(cloud), cloud.components, room, camera);
      // In the theme of the file, which need not be the window's.
      const { colours, shapes, legend } = pointColours(points.meanings, by, THEMES[name], legendWords);
      const looks = pathLooks(paths, THEMES[name], legendWords.layer);
      const lines = paths.paths.map((path, at) => ({ points: path.points, ...(looks[at] ?? NO_LOOK) }));
      const keys: ScatterKey[] =
        legend.kind === 'items' ? [...legend.items] : legend.steps.map((step) => ({ ...step, shape: 0 }));
      const input: ScatterFigureInput = {
        title: words('views.heading.projector'),
        subtitle: figureSubtitle(frame.model.entry.name, view, points.count, words),
        ...{ cloud, placing, room, labels, lines, theme: name },
        style: { ...style, colours, shapes },
        names: labelsOf({ cloud, placing, room, labels, named }),
        legendTitle: words('projector.legend', { title: words(`projector.colours.${by}`) }),
        legend: [
          ...keys,
          ...paths.paths.map(({ sentence, position }, at) => ({
            label: words('projector.pathOf', { sentence, position }),
            colour: (looks[at] ?? NO_LOOK).colour,
            shape: 'line' as const,
          })),
        ],
        notes: figureNotes(projection, points.count, words),
      };
      return scatterFigure(input, { document });
    };
    const { kept, marks: _, ...settings } = view;
    const data = () => tableData(() => projectionData(points, projection.coordinates, projection.components));
    return { draw, data, options: { ...settings, layer: settings.layer, kept: kept.map(({ text }) => text) } };
  }, [frame, points, projection, cloud, style, labels, named, paths, seen, view, words, legendWords]);
  useShownFigure(figure);
}

const NO_LOOK = { colour: '#888888', dash: null, words: [] };
const FIRST_SEEN = {
  camera: { zoom: 1, pan: [0, 0], yaw: 0.6, pitch: 0.35 },
  room: { width: 640, height: 480 },
} as const;

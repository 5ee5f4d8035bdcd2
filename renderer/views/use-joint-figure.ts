/** What the plot draws, and the same as a figure to export: as it is seen, with the lines of the chosen point. */
import { tableData } from '../figures/figure-data.ts';
import { jointData } from '../view-models/joint.ts';
import { useMemo } from 'react';
import type { RefObject } from 'react';
import { extentOf, FIRST_CAMERA, placingOf } from '../figures/scatter-camera.ts';
import type { Cloud } from '../figures/scatter-camera.ts';
import { scatterFigure } from '../figures/scatter-figure.ts';
import { labelsOf } from '../figures/scatter-labels.ts';
import type { PointStyle } from '../figures/scatter-gl.ts';
import { THEMES } from '../figures/theme.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { Projection } from '../projection/types.ts';
import type { Frame } from '../state/frames.ts';
import type { JointSet } from '../state/joint-view.ts';
import { jointColours } from '../view-models/joint-colours.ts';
import type { JointColours, JointWords } from '../view-models/joint-colours.ts';
import { jointLines } from '../view-models/joint-lines.ts';
import type { JointPair } from '../view-models/joint.ts';
import { explainedText, percent } from '../view-models/projector-figure.ts';
import { placeText } from '../view-models/stage-text.ts';
import { useApp, useWords } from './context.tsx';
import type { ScatterSnapshot } from './scatter-view.tsx';
import type { JointFocus } from './use-joint-focus.ts';
import type { JointMeasures } from './joint-facts.tsx';
import { formatNumber } from '../view-models/format.ts';
import { useShownFigure } from './use-shown-figure.ts';

export interface JointScatter {
  readonly cloud: Cloud;
  readonly style: PointStyle;
  readonly labels: readonly string[];
  readonly named: readonly number[];
}

/** More points than these are drawn smaller. */
const FEW = 400;
const NO_MARKS: ReadonlySet<number> = new Set();

export function useJointScatter(
  cloud: Cloud,
  { colours, shapes }: JointColours,
  { points, chosen }: JointFocus,
  pairs: readonly JointPair[],
): JointScatter {
  const size = points.length > FEW ? 6 : 10;
  const style = useMemo(() => ({ colours, shapes, size, marked: NO_MARKS }), [colours, shapes, size]);
  const labels = useMemo(() => points.map(({ label }) => label), [points]);
  const named = useMemo(
    () => (chosen === null ? [] : [chosen, ...jointLines(pairs).map(({ point }) => point)]),
    [chosen, pairs],
  );
  return useMemo(() => ({ cloud, style, labels, named }), [cloud, style, labels, named]);
}

export interface JointFigure {
  readonly frame: Frame;
  readonly set: JointSet;
  readonly fit: JointSet;
  readonly projection: Projection;
  readonly measures: JointMeasures;
  readonly scatter: JointScatter;
  readonly focus: JointFocus;
  readonly pairs: readonly JointPair[];
  readonly legend: JointWords;
  readonly seen: RefObject<ScatterSnapshot | null>;
}

/** Offers it for export. */
export function useJointFigure(shown: JointFigure): void {
  const { frame, set, fit, scatter, focus, pairs, legend, seen } = shown;
  const words = useWords();
  const view = useApp((state) => state.joint);
  const notes = useNotes(shown);
  const figure = useMemo(() => {
    const { cloud, style, labels, named } = scatter;
    const { shift, rescale, method, components, colour } = view;
    const draw = (name: ThemeName): SVGSVGElement => {
      const { camera, room } = seen.current ?? FIRST_SEEN;
      const placing = placingOf(extentOf(cloud), cloud.components, room, camera);
      const theme = THEMES[name];
      const { colours, shapes, items } = jointColours(focus.points, colour, theme, legend);
      const lines = jointLines(pairs).map(({ point, width, opacity }) => ({
        ...{ points: [focus.chosen ?? point, point], colour: theme.ink, dash: null, words: [], width, opacity },
      }));
      const place = placeText(frame.selection, frame.model, words);
      const how = words(`projector.methods.${method}`);
      return scatterFigure(
        {
          title: words('joint.heading'),
          subtitle: `${frame.model.entry.name} · ${place} · ${how}`,
          ...{ cloud, placing, room, labels, lines, notes, theme: name },
          style: { ...style, colours, shapes },
          names: labelsOf({ cloud, placing, room, labels, named }),
          legendTitle: words('joint.legend'),
          legend: items.map((item) => ({ ...item, shape: item.shape ?? 'line' })),
        },
        { document },
      );
    };
    const fitted = fit.sentences.map(({ text }) => text);
    const data = () => tableData(() => jointData(set, cloud.coordinates, cloud.components));
    return { draw, data, options: { shift, rescale, method, components, colour, fittedOn: fitted } };
  }, [frame, set, fit, scatter, focus, pairs, legend, seen, view, notes, words]);
  useShownFigure(figure);
}

/** How far the picture can be trusted, in sentences. */
function useNotes({ set, fit, projection, measures, focus }: JointFigure): readonly string[] {
  const words = useWords();
  const { explained, preservation } = projection;
  const { before, after } = measures;
  const number = (value: number | null): string => (value === null ? '–' : formatNumber(value));
  const of = focus.chosen === null ? undefined : focus.points[focus.chosen];
  const notes = [
    of === undefined ? null : words('joint.linesOf', { kind: words(`joint.kinds.${of.kind}`), label: of.label }),
    `${words('joint.correlation')}: ${number(before.correlation)} → ${number(after.correlation)}.`,
    `${words('joint.fitted', { count: fit.sentences.length })} (${set.sentences.length})`,
    explained === null ? null : explainedText(explained, words),
    `${words('joint.keptShare', { k: preservation.k })}: ${percent(preservation.score)}.`,
  ].filter((note) => note !== null);
  const text = notes.join('\n');
  return useMemo(() => text.split('\n'), [text]);
}

const FIRST_SEEN = { camera: FIRST_CAMERA, room: { width: 640, height: 480 } } as const;

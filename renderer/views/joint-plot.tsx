/** The picture of queries and keys: lines from the chosen point to what it attends to, or to what attends to it. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { THEMES } from '../figures/theme.ts';
import type { JointSet } from '../state/joint-view.ts';
import { formatNumber } from '../view-models/format.ts';
import type { JointPair } from '../view-models/joint.ts';
import type { JointColours } from '../view-models/joint-colours.ts';
import { useTheme } from './context.tsx';
import { ScatterView } from './scatter-view.tsx';
import type { JointFocus } from './use-joint-focus.ts';

interface JointPlotProps {
  readonly set: JointSet;
  readonly coordinates: Float32Array;
  readonly components: 2 | 3;
  readonly colours: JointColours;
  readonly focus: JointFocus;
  readonly pairs: readonly JointPair[];
}

/** Fewer points than these are drawn larger. */
const FEW = 400;
/** Lines of less weight would not be seen. */
const LEAST = 0.005;
const NOTHING: readonly number[] = [];
const NO_LINES: readonly (readonly number[])[] = [];
const NO_MARKS: ReadonlySet<number> = new Set();
const ignore = (): void => undefined;

export function JointPlot({ set, coordinates, components, colours, focus, pairs }: JointPlotProps): ReactElement {
  const { t } = useTranslation();
  const { points, chosen, query, key } = focus;
  const cloud = useMemo(() => ({ coordinates, components }), [coordinates, components]);
  const size = points.length > FEW ? 6 : 10;
  const style = useMemo(
    () => ({ colours: colours.colours, shapes: colours.shapes, size, marked: NO_MARKS }),
    [colours, size],
  );
  const labels = useMemo(() => points.map(({ label }) => label), [points]);
  const named = useMemo(
    () =>
      chosen === null ? NOTHING : [chosen, ...pairs.filter(({ weight }) => weight >= LEAST).map((each) => each.point)],
    [chosen, pairs],
  );
  const textOf = (point: number): string => {
    const of = points[point];
    if (of === undefined) return '';
    const axes = Array.from({ length: components }, (_, at) =>
      formatNumber(coordinates[point * components + at] ?? NaN),
    );
    const place = t('joint.place', { position: of.position, sentence: of.sentence });
    return `${t(`joint.kinds.${of.kind}`)} “${of.label}” · ${place} · (${axes.join(', ')})`;
  };
  return (
    <ScatterView
      cloud={cloud}
      style={style}
      labels={labels}
      named={named}
      lines={NO_LINES}
      chosen={chosen}
      isLassoing={false}
      label={t('joint.plot', { count: set.queries.count })}
      textOf={textOf}
      onChoose={focus.choose}
      onHover={focus.point}
      onLasso={ignore}
      overlay={(placeOf) => (
        <>
          <Lines from={chosen} pairs={pairs} placeOf={placeOf} />
          <Ring kind="query" at={query} size={size} placeOf={placeOf} />
          <Ring kind="key" at={key} size={size} placeOf={placeOf} />
        </>
      )}
    />
  );
}

type PlaceOf = (point: number) => readonly [number, number];

interface LinesProps {
  readonly from: number | null;
  readonly pairs: readonly JointPair[];
  readonly placeOf: PlaceOf;
}

/** As wide and as strong as the weight. */
function Lines({ from, pairs, placeOf }: LinesProps): ReactElement | null {
  const theme = THEMES[useTheme()];
  if (from === null) return null;
  const [x1, y1] = placeOf(from);
  return (
    <g stroke={theme.ink} data-testid="joint-lines">
      {pairs
        .filter(({ weight }) => weight >= LEAST)
        .map(({ point, weight }) => {
          const [x2, y2] = placeOf(point);
          const look = { strokeWidth: 0.75 + 5 * weight, strokeOpacity: 0.2 + 0.6 * weight };
          return <line key={point} {...{ x1, y1, x2, y2 }} {...look} strokeLinecap="round" data-point={point} />;
        })}
    </g>
  );
}

interface RingProps {
  readonly kind: 'query' | 'key';
  readonly at: number | null;
  readonly size: number;
  readonly placeOf: PlaceOf;
}

function Ring({ kind, at, size, placeOf }: RingProps): ReactElement | null {
  const theme = THEMES[useTheme()];
  if (at === null) return null;
  const [cx, cy] = placeOf(at);
  const look = { fill: 'none', stroke: theme[kind], strokeWidth: 2 };
  return <circle {...{ cx, cy }} r={size / 2 + 6} {...look} data-testid={`joint-ring-${kind}`} data-point={at} />;
}

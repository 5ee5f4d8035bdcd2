/** The picture of queries and keys: lines from the chosen point to what it attends to, or to what attends to it. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { THEMES } from '../figures/theme.ts';
import type { JointSet } from '../state/joint-view.ts';
import { formatNumber } from '../view-models/format.ts';
import type { JointPair } from '../view-models/joint.ts';
import { jointLines } from '../view-models/joint-lines.ts';
import { useTheme } from './context.tsx';
import type { JointScatter } from './use-joint-figure.ts';
import { ScatterView } from './scatter-view.tsx';
import type { ScatterSnapshot } from './scatter-view.tsx';
import type { PlaceOf } from './scatter-words.tsx';
import type { JointFocus } from './use-joint-focus.ts';

interface JointPlotProps {
  readonly set: JointSet;
  readonly scatter: JointScatter;
  readonly focus: JointFocus;
  readonly pairs: readonly JointPair[];
  readonly onShown: (shown: ScatterSnapshot) => void;
}

const NO_LINES: readonly (readonly number[])[] = [];
const ignore = (): void => undefined;

export function JointPlot({ set, scatter, focus, pairs, onShown }: JointPlotProps): ReactElement {
  const { t } = useTranslation();
  const { points, chosen, query, key } = focus;
  const { cloud, style } = scatter;
  const { coordinates, components } = cloud;
  const textOf = (point: number): string => {
    const of = points[point];
    if (of === undefined) return '';
    const axis = (at: number): string => formatNumber(coordinates[point * components + at] ?? NaN);
    const axes = Array.from({ length: components }, (_, at) => axis(at));
    const place = t('joint.place', { position: of.position, sentence: of.sentence });
    return `${t(`joint.kinds.${of.kind}`)} “${of.label}” · ${place} · (${axes.join(', ')})`;
  };
  return (
    <ScatterView
      {...scatter}
      lines={NO_LINES}
      chosen={chosen}
      isLassoing={false}
      label={t('joint.plot', { count: set.queries.count })}
      textOf={textOf}
      onChoose={focus.choose}
      onHover={focus.point}
      onLasso={ignore}
      onShown={onShown}
      overlay={(placeOf) => (
        <>
          <Lines from={chosen} pairs={pairs} placeOf={placeOf} />
          <Ring kind="query" at={query} size={style.size} placeOf={placeOf} />
          <Ring kind="key" at={key} size={style.size} placeOf={placeOf} />
        </>
      )}
    />
  );
}

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
      {jointLines(pairs).map(({ point, width, opacity }) => {
        const [x2, y2] = placeOf(point);
        const look = { strokeWidth: width, strokeOpacity: opacity };
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

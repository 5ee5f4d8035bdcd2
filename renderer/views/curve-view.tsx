/** A curve on screen: the pointer or the arrow keys say its numbers at a distance. */
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { ReactElement } from 'react';
import { curve, curveLayout } from '../figures/curve.ts';
import type { CurveInput } from '../figures/curve.ts';
import { useTheme } from './context.tsx';
import { FigureRoom } from './figure-surface.tsx';
import { useDimension } from './use-dimension.ts';

interface CurveViewProps extends Pick<CurveInput, 'mean' | 'least' | 'most' | 'axis'> {
  readonly label: string;
  /** The numbers at one place, in words. */
  readonly textAt: (index: number) => string;
  readonly testId: string;
}

export function CurveView(props: CurveViewProps): ReactElement {
  return <FigureRoom>{({ width, height }) => <Curve {...props} width={width} height={height} />}</FigureRoom>;
}

function Curve({
  mean,
  least,
  most,
  axis,
  label,
  textAt,
  testId,
  width,
  height,
}: CurveViewProps & Sized): ReactElement {
  const theme = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const input = useMemo(
    () => ({ mean, least, most, axis, title: '', theme, width: Math.max(width, 160), height: Math.max(height, 120) }),
    [mean, least, most, axis, theme, width, height],
  );
  const { plot, x, y } = useMemo(() => curveLayout(input), [input]);
  const { index, handlers } = useDimension(mean.length);
  useLayoutEffect(() => {
    const svg = curve(input, { document });
    svg.setAttribute('aria-hidden', 'true');
    place.current?.replaceChildren(svg);
  }, [input]);
  return (
    <div className="curve-view" data-testid={testId}>
      <div ref={place} />
      <div
        className="curve-plot"
        style={{ left: plot.x, top: plot.y, width: plot.width, height: plot.height }}
        {...handlers}
        aria-label={label}
        aria-valuetext={textAt(handlers['aria-valuenow'])}
        data-testid={`${testId}-plot`}
      />
      {index !== null && (
        <>
          <span className="curve-point" style={{ left: x(index), top: y(mean[index] ?? 0) }} />
          <span className="curve-read" data-testid={`${testId}-read`}>
            {textAt(index)}
          </span>
        </>
      )}
    </div>
  );
}

interface Sized {
  readonly width: number;
  readonly height: number;
}

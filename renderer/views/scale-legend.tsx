/** The legend of a colour scale, where the interface itself shows what is coloured. */
import { useLayoutEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import type { ColourScaleSpec } from '../figures/colour-scale.ts';
import { readingLegend } from '../figures/reading.ts';
import { useTheme } from './context.tsx';

interface ScaleLegendProps {
  readonly scale: ColourScaleSpec;
  readonly title: string;
  readonly id: string;
  /** Room in px; default 560. */
  readonly maxWidth?: number;
}

export function ScaleLegend({ scale, title, id, maxWidth = 560 }: ScaleLegendProps): ReactElement {
  const theme = useTheme();
  const room = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    room.current?.replaceChildren(readingLegend({ scale, title, theme, maxWidth, id }, { document }));
  }, [scale, title, theme, maxWidth, id]);
  return <div ref={room} className="scale-legend" data-testid={id} />;
}

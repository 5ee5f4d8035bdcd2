/** Offers a view's figure for export while the view is mounted. */
import { useEffect, useSyncExternalStore } from 'react';
import type { FigureData } from '../figures/figure-data.ts';
import type { ShownFigure } from '../state/shown-figure.ts';
import type { Drawable } from '../view-models/export-answers.ts';
import { useServices } from './context.tsx';

/** @param figure null while there is nothing to export; memoise it: a new one is offered anew */
export function useShownFigure(figure: Drawable | null): void {
  const { figures } = useServices();
  useEffect(
    () => (figure === null ? undefined : figures.offer({ ...figure, draw: (theme) => figure.draw(theme, document) })),
    [figures, figure],
  );
}

export function useOfferedFigure(): ShownFigure<SVGSVGElement, FigureData> | null {
  const { figures } = useServices();
  return useSyncExternalStore(figures.subscribe, figures.getSnapshot);
}

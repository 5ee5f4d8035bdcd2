/** Offers a table for export while its view is mounted. */
import { useMemo } from 'react';
import { textTable } from '../figures/text-table.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { TableExport } from '../view-models/export-tokens.ts';
import { useShownFigure } from './use-shown-figure.ts';

/** @param shown null while there is nothing; memoise it. @param options how the view was set, memoised too */
export function useShownTable(shown: TableExport | null, options: Readonly<Record<string, unknown>>): void {
  const figure = useMemo(
    () =>
      shown === null
        ? null
        : {
            draw: (theme: ThemeName) => textTable({ ...shown.table, theme }, { document }),
            data: shown.data,
            options,
          },
    [shown, options],
  );
  useShownFigure(figure);
}

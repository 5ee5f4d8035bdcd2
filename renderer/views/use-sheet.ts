/** The figure sheet: its panels, its settings, and the sheet that they make. */
import { useMemo, useState } from 'react';
import { greyCheck } from '../figures/grey-check.ts';
import type { GreyCheck } from '../figures/grey-check.ts';
import { sheet, withoutLegend } from '../figures/sheet.ts';
import type { Sheet } from '../figures/sheet.ts';
import { FIRST_SHEET, panelLook, sheetRoom, typeOf } from '../view-models/sheet.ts';
import type { SheetSettings } from '../view-models/sheet.ts';
import { useShown } from './use-shown.ts';
import type { Shown } from './use-shown.ts';

export interface SheetPanel extends Pick<Shown, 'frame' | 'draw' | 'as'> {
  /** Its place in the order of adding, for lists. */
  readonly key: number;
  readonly name: string;
}

export interface SheetState {
  readonly settings: SheetSettings;
  readonly set: (change: Partial<SheetSettings>) => void;
  readonly panels: readonly SheetPanel[];
  /** Adds what the stage shows; false while it shows nothing. */
  readonly add: () => boolean;
  readonly move: (at: number, by: -1 | 1) => void;
  readonly remove: (at: number) => void;
}

export function useSheet(): SheetState {
  const [settings, setSettings] = useState(FIRST_SHEET);
  const [panels, setPanels] = useState<readonly SheetPanel[]>([]);
  const [count, setCount] = useState(0);
  const shown = useShown();
  return {
    settings,
    panels,
    set: (change) => setSettings({ ...settings, ...change }),
    add: () => {
      if (shown === null || shown === 'nothing') return false;
      setPanels([...panels, panelOf(shown, count)]);
      setCount(count + 1);
      return true;
    },
    move: (at, by) => setPanels(swapped(panels, at, at + by)),
    remove: (at) => setPanels(panels.filter((_, index) => index !== at)),
  };
}

function panelOf({ frame, draw, as }: Shown, key: number): SheetPanel {
  const name = draw({ theme: 'light' }).querySelector('title')?.textContent ?? '';
  return { frame, draw, as, key, name };
}

function swapped<T>(items: readonly T[], a: number, b: number): readonly T[] {
  const [one, other] = [items[a], items[b]];
  if (one === undefined || other === undefined) return items;
  return items.map((item, at) => (at === a ? other : at === b ? one : item));
}

export interface MadeSheet extends Sheet {
  readonly grey: GreyCheck;
  readonly panels: readonly Pick<Shown, 'frame' | 'as'>[];
}

/** The sheet as it is to be saved: its panels, or what the stage shows where there are none; null where that is nothing. */
export function useMadeSheet({ settings, panels }: Pick<SheetState, 'settings' | 'panels'>): MadeSheet | null {
  const shown = useShown();
  const current = shown === 'nothing' ? null : shown;
  // What the stage shows is made anew at every rendering: its frame says whether it is another.
  const frame = current?.frame;
  return useMemo(() => {
    const used = panels.length > 0 ? panels : current === null ? [] : [current];
    if (used.length === 0) return null;
    const look = panelLook(settings);
    const figures = used.map(({ draw }) => {
      const figure = draw(look);
      if (!settings.legend) withoutLegend(figure);
      return figure;
    });
    const { columns, title, caption, theme } = settings;
    const made = sheet(
      { ...sheetRoom(settings), panels: figures, columns, title, caption, theme, type: typeOf(settings) },
      { document },
    );
    return { ...made, grey: greyCheck(made.svg), panels: used };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [settings, panels, frame]);
}

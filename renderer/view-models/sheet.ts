/** The figure sheet's settings, as plain data. */
import { mmToPx } from '../figures/sheet.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { FigureLook } from './figure-look.ts';

/** Widths in mm; a slide has a height too. */
export const SHEET_SIZES = {
  nature1: { width: 89 },
  nature2: { width: 183 },
  ieee: { width: 88.9 },
  neurips: { width: 139.7 },
  slide: { width: 338.67, height: 190.5 },
  custom: { width: null },
} as const;
export type SheetSize = keyof typeof SHEET_SIZES;

export const SHEET_PALETTES = ['own', 'headlight', 'viridis', 'cividis', 'greys', 'puor', 'rdbu'] as const;
export const TYPE_LIMITS = [5, 24] as const;
export const WIDTH_LIMITS = [3, 120] as const;

export interface SheetSettings {
  readonly size: SheetSize;
  /** Of `custom`, in cm. */
  readonly width: number;
  readonly theme: ThemeName;
  readonly palette: (typeof SHEET_PALETTES)[number];
  /** In points. */
  readonly type: number;
  readonly columns: number;
  readonly title: string;
  readonly caption: string;
  readonly legend: boolean;
  readonly transparent: boolean;
  readonly ratio: number;
}

export const FIRST_SHEET: SheetSettings = {
  ...{ size: 'nature2', width: 12, theme: 'light', palette: 'own', type: 8, columns: 1 },
  ...{ title: '', caption: '', legend: true, transparent: false, ratio: 2 },
};

/** Room of the sheet in px. */
export function sheetRoom({ size, width }: SheetSettings): { readonly width: number; readonly height?: number } {
  const own: { readonly width: number | null; readonly height?: number } = SHEET_SIZES[size];
  const { height } = own;
  return { width: mmToPx(own.width ?? width * 10), ...(height === undefined ? {} : { height: mmToPx(height) }) };
}

/** Type in px; 96 px are 72 points. */
export const typeOf = ({ type }: SheetSettings): number => (type * 96) / 72;

/** How a panel is drawn for its column; figures' labels are 12 px at a scale of 1. */
export function panelLook(settings: SheetSettings): FigureLook {
  const { columns, theme, palette } = settings;
  const type = typeOf(settings);
  const cell = (sheetRoom(settings).width - type * (columns + 1)) / columns;
  const textScale = type / 12;
  const colours = palette === 'own' ? {} : { palette };
  return { theme, width: Math.max(200 * textScale, cell), textScale, ...colours };
}

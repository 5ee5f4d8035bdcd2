/** Colours of lines: one a head, and two for more and less of a difference. */
import type { FigureTheme, ThemeName } from './theme.ts';

/**
 * Ten colours a ground, begun with Okabe and Ito's (2008) blue, vermillion and bluish green and spread by search: at least 3:1 on the
 * panel; in CIELAB at least 30 apart for usual eyes, and 13 as protanopes, deuteranopes and tritanopes see them (Machado et al.
 * 2009); none near the yellow of the selection.
 */
const ON_LIGHT = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#7400D2',
  '#880462',
  '#AF85AC',
  '#543100',
  '#F434FE',
  '#7E9C53',
  '#3B2695',
] as const;
const ON_DARK = [
  '#56B4E9',
  '#FF8A3D',
  '#3DDBAF',
  '#AA0FFF',
  '#CC3750',
  '#D4F6A4',
  '#806893',
  '#9C6300',
  '#B0F8FB',
  '#6F60CF',
] as const;

/** Strokes of heads whose colour was used before: one pattern a round, so that no two heads look the same. Lengths in px. */
const DASHES: readonly (readonly number[] | null)[] = [null, [7, 4], [2, 3], [9, 3, 2, 3]];

const CHANGES: Readonly<Record<ThemeName, { readonly more: string; readonly less: string }>> = {
  light: { more: '#6A55A8', less: '#C8741A' },
  dark: { more: '#9A88D8', less: '#CF8128' },
  contrast: { more: '#B9A8FF', less: '#FFA94D' },
};

/** The place of a head among those chosen, from 0; or a side of a difference. */
export type LineKind = number | 'more' | 'less';

export interface LineStyle {
  readonly colour: string;
  /** Lengths of strokes and gaps in px; null: without gaps. */
  readonly dash: readonly number[] | null;
}

/** The colours of heads on a theme's panel; further heads repeat them with other strokes. */
export function headColours({ dark }: FigureTheme): readonly string[] {
  return dark ? ON_DARK : ON_LIGHT;
}

/** How many heads can be told apart. */
export const MOST_STYLES = ON_LIGHT.length * DASHES.length;

/**
 * The colour and stroke of a head.
 * @throws RangeError `invalid head: …` beyond `MOST_STYLES`, where nothing would tell it from another
 */
export function lineStyle(kind: LineKind, theme: FigureTheme): LineStyle {
  if (typeof kind === 'string') return { colour: CHANGES[theme.name][kind], dash: null };
  const colours = headColours(theme);
  const dash = DASHES[Math.floor(kind / colours.length)];
  if (!Number.isInteger(kind) || kind < 0 || dash === undefined) {
    throw new RangeError(`invalid head: ${kind}; expected 0 to ${MOST_STYLES - 1} in the order of choosing`);
  }
  return { colour: colours[kind % colours.length]!, dash };
}

/** What a figure looks like: colours, fonts and type sizes. One table; every figure reads it. */

export type ThemeName = 'light' | 'dark' | 'contrast';

/** All colours are opaque `#RRGGBB`. `ink`, `grey` and the `…Text` colours have a contrast of at least 4.5:1 on `panel`. */
export interface FigureTheme {
  readonly name: ThemeName;
  /** Whether sequential scales run from dark (small) to bright (large) instead of the other way round. */
  readonly dark: boolean;
  readonly query: string;
  readonly key: string;
  readonly value: string;
  /** The same three hues for words, dark or bright enough to read on `panel`. */
  readonly queryText: string;
  readonly keyText: string;
  readonly valueText: string;
  readonly selection: string;
  readonly accent: string;
  readonly ink: string;
  readonly grey: string;
  readonly line: string;
  /** Background of a figure. */
  readonly panel: string;
  /** Background of the window around it. */
  readonly ground: string;
  /** A masked (−∞) cell: flat colour, and the lines hatched over it where there is room. */
  readonly masked: string;
  readonly maskedLine: string;
  /** A cell whose value is not a number. */
  readonly missing: string;
}

export const THEMES: Readonly<Record<ThemeName, FigureTheme>> = {
  light: {
    name: 'light',
    dark: false,
    query: '#0072B2',
    key: '#D55E00',
    value: '#009E73',
    queryText: '#0072B2',
    keyText: '#BC5200',
    valueText: '#007A59',
    selection: '#F2B705',
    accent: '#3B5BDB',
    ink: '#1B1F24',
    grey: '#69707A',
    line: '#E4E6E9',
    panel: '#FFFFFF',
    ground: '#FBFBFA',
    masked: '#DAD8D3',
    maskedLine: '#B4B0A8',
    missing: '#E0218A',
  },
  dark: {
    name: 'dark',
    dark: true,
    query: '#56B4E9',
    key: '#FF8A3D',
    value: '#3DDBAF',
    queryText: '#56B4E9',
    keyText: '#FF8A3D',
    valueText: '#3DDBAF',
    selection: '#FFD23F',
    accent: '#7C9CFF',
    ink: '#E8EAED',
    grey: '#98A1AD',
    line: '#2C323A',
    panel: '#1B1F25',
    ground: '#14171B',
    masked: '#2B2A29',
    maskedLine: '#57534E',
    missing: '#FF5FB0',
  },
  contrast: {
    name: 'contrast',
    dark: true,
    query: '#7CC8FF',
    key: '#FFA35C',
    value: '#5CF2CC',
    queryText: '#7CC8FF',
    keyText: '#FFA35C',
    valueText: '#5CF2CC',
    selection: '#FFE600',
    accent: '#9DB5FF',
    ink: '#FFFFFF',
    grey: '#D5D9DE',
    line: '#8A8F96',
    panel: '#000000',
    ground: '#000000',
    masked: '#1C1C1C',
    maskedLine: '#8A8A8A',
    missing: '#FF7AC1',
  },
};

/**
 * Words, and below tokens and numbers; the ends are what a machine without our fonts has. The names of the static fonts come
 * first because some SVG readers look at the first name only.
 */
export const WORD_FONT = "Inter, 'Inter Variable', 'Noto Sans', system-ui, 'Helvetica Neue', Arial, sans-serif";
export const MONO_FONT = "'JetBrains Mono', 'JetBrains Mono Variable', 'DejaVu Sans Mono', Menlo, Consolas, monospace";

/** Type sizes in px at `textScale` 1. `dense` is the least a token label shrinks to before labels are left out. */
export const TYPE = { title: 15, text: 13, label: 12, dense: 10 } as const;

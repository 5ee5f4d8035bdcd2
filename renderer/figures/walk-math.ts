/** Mathematics as runs of SVG text: a word is what it is in a formula, with its colour, and raised or lowered where it is a script. */
import type { Selection } from 'd3';
import { round } from './legend.ts';
import { cleanText, textWidth } from './text.ts';
import type { FigureTheme } from './theme.ts';

export type MathHue = 'query' | 'key' | 'value';

/** Characters in one style. `shift` (up is positive) and `scale` are shares of the formula's type size. */
export interface MathRun {
  readonly text: string;
  readonly italic: boolean;
  readonly hue: MathHue | null;
  readonly shift: number;
  readonly scale: number;
}

export interface MathFraction {
  readonly over: readonly MathRun[];
  readonly under: readonly MathRun[];
}

export type MathPart = MathRun | MathFraction;

export const isFraction = (part: MathPart): part is MathFraction => 'over' in part;

export type MathStyle = Omit<MathRun, 'text'>;
export const PLAIN: MathStyle = { italic: false, hue: null, shift: 0, scale: 1 };

/** The style of a script, relative to what it is a script of. */
export function scriptStyle(style: MathStyle, kind: 'sub' | 'sup'): MathStyle {
  const shift = style.shift + style.scale * (kind === 'sub' ? -0.22 : 0.4);
  return { ...style, shift, scale: style.scale * 0.74 };
}

/** Advance widths in em that differ from what text in general is reckoned with: Inter's own for mathematical signs, and spaces. */
const WIDTHS: Readonly<Record<string, number>> = {
  '\u2003': 1,
  '\u2009': 0.2,
  '\u0303': 0,
  '·': 0.288,
  '…': 0.864,
  '√': 0.629,
  '‖': 0.479,
  '∞': 0.936,
  '→': 0.954,
  '“': 0.44,
  '”': 0.44,
  '′': 0.223,
};

/** Width in px at `size` px. */
export function runsWidth(runs: readonly MathRun[], size: number, bold = false): number {
  return runs.reduce((sum, { text, scale }) => {
    let width = 0;
    for (const sign of text) width += WIDTHS[sign] ?? textWidth(sign, 1, 'word', bold);
    return sum + width * size * scale;
  }, 0);
}

/** Words with the scripts that the window writes in them: `W_O`, `√d_k`, `e^(s − m)`. */
export function wordRuns(words: string): readonly MathRun[] {
  const runs: MathRun[] = [];
  for (const part of cleanText(words).split(/(_[A-Za-z]|\^\([^)]*\))/)) {
    if (part === '') continue;
    if (/^_[A-Za-z]$/.test(part)) runs.push({ ...scriptStyle(PLAIN, 'sub'), text: part.slice(1) });
    else if (part.startsWith('^(') && part.endsWith(')')) {
      runs.push({ ...scriptStyle(PLAIN, 'sup'), text: part.slice(2, -1) });
    } else runs.push({ ...PLAIN, text: part });
  }
  return runs;
}

export interface RunsPlace {
  readonly x: number;
  /** The base line. */
  readonly y: number;
  readonly size: number;
  readonly colour: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
}

/** Appends one line, and returns it: a `<text>`, with a `<tspan>` a run where there is more than one. */
export function placeRuns<Parent extends SVGElement>(
  parent: Selection<Parent, unknown, null, undefined>,
  runs: readonly MathRun[],
  { x, y, size, colour, anchor = 'start', bold = false }: RunsPlace,
  theme: FigureTheme,
): Selection<SVGTextElement, unknown, null, undefined> {
  const text = parent.append('text').attr('x', round(x)).attr('y', round(y)).attr('xml:space', 'preserve');
  text.attr('font-size', round(size)).attr('fill', colour);
  if (anchor !== 'start') text.attr('text-anchor', anchor);
  if (bold) text.attr('font-weight', 600);
  const [only] = runs;
  if (runs.length === 1 && only !== undefined && only.scale === 1 && !only.italic && only.hue === null) {
    return text.text(only.text);
  }
  let shift = 0;
  for (const run of runs) {
    const span = text.append('tspan').text(run.text);
    if (run.shift !== shift) span.attr('dy', round((shift - run.shift) * size));
    if (run.scale !== 1) span.attr('font-size', round(run.scale * size));
    if (run.italic) span.attr('font-style', 'italic');
    if (run.hue !== null) span.attr('fill', hueText(run.hue, theme));
    shift = run.shift;
  }
  return text;
}

/** A hue for words. */
export function hueText(hue: MathHue | 'product', theme: FigureTheme): string {
  return { query: theme.queryText, key: theme.keyText, value: theme.valueText, product: theme.ink }[hue];
}

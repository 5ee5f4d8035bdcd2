/** The attention formula with the numbers of one cell in it, as TeX. */
import { texNumber } from './format.ts';
import type { CellNumbers } from './inspector.ts';

/** Text inside TeX: what TeX gives a meaning is escaped; what its fonts do not have is left to the page's fonts. */
export function texText(text: string): string {
  const escaped = text.replace(/[\\{}$&#%_^~]/g, (sign) => ESCAPES[sign] ?? `\\${sign}`);
  return `\\text{${escaped}}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\textbackslash ', '^': '\\char94 ', '~': '\\char126 ' };

/** Two lines: the scaled score, and the weight as e^(s−m) ÷ Σ. A hidden key's weight is 0. */
export function formulaLines(
  numbers: CellNumbers,
  dHead: number,
  query: string,
  key: string,
): readonly [string, string] {
  const score = `\\htmlClass{tex-s}{s} = \\dfrac{\\htmlClass{tex-q}{q}\\cdot\\htmlClass{tex-k}{k}}{\\sqrt{d_k}} = \\dfrac{${texNumber(numbers.score)}}{\\sqrt{${dHead}}} = ${texNumber(numbers.scaled)}`;
  const alpha = `\\alpha_{\\htmlClass{tex-q}{${texText(query)}},\\htmlClass{tex-k}{${texText(key)}}}`;
  if (!numbers.visible) {
    return [score, `${alpha} = \\dfrac{e^{−\\infty}}{\\sum_j e^{s_j−m}} = 0`];
  }
  const filled = `\\dfrac{${texNumber(numbers.numerator)}}{${texNumber(numbers.denominator)}}`;
  return [score, `${alpha} = \\dfrac{e^{s−m}}{\\sum_j e^{s_j−m}} = ${filled} = ${texNumber(numbers.weight)}`];
}

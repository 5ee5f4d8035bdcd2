import { describe, expect, it } from 'vitest';
import { isFraction } from '../../../renderer/figures/walk-math.ts';
import type { MathPart } from '../../../renderer/figures/walk-math.ts';
import { parseTeX } from '../../../renderer/figures/walk-tex.ts';

/** The parts as text: scripts in brackets, fractions as (a)/(b). */
function plain(parts: readonly MathPart[]): string {
  return parts
    .map((part) => {
      if (isFraction(part)) return `(${plain(part.over)})/(${plain(part.under)})`;
      return part.scale === 1 ? part.text : `${part.shift > 0 ? '^' : '_'}[${part.text}]`;
    })
    .join('');
}
const read = (tex: string): string => plain(parseTeX(tex));

describe('parseTeX', () => {
  it('reads numbers as the screen writes them', () => {
    expect(read('12.34 + (−0.5)')).toBe('12.34 + (−0.5)');
    expect(read('4.100\\cdot10^{−5}')).toBe('4.100·10^[−5]');
    expect(read('e^{−\\infty} = 0')).toBe('e^[−∞] = 0');
  });

  it('tells a difference from a sign', () => {
    expect(read('−3 − 4')).toBe('−3 − 4');
    expect(read('a = −3')).toBe('a = −3');
    expect(read('(1,\\,−2)')).toBe('(1,\u2009−2)');
  });

  it('reads scripts, fractions, roots and marks', () => {
    expect(read('\\dfrac{q\\cdot k}{\\sqrt{d_k}}')).toBe('(q·k)/(√d_[k])');
    expect(read('\\sum_{d} q_d\\,k_d')).toBe('∑_[d]\u2009q_[d]\u2009k_[d]');
    expect(read('\\tilde{s}_{ij}')).toBe('s\u0303_[ij]');
    expect(read("x' = y")).toBe('x′ = y');
    expect(read('z^{(0)};\\,\\dots')).toBe('z^[(0)];\u2009…');
  });

  it('gives q, k and v their colours, and words no slant', () => {
    const [q, dot, k] = parseTeX('\\htmlClass{tex-q}{q}\\cdot\\htmlClass{tex-k}{k}');
    expect([q, dot, k]).toMatchObject([
      { text: 'q', hue: 'query', italic: true },
      { text: '·', hue: null, italic: false },
      { text: 'k', hue: 'key' },
    ]);
    expect(parseTeX('\\text{LN}')).toMatchObject([{ text: 'LN', italic: false }]);
  });

  it('reads words with signs that TeX would read otherwise', () => {
    expect(read('q_{\\text{a\\_b \\{c\\} \\textbackslash d \\char94 e}}')).toBe('q_[a_b {c} \\d ^e]');
  });

  it('never fails: what is cut off or unknown is written as it stands', () => {
    for (const tex of ['', '}', '{', '\\', '^', '_', '\\dfrac{a', '\\text{', '\\htmlClass{x', '\\unheard{a}']) {
      expect(() => parseTeX(tex), tex).not.toThrow();
    }
    expect(read('\\unheard{a}')).toBe('unhearda');
  });
});

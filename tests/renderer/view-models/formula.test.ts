import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { formulaLines, texText } from '../../../renderer/view-models/formula.ts';
import type { CellNumbers } from '../../../renderer/view-models/inspector.ts';

const numbers: CellNumbers = {
  query: 1,
  key: 0,
  score: 18.42,
  scaled: 2.3025,
  masked: 2.3025,
  visible: true,
  rowMaximum: 3,
  numerator: 0.4978,
  denominator: 1.214,
  weight: 0.41005,
};
const trust = (context: { command: string }) => context.command === '\\htmlClass';
const mathml = (tex: string) =>
  katex.renderToString(tex, { output: 'mathml', strict: false, trust, throwOnError: true });

describe('formulaLines', () => {
  it('has the numbers of the cell in it and is TeX that KaTeX reads', () => {
    const [score, weight] = formulaLines(numbers, 64, 'it', 'animal');
    expect(score).toContain('\\sqrt{64}');
    for (const number of ['18.42', '2.303']) expect(score).toContain(number);
    for (const number of ['0.4978', '1.214', '0.4101']) expect(weight).toContain(number);
    expect(mathml(score)).toContain('<math');
    expect(mathml(weight)).toContain('animal');
  });

  it('writes negative numbers with the minus sign of the rest of the window, in its source too', () => {
    const [score, weight] = formulaLines({ ...numbers, score: -35.89, scaled: -6.344, weight: 4e-9 }, 32, 'it', 'cat');
    const html = katex.renderToString(score, { output: 'htmlAndMathml', strict: false, trust, throwOnError: true });
    expect(html.replace(/<[^>]+>/g, '')).toContain('−35.89');
    expect(`${score}${weight}`.replaceAll('tex-', '')).not.toContain('-');
    expect(mathml(weight)).toContain('−9');
  });

  it('ends in 0 for a hidden key', () => {
    const [, weight] = formulaLines({ ...numbers, visible: false, masked: -Infinity }, 64, 'it', 'cat');
    expect(weight.endsWith('= 0')).toBe(true);
    expect(mathml(weight)).toContain('<math');
  });

  it('survives tokens made of TeX’s own signs', () => {
    for (const text of ['\\', '{', '}', '$', '&', '#', '%', '_', '^', '~', '\\frac{', "'", '‹F0 9F›', '␣', '€']) {
      const [, weight] = formulaLines(numbers, 64, text, text);
      expect(mathml(weight)).toContain('<math');
    }
  });
});

it('texText escapes and never ends its braces early', () => {
  expect(texText('a_b')).toBe('\\text{a\\_b}');
  expect(texText('}')).toBe('\\text{\\}}');
});

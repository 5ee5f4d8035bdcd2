import { describe, expect, it } from 'vitest';
import { serialise } from '../../../renderer/export/serialise.ts';
import { lineStyle } from '../../../renderer/figures/head-colours.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { tokenMiddle } from '../../../renderer/figures/token-flow-axis.ts';
import { flowTargetAt, lineHeightAt, lineTokens, riseAt } from '../../../renderer/figures/token-flow-hit.ts';
import { MOST_LINES } from '../../../renderer/figures/token-flow-input.ts';
import { drawnLine, drawnTokenLine, tokenFlowLayout } from '../../../renderer/figures/token-flow-layout.ts';
import { flowNotes, lineLook, percent } from '../../../renderer/figures/token-flow-legend.ts';
import { flowCells, tokenLines } from '../../../renderer/figures/token-flow-lines.ts';
import { tokenFlow, tokenFlowMarks } from '../../../renderer/figures/token-flow.ts';
import type { TokenFlowInput } from '../../../renderer/figures/token-flow-input.ts';
import { flowInput } from './flow-support.ts';
import { parseSvg, testDocument } from './support.ts';

const document = testDocument();

function draw(input: TokenFlowInput, lines: 'draw' | 'omit' = 'draw') {
  const svg = tokenFlow(input, { document, lines });
  return { svg, all: (selector: string) => [...svg.querySelectorAll(selector)] };
}

describe('layout', () => {
  it('has queries left and keys right, at the same height, lines from one to the other', () => {
    const input = flowInput(8, 8);
    const { panel, rowLabels, columnLabels, rowAxis, columnAxis, width, height } = tokenFlowLayout(input);
    expect(rowAxis).toBe(columnAxis);
    rowLabels.forEach((label, token) => {
      expect(label.x).toBeLessThan(panel.x);
      expect(columnLabels[token]!.x).toBeGreaterThan(panel.x + panel.width);
      expect(label.y).toBe(columnLabels[token]!.y);
      expect(label.y).toBeCloseTo(tokenMiddle(rowAxis, token) + 12 * 0.35, 6);
    });
    expect(panel.x + panel.width).toBeLessThan(width);
    expect(panel.y + panel.height).toBeLessThan(height);
  });

  it('lets queries and keys be of different texts', () => {
    const { rowAxis, columnAxis, rowLabels, columnLabels } = tokenFlowLayout(flowInput(5, 9));
    expect([rowLabels.length, columnLabels.length]).toEqual([5, 9]);
    expect(rowAxis.edges[5]).toBeCloseTo(columnAxis.edges[9]!, 9);
  });

  it('lines of several heads end side by side in their token’s height', () => {
    const input = flowInput(10, 10, 4, { threshold: 0 });
    const layout = tokenFlowLayout(input);
    const ends = new Map<number, number>();
    for (let line = 0; line < layout.lines.count; line += 1) {
      if (layout.lines.from[line] !== 3) continue;
      ends.set(layout.lines.set[line]!, drawnLine(layout, line).y0);
    }
    const sorted = [...ends].sort(([a], [b]) => a - b).map(([, y]) => y);
    expect(sorted).toHaveLength(4);
    expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
    expect(new Set(sorted).size).toBe(4);
    expect(sorted[0]).toBeGreaterThan(layout.rowAxis.edges[3]!);
    expect(sorted[3]).toBeLessThan(layout.rowAxis.edges[4]!);
  });

  it('says how much weight the lines hold', () => {
    expect(tokenFlowLayout(flowInput(12, 12, 2, { threshold: 0 })).facts.share).toBeCloseTo(1, 5);
    const input = flowInput(12, 12, 2, { threshold: 0.1 });
    const held = flowCells(input).cells.map((list, set) =>
      list.reduce((sum, cell) => sum + input.sets[set]!.matrix[cell]!, 0),
    );
    expect(tokenFlowLayout(input).facts.share).toBeCloseTo((held[0]! + held[1]!) / 24, 5);
  });

  it('of a long text draws a limited number of lines and labels', () => {
    const layout = tokenFlowLayout(
      flowInput(700, 700, 3, { threshold: 0, focus: { centre: 300, tokens: null }, maxHeight: 560 }),
    );
    expect(layout.lines.count).toBe(MOST_LINES);
    expect(layout.rowLabels.length).toBeLessThan(60);
    expect(layout.facts).toMatchObject({ isBundled: true, isThinned: true, drawn: MOST_LINES });
    expect(layout.facts.found).toBeGreaterThan(MOST_LINES);
    expect(layout.facts.share).toBeLessThan(1);
    const { first, last } = layout.rowAxis.focus!;
    expect(first < 300 && last > 300).toBe(true);
  });

  it('width and opacity grow with the square root of the weight', () => {
    const [low, high] = [lineLook(0.04, 5), lineLook(0.16, 5)];
    expect((high.width - 0.5) / (low.width - 0.5)).toBeCloseTo(2, 9);
    expect(lineLook(1, 5)).toEqual({ width: 5, opacity: 1 });
    expect(lineLook(2, 5)).toEqual(lineLook(1, 5));
  });
});

describe('what is under a point', () => {
  const input = flowInput(10, 10, 2, { threshold: 0.06 });
  const layout = tokenFlowLayout(input);

  it('is a query at the left, a key at the right', () => {
    const y = tokenMiddle(layout.rowAxis, 4);
    expect(flowTargetAt(layout, layout.panel.x - 20, y)).toEqual({ kind: 'row', token: 4 });
    expect(flowTargetAt(layout, layout.panel.x + layout.panel.width + 20, y)).toEqual({ kind: 'column', token: 4 });
    expect(flowTargetAt(layout, layout.panel.x - 20, layout.panel.y - 5)).toBeNull();
  });

  it('between them is the line that is drawn there', () => {
    for (let line = 0; line < layout.lines.count; line += 1) {
      const x = layout.panel.x + layout.panel.width * 0.9;
      const target = flowTargetAt(layout, x, lineHeightAt(drawnLine(layout, line), layout.panel, x));
      if (target?.kind !== 'line') throw new Error('expected a line');
      // Where lines cross, another one may be as near.
      const found = lineHeightAt(drawnLine(layout, target.line), layout.panel, x);
      const wanted = lineHeightAt(drawnLine(layout, line), layout.panel, x);
      expect(Math.abs(found - wanted)).toBeLessThan(layout.widest);
    }
    expect(lineTokens(layout, 0).rows).toEqual([layout.lines.from[0], layout.lines.from[0]]);
  });

  it('a line rises as the Bézier curve that is drawn: halfway in the middle', () => {
    expect(riseAt(0)).toBeCloseTo(0, 6);
    expect(riseAt(0.5)).toBeCloseTo(0.5, 6);
    expect(riseAt(1)).toBeCloseTo(1, 6);
    const t = 0.3;
    const x = 3 * (1 - t) ** 2 * t * 0.5 + 3 * (1 - t) * t * t * 0.5 + t ** 3;
    expect(riseAt(x)).toBeCloseTo(3 * (1 - t) * t * t + t ** 3, 6);
  });

  it('in the middle of nothing is nothing', () => {
    const empty = tokenFlowLayout(flowInput(10, 10, 1, { threshold: 1 }));
    expect(flowTargetAt(empty, empty.panel.x + 200, empty.panel.y + 50)).toBeNull();
  });
});

describe('the drawing', () => {
  it('has one path a line in the colour and stroke of its head', () => {
    const input = flowInput(6, 6, 12, { threshold: 0.1 });
    const layout = tokenFlowLayout(input);
    const { all } = draw(input);
    const paths = all('.lines path');
    expect(paths).toHaveLength(layout.lines.count);
    paths.forEach((path, line) => {
      const { colour, dash } = lineStyle(layout.lines.set[line]!, THEMES.light);
      expect(path.getAttribute('stroke')).toBe(colour);
      expect(path.getAttribute('stroke-dasharray')).toBe(dash === null ? null : dash.join(' '));
    });
  });

  it('legend names every head once, the repeated colours with their dashes, and says what is drawn', () => {
    const input = flowInput(6, 6, 12, { topK: 2 });
    const { svg, all } = draw(input);
    const texts = all('.legend text').map((text) => text.textContent);
    for (const { label } of input.sets) expect(texts.filter((text) => text === label)).toHaveLength(1);
    const strokes = all('.legend line').map(
      (line) => `${line.getAttribute('stroke')} ${line.getAttribute('stroke-dasharray')}`,
    );
    expect(new Set(strokes.slice(0, 12)).size).toBe(12);
    expect(svg.textContent).toContain('colours come again with dashes');
    expect(svg.textContent).toContain('at most 2 a query and colour');
    expect(svg.textContent).toMatch(/they hold \d+ % of the weight/);
    expect(draw(flowInput(6, 6, 3)).svg.textContent).not.toContain('dashes');
  });

  it('lines of the selected query or key stand out, drawn a second time above the others', () => {
    for (const direction of ['from', 'to'] as const) {
      const input = flowInput(9, 9, 2, { direction, selection: { row: 4, column: 2 } });
      const { svg } = draw(input);
      const expected = tokenLines(input, flowCells(input), direction, direction === 'from' ? 4 : 2);
      const chosen = [...svg.querySelectorAll('.lines.chosen path')];
      expect(chosen).toHaveLength(expected.length);
      const layout = tokenFlowLayout(input);
      const { y0 } = drawnTokenLine(layout, expected[0]!);
      expect(chosen[0]!.getAttribute('d')).toContain(`M${layout.panel.x} ${Math.round(y0 * 10) / 10}`);
      expect(Number(svg.querySelector('.lines')!.getAttribute('opacity'))).toBeLessThan(0.5);
    }
    expect(draw(flowInput(9, 9)).all('.chosen')).toHaveLength(0);
  });

  it('writes tokens as text, escaped', () => {
    const { svg, all } = draw(flowInput(12, 12));
    expect(all('.row-labels text').map((text) => text.textContent)).toContain('a&b<c>');
    const back = parseSvg(serialise(svg));
    expect([...back.querySelectorAll('.column-labels text')].map((text) => text.textContent)).toContain('a&b<c>');
    expect(serialise(svg)).toContain('a&amp;b&lt;c&gt;');
  });

  it('has a name and a description, ids of its own, and is the same text every time', () => {
    const { svg } = draw(flowInput(5, 5, 2, { id: 'one' }));
    expect(svg.querySelector('#one-title')!.textContent).toBe('Token flow, who each token looks at');
    expect(svg.querySelector('#one-description')!.textContent).toMatch(
      /^\d+ lines from 5 tokens \(query\) to 5 tokens \(key\): layer 0 · head 2; layer 1 · head 2\.$/,
    );
    expect(serialise(draw(flowInput(5, 5)).svg)).toBe(serialise(draw(flowInput(5, 5)).svg));
  });

  it("lines: 'omit' leaves lines and background to a canvas; without a legend there is none", () => {
    const { all } = draw(flowInput(5, 5, 1, { legend: false }), 'omit');
    expect(all('path')).toHaveLength(0);
    expect(all('.legend')).toHaveLength(0);
    expect(all('.row-labels text')).toHaveLength(5);
  });

  it('marks tokens whose labels have no room, the first of those that would touch', () => {
    const input = flowInput(500, 500, 1, { focus: { centre: 20, tokens: null } });
    const layout = tokenFlowLayout(input);
    const marks = tokenFlowMarks(layout, input, { rows: [400], columns: [450, 451, 3] }, { document });
    const texts = (side: string) => [...marks.querySelectorAll(`.${side}-labels text`)];
    expect(texts('row')).toHaveLength(1);
    expect(texts('column')).toHaveLength(2);
    expect(Number(texts('row')[0]!.getAttribute('y'))).toBeCloseTo(
      tokenMiddle(layout.rowAxis, 400) + layout.labelSize * 0.35,
      1,
    );
  });
});

it.each([
  [{ selection: { row: 9 } }, 'invalid selection: row 9, column undefined of 4 × 4'],
  [{ rowLabels: [] }, 'invalid rowLabels: 0 labels for 4 rows'],
  [{ maxWidth: 0 }, 'invalid size: 0 × 640'],
])('refuses %o', (changes, message) => {
  expect(() => tokenFlowLayout(flowInput(4, 4, 1, changes))).toThrow(message);
});

it('percent never rounds to nothing or to all', () => {
  expect([0, 0.001, 0.834, 0.999, 1].map(percent)).toEqual(['0 %', '< 1 %', '83 %', '> 99 %', '100 %']);
});

it('notes say only what is so', () => {
  const facts = { threshold: 0, topK: null, direction: 'to', drawn: 5, found: 5, share: 1 } as const;
  const flags = { isBundled: false, isThinned: false, isDashed: false };
  expect(flowNotes({ ...facts, ...flags })).toEqual([
    'width and opacity: square root of the weight',
    'lines for weights above 0; they hold 100 % of the weight',
  ]);
  const all = flowNotes({ ...facts, topK: 3, found: 9, isBundled: true, isThinned: true, isDashed: true });
  expect(all).toHaveLength(6);
  expect(all.join()).toContain('at most 3 a key and colour');
});

import { describe, expect, it } from 'vitest';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import { PLAIN_LENS } from '../../../renderer/state/lens.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import { matrixPanels } from '../../../renderer/view-models/matrix-panels.ts';
import type { MatrixPanel } from '../../../renderer/view-models/matrix-panels.ts';
import {
  pairText,
  readingLegend,
  readingTitle,
  stepLine,
  strongest,
  strongestText,
  weightBetween,
} from '../../../renderer/view-models/reading.ts';
import { asTrained, matrix, openedModel, runResult, tokensOf } from '../support.ts';
import { randomPattern, seededRandom } from './lens/support.ts';

const words = translator(createI18n('en'), 'en');
const tokens = tokensOf('the', 'cat', 'sat');
const selection = { ...FIRST_SELECTION, station: 'pattern', view: 'reading', layer: 1, head: 2 } as const;
const frameOf = (...patterns: number[][]): Frame => ({
  ...asTrained,
  run: runResult('t', tokens),
  model: openedModel(),
  selection: { ...selection, others: patterns.slice(1).map((_, at) => ({ layer: 0, head: at })) },
  matrices: patterns.map((values, at) => matrix(`p${at}`, 3, 3, values)),
});
const one = [1, 0, 0, 0.25, 0.75, 0, 0.5, 0.125, 0.375];
const two = [1, 0, 0, 0.5, 0.5, 0, 0.25, 0.25, 0.5];

function panelsOf(frame: Frame, change = {}): readonly MatrixPanel[] {
  return matrixPanels([{ part: 'original', frame, pair: null }], { ...PLAIN_LENS, ...change });
}
function panelOf(frame: Frame, change = {}): MatrixPanel {
  const [panel] = panelsOf(frame, change);
  if (panel === undefined) throw new Error('no panel');
  return panel;
}

describe('weightBetween', () => {
  it('reads the row of the token, or its column', () => {
    const panel = panelOf(frameOf(one));
    expect([0, 1, 2].map((other) => weightBetween(panel, 2, other, 'from'))).toEqual([0.5, 0.125, 0.375]);
    expect([0, 1, 2].map((other) => weightBetween(panel, 0, other, 'to'))).toEqual([1, 0.25, 0.5]);
    expect(weightBetween(panel, 0, 3, 'from')).toBeNaN();
    expect(weightBetween(panel, 3, 0, 'from')).toBeNaN();
  });
});

describe('strongest', () => {
  it('lists the largest weights, and none of weight 0', () => {
    const panel = panelOf(frameOf(one));
    expect(strongest(panel, 2, 'from', 2)).toEqual([
      { row: 0, weight: 0.5 },
      { row: 2, weight: 0.375 },
    ]);
    expect(strongest(panel, 0, 'from', 3)).toEqual([{ row: 0, weight: 1 }]);
    expect(strongest(panel, 2, 'to', 3)).toEqual([{ row: 2, weight: 0.375 }]);
  });

  it('agrees with sorting the whole row, in any direction', () => {
    const random = seededRandom(20);
    const size = 40;
    const panel = { ...panelOf(frameOf(one)), matrix: randomPattern(size, random), rows: size, columns: size };
    for (let row = 0; row < size; row += 1) {
      for (const direction of ['from', 'to'] as const) {
        const all = Array.from({ length: size }, (_, other) => weightBetween(panel, row, other, direction));
        const sorted = all.sort((a, b) => b - a).slice(0, 5);
        expect(strongest(panel, row, direction, 5).map(({ weight }) => weight)).toEqual(sorted);
      }
    }
  });

  it('goes by size for a difference', () => {
    const panel = panelOf(frameOf(one, two), { combine: 'difference' });
    expect(strongest(panel, 2, 'from', 3).map(({ weight }) => weight)).toEqual([0.25, -0.125, -0.125]);
  });
});

describe('the words', () => {
  it('say what a token looks at, and what looks at it', () => {
    const panel = panelOf(frameOf(one));
    expect(strongestText(panel, 2, 'from', words)).toBe('sat looks at the 0.500, sat 0.375, cat 0.125');
    expect(strongestText(panel, 1, 'to', words)).toBe('cat is looked at by cat 0.750, sat 0.125');
    const blind = { ...panel, matrix: new Float32Array(9) };
    expect(strongestText(blind, 1, 'from', words)).toBe('cat looks at nothing that is shown');
  });

  it('say a pair query first, whichever token is selected', () => {
    const panel = panelOf(frameOf(one));
    expect(pairText(panel, 2, 0, 'from', words)).toBe('sat → the  0.5000');
    expect(pairText(panel, 0, 2, 'to', words)).toBe('sat → the  0.5000');
  });

  it('say which heads, and what the colours are', () => {
    const both = frameOf(one, two);
    expect(panelsOf(both).map((panel) => readingTitle(panel, words))).toEqual(['Head 1 · 2', 'Head 0 · 0']);
    expect(readingTitle(panelOf(both, { combine: 'mean' }), words)).toBe('Mean of heads 1 · 2, 0 · 0');
    expect(readingLegend(panelOf(frameOf(one)), words)).toBe(
      'weight, square-root scale · rows sum to 1 · no colour: 0',
    );
  });
});

describe('stepLine', () => {
  const places = [
    { x: 0, y: 0 },
    { x: 50, y: 0 },
    { x: 90, y: 0 },
    { x: 0, y: 30 },
    { x: 60, y: 30 },
    { x: 0, y: 60 },
  ];

  it('goes to the nearest token of the next line', () => {
    expect(stepLine(places, 1, 1)).toBe(4);
    expect(stepLine(places, 2, 1)).toBe(4);
    expect(stepLine(places, 4, 1)).toBe(5);
    expect(stepLine(places, 4, -1)).toBe(1);
    expect(stepLine(places, 5, -1)).toBe(3);
  });

  it('stays on the first and last line', () => {
    expect(stepLine(places, 1, -1)).toBe(1);
    expect(stepLine(places, 5, 1)).toBe(5);
    expect(stepLine([], 0, 1)).toBe(0);
  });
});

import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { colourScale, weightScale } from '../../../renderer/figures/colour-scale.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import { PLAIN_LENS } from '../../../renderer/state/lens.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import { matrixPanels } from '../../../renderer/view-models/matrix-panels.ts';
import type { MatrixPanel } from '../../../renderer/view-models/matrix-panels.ts';
import { ReadingPainter } from '../../../renderer/views/reading-painter.ts';
import { asTrained, matrix, openedModel, runResult, tokensOf } from '../support.ts';

const frame: Frame = {
  ...asTrained,
  run: runResult('t', tokensOf('the', 'cat', 'sat')),
  model: openedModel(),
  selection: { ...FIRST_SELECTION, station: 'pattern', view: 'reading' },
  matrices: [matrix('p', 3, 3, [1, 0, 0, 0.25, 0.75, 0, 0.5, NaN, 0.375])],
};

function panelOf(): MatrixPanel {
  const [panel] = matrixPanels([{ part: 'original', frame, pair: null }], PLAIN_LENS);
  if (panel === undefined) throw new Error('no panel');
  return panel;
}

function textOf(): { root: HTMLElement; spans: HTMLElement[]; writes: () => number } {
  const { document } = parseHTML('<p><i data-row="0"></i> <i data-row="1"></i> <i>hidden</i> <i data-row="2"></i></p>');
  const root = document.querySelector('p') as unknown as HTMLElement;
  const spans = [...root.querySelectorAll<HTMLElement>('[data-row]')];
  let count = 0;
  for (const span of spans) {
    const style = { backgroundColor: '', color: '' };
    const counted = new Proxy(style, {
      set: (target, name, value: string) => {
        count += 1;
        return Reflect.set(target, name, value);
      },
    });
    Object.defineProperty(span, 'style', { value: counted });
  }
  return { root, spans, writes: () => count };
}

/** `#rrggbb` as the painter writes it. */
function rgbOf(hex: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${red}, ${green}, ${blue})`;
}
const { colour } = colourScale(weightScale(), THEMES.light);
const groundsOf = (spans: HTMLElement[]): string[] => spans.map(({ style }) => style.backgroundColor);

describe('ReadingPainter', () => {
  it('gives each token the colour of its weight in the scale, and none to a weight of 0', () => {
    const { root, spans } = textOf();
    const painter = new ReadingPainter(root, panelOf(), 'from', 'light');
    painter.paint(1);
    expect(groundsOf(spans)).toEqual([rgbOf(colour(0.25)), rgbOf(colour(0.75)), '']);
    painter.paint(2);
    expect(groundsOf(spans)).toEqual([rgbOf(colour(0.5)), THEMES.light.missing, rgbOf(colour(0.375))]);
    painter.paint(null);
    expect(groundsOf(spans)).toEqual(['', '', '']);
  });

  it('goes by the column for what looks at a token', () => {
    const { root, spans } = textOf();
    new ReadingPainter(root, panelOf(), 'to', 'light').paint(0);
    expect(groundsOf(spans)).toEqual([1, 0.25, 0.5].map((weight) => rgbOf(colour(weight))));
  });

  it('writes only what changes', () => {
    const { root, writes } = textOf();
    const painter = new ReadingPainter(root, panelOf(), 'from', 'light');
    painter.paint(1);
    const first = writes();
    painter.paint(1);
    expect(writes()).toBe(first);
    painter.paint(0);
    // Two of three change: ground and ink of each.
    expect(writes()).toBe(first + 4);
  });

  it('marks one token as shown and one as chosen, and forgets the marks of an earlier painter', () => {
    const { root, spans } = textOf();
    const painter = new ReadingPainter(root, panelOf(), 'from', 'light');
    painter.choose(2);
    painter.paint(2);
    painter.paint(0);
    expect(spans.map(({ className }) => className)).toEqual(['anchor', '', 'chosen']);
    new ReadingPainter(root, panelOf(), 'from', 'light').choose(1);
    expect(spans.map(({ className }) => className)).toEqual(['', 'chosen', '']);
  });
});

import { describe, expect, it } from 'vitest';
import { PLAIN_LENS } from '../../../renderer/state/lens.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import { besidePanels, leftRow, linkedRow } from '../../../renderer/view-models/beside-panels.ts';
import { asTrained, matrix, openedModel, runResult, tokensOf } from '../support.ts';
import { randomPattern, seededRandom } from './lens/support.ts';

function frame(texts: readonly string[], seed: number, model = 'tiny'): Frame {
  const size = texts.length;
  return {
    run: { ...runResult(`t${seed}`, tokensOf(...texts)), model },
    model: openedModel(),
    ...asTrained,
    input: { text: texts.join('') },
    selection: FIRST_SELECTION,
    matrices: [matrix('decoder.0.self.pattern', size, size, [...randomPattern(size, seededRandom(seed))])],
  };
}

const LEFT = ['The', ' cat', ' sat', ' down'];
const RIGHT = ['The', ' old', ' dog', ' sat'];
const labels = (shown: ReturnType<typeof besidePanels>) =>
  shown.panels.difference.labels.map(({ text }) => text.trim());

describe('two runs side by side', () => {
  it('keep their own numbers; the difference is right minus left of the pairs, and nothing elsewhere', () => {
    const [left, right] = [frame(LEFT, 1), frame(RIGHT, 2)];
    const shown = besidePanels(left, right, PLAIN_LENS);
    expect([...shown.panels.left.matrix]).toEqual([...left.matrices[0]!.data]);
    expect([...shown.panels.right.matrix]).toEqual([...right.matrices[0]!.data]);
    // The · cat | old dog · sat · down: six steps, of which “The” and “sat” are in both.
    const { matrix: difference, rows, columns, pair } = shown.panels.difference;
    expect([rows, columns]).toEqual([6, 6]);
    const steps = Array.from({ length: 6 }, (_, step) => [shown.alignment.left[step]!, shown.alignment.right[step]!]);
    for (const [row, [a, b]] of steps.entries()) {
      for (const [column, [c, d]] of steps.entries()) {
        const at = row * columns + column;
        const before = a! < 0 || c! < 0 ? NaN : left.matrices[0]!.data[a! * 4 + c!]!;
        const after = b! < 0 || d! < 0 ? NaN : right.matrices[0]!.data[b! * 4 + d!]!;
        expect([pair?.[0][at], pair?.[1][at]]).toEqual([before, after]);
        expect(difference[at]).toBe(Number.isNaN(before + after) ? -Infinity : Math.fround(after - before));
      }
    }
    expect([...difference].filter(Number.isFinite)).toHaveLength(4);
  });

  it('mark what one of them alone has', () => {
    const shown = besidePanels(frame(LEFT, 1), frame(RIGHT, 2), PLAIN_LENS);
    expect(labels(shown).filter((text) => text.startsWith('−'))).toHaveLength(2);
    expect(labels(shown).filter((text) => text.startsWith('+'))).toHaveLength(2);
  });

  it('of two models, align whatever way they write their pieces', () => {
    const [left, right] = [frame(['The', ' cat', 's'], 1), frame(['[CLS]', 'the', 'cat', '##s'], 2, 'other')];
    const shown = besidePanels(left, right, PLAIN_LENS);
    expect(shown.alignment.pairs).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(besidePanels(left, frame(['the', ' cat', 's'], 2), PLAIN_LENS).alignment.pairs).toHaveLength(2);
  });

  it('take groups of the left text for the left alone', () => {
    const lens = { ...PLAIN_LENS, groups: [{ first: 1, last: 2 }] };
    const shown = besidePanels(frame(LEFT, 1), frame(RIGHT, 2), lens);
    expect([shown.panels.left.rows, shown.panels.right.rows]).toEqual([3, 4]);
    expect(leftRow(shown, 2)).toBe(1);
  });

  it('combine heads only where both sides have as many', () => {
    const left = frame(LEFT, 1);
    const two = { ...left, matrices: [...left.matrices, ...frame(LEFT, 3).matrices] };
    const lens = { ...PLAIN_LENS, combine: 'mean' } as const;
    expect(besidePanels(two, frame(RIGHT, 2), lens).panels.left.combine).toBe('each');
    const shown = besidePanels(two, two, lens);
    expect([shown.panels.left.combine, shown.panels.right.combine]).toEqual(['mean', 'mean']);
    expect([...shown.panels.difference.matrix].every((value) => value === 0)).toBe(true);
  });
});

describe('the chosen cell', () => {
  it('is the same words in every panel; where a text has no such word, there is none', () => {
    const shown = besidePanels(frame(LEFT, 1), frame(RIGHT, 2), PLAIN_LENS);
    expect(linkedRow(shown, 'left', 'right', 2)).toBe(3);
    expect(linkedRow(shown, 'right', 'left', 3)).toBe(2);
    expect(linkedRow(shown, 'left', 'right', 1)).toBeNull();
    expect(linkedRow(shown, 'left', 'left', 1)).toBe(1);
    for (const side of ['left', 'right'] as const) {
      for (let row = 0; row < 4; row += 1) {
        const step = linkedRow(shown, side, 'difference', row);
        expect(linkedRow(shown, 'difference', side, step)).toBe(row);
      }
    }
    expect(linkedRow(shown, 'left', 'right', null)).toBeNull();
  });
});

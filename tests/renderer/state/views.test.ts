import { describe, expect, it } from 'vitest';
import { fitLens, forgetTokens, isPlain, PLAIN_LENS, spanOf, withGroup } from '../../../renderer/state/lens.ts';
import {
  chosenHeads,
  FIRST_SELECTION,
  MOST_HEADS,
  toggleHead,
  withoutTwins,
} from '../../../renderer/state/selection.ts';
import { drawsHeads, shownStageView, stepView, viewsOf } from '../../../renderer/state/views.ts';
import { stationSlices } from '../../../renderer/view-models/names.ts';

const at = (layer: number, head: number) => ({ layer, head });

describe('views', () => {
  it('are of the patterns of all tokens; elsewhere the matrix is shown', () => {
    const flow = { ...FIRST_SELECTION, view: 'flow' } as const;
    expect(shownStageView(flow)).toBe('flow');
    expect(shownStageView({ ...flow, station: 'scores' })).toBe('matrix');
    expect(shownStageView({ ...flow, mode: 'one' })).toBe('matrix');
    expect(drawsHeads(flow)).toBe(true);
    expect(drawsHeads({ ...flow, view: 'layers' })).toBe(false);
    expect(drawsHeads({ ...flow, station: 'scores' })).toBe(false);
  });

  it('follow each other in a ring, and a key goes to the patterns first', () => {
    let selection = FIRST_SELECTION;
    const seen = viewsOf('pattern').map(() => {
      selection = { ...selection, ...stepView(selection, 1) };
      return selection.view;
    });
    expect(seen).toEqual(['flow', 'reading', 'layers', 'heads', 'beside', 'matrix']);
    expect(stepView(FIRST_SELECTION, -1).view).toBe('beside');
    expect(stepView({ ...FIRST_SELECTION, station: 'scores', view: 'flow' }, 1)).toEqual({
      ...{ station: 'pattern', mode: 'all', view: 'flow' },
    });
  });
});

describe('chosen heads', () => {
  it('come and go; the selected one is never among the others', () => {
    const two = toggleHead(toggleHead(FIRST_SELECTION, at(1, 2)), at(0, 3));
    expect(chosenHeads(two)).toEqual([at(0, 0), at(1, 2), at(0, 3)]);
    expect(chosenHeads(toggleHead(two, at(1, 2)))).toEqual([at(0, 0), at(0, 3)]);
    expect(chosenHeads(toggleHead(two, at(0, 0)))).toEqual([at(1, 2), at(0, 3)]);
    expect(toggleHead(FIRST_SELECTION, at(0, 0))).toBe(FIRST_SELECTION);
    expect(chosenHeads(withoutTwins({ ...two, layer: 1, head: 2 }))).toEqual([at(1, 2), at(0, 3)]);
  });

  it('are at most so many', () => {
    let selection = FIRST_SELECTION;
    for (let head = 0; head < MOST_HEADS + 5; head += 1) selection = toggleHead(selection, at(3, head));
    expect(chosenHeads(selection)).toHaveLength(MOST_HEADS);
  });

  it('are asked for where they are drawn', () => {
    const two = toggleHead(FIRST_SELECTION, at(1, 2));
    const names = (change: object) =>
      stationSlices({ ...two, ...change }).map(({ name, head }) => `${name}:${String(head)}`);
    expect(names({})).toEqual(['decoder.0.self.pattern:0', 'decoder.1.self.pattern:2']);
    expect(names({ view: 'layers' })).toEqual(['decoder.0.self.pattern:0']);
    expect(names({ station: 'scores' })).toEqual(['decoder.0.self.scores:0']);
  });
});

describe('the lens', () => {
  const [a, b] = [
    { first: 1, last: 2 },
    { first: 5, last: 6 },
  ];

  it('keeps groups apart and in order', () => {
    expect(withGroup([b], a)).toEqual([a, b]);
    expect(withGroup([a, b], { first: 2, last: 3 })).toEqual([{ first: 2, last: 3 }, b]);
    expect(spanOf({ first: 4, last: 4 }, a)).toEqual({ first: 1, last: 4 });
  });

  it('forgets tokens of another text, and those that are not there', () => {
    const lens = { ...PLAIN_LENS, unit: 'words', groups: [a, b], brush: { queries: a, keys: b } } as const;
    expect(forgetTokens(lens)).toEqual({ ...PLAIN_LENS, unit: 'words' });
    expect(fitLens(lens, 7)).toBe(lens);
    expect(fitLens(lens, 6)).toEqual({ ...PLAIN_LENS, unit: 'words', groups: [a] });
    expect(forgetTokens(PLAIN_LENS)).toBe(PLAIN_LENS);
    expect([PLAIN_LENS, lens, { ...PLAIN_LENS, hideFirst: true }].map(isPlain)).toEqual([true, false, false]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../../electron/api/index.ts';
import { addChange, NOTHING_CHANGED, switchChange, undo } from '../../../renderer/state/what-if.ts';
import type { WhatIf } from '../../../renderer/state/what-if.ts';
import {
  drawnWeights,
  factorAt,
  factorOf,
  includesSite,
  isVisible,
  keptAlone,
  readTemperature,
  sliderPosition,
  temperatureAt,
  temperatureOf,
  withFactor,
  withoutRow,
  withRow,
} from '../../../renderer/view-models/what-if-edit.ts';

const LAYER = { stack: 'decoder', layer: 1 } as const;
const HEAD = { ...LAYER, head: 2 } as const;
const OTHER = { ...LAYER, head: 0 } as const;
const listOf = (...interventions: Intervention[]): WhatIf => interventions.reduce<WhatIf>(addChange, NOTHING_CHANGED);
const interventions = ({ changes }: WhatIf): Intervention[] => changes.map(({ intervention }) => intervention);

describe('temperature', () => {
  it('is what q·k is divided by besides √d_head; 1 is the model as trained', () => {
    expect(factorOf(1, 64)).toBe(1 / 8);
    expect(factorOf(2, 64)).toBe(1 / 16);
    expect(temperatureOf(1, 64)).toBe(1 / 8);
    for (const temperature of [0.1, 0.37, 10])
      expect(temperatureOf(factorOf(temperature, 48), 48)).toBeCloseTo(temperature);
  });

  it('runs along the slider in powers of ten, with three digits', () => {
    expect([-1, 0, 0.5, 1].map(temperatureAt)).toEqual([0.1, 1, 3.16, 10]);
    expect([0.1, 1, 10, 0.001, 1000].map(sliderPosition)).toEqual([-1, 0, 1, -1, 1]);
  });

  it.each([
    ['2', 2],
    [' 0.5 ', 0.5],
    ['0,5', 0.5],
    ['.5', 0.5],
    ['3.', 3],
    ['0', null],
    ['-1', null],
    ['1001', null],
    ['1e3', null],
    ['two', null],
    ['', null],
    ['1.2.3', null],
  ])('reads %j as %j', (text, expected) => {
    expect(readTemperature(text)).toBe(expected);
  });
});

describe('factors', () => {
  it('a slider that moves edits its own entry, and is one step to undo', () => {
    let list = withFactor(NOTHING_CHANGED, 'scale', HEAD, 0.5, false);
    for (const factor of [0.4, 0.3]) list = withFactor(list, 'scale', HEAD, factor, true);
    expect(interventions(list)).toEqual([{ kind: 'scale', site: HEAD, factor: 0.3 }]);
    expect(undo(list).changes).toEqual([]);
  });

  it('what is set later, or for a larger place, is what counts', () => {
    const list = listOf({ kind: 'scale', site: HEAD, factor: 2 }, { kind: 'scale', site: LAYER, factor: 3 });
    expect(factorAt(list.changes, 'scale', HEAD)).toBe(3);
    expect(factorAt(list.changes, 'scale', {})).toBeNull();
    expect(factorAt(list.changes, 'head', HEAD)).toBeNull();
    expect(factorAt(switchChange(list, 2, false).changes, 'scale', HEAD)).toBe(2);
  });

  it('adds an entry where the place’s own is overruled, so that the slider is never without effect', () => {
    const list = listOf({ kind: 'head', site: HEAD, factor: 0.5 }, { kind: 'head', site: LAYER, factor: 0 });
    const set = withFactor(list, 'head', HEAD, 1.5, false);
    expect(set.changes).toHaveLength(3);
    expect(factorAt(set.changes, 'head', HEAD)).toBe(1.5);
    expect(factorAt(set.changes, 'head', OTHER)).toBe(0);
  });

  it('keeps exceptions: a layer’s factor leaves that of one of its heads', () => {
    const list = listOf({ kind: 'head', site: LAYER, factor: 0 }, { kind: 'head', site: HEAD, factor: 1 });
    const set = withFactor(list, 'head', LAYER, 0.5, false);
    expect(factorAt(set.changes, 'head', LAYER)).toBe(0.5);
    expect(factorAt(set.changes, 'head', HEAD)).toBe(1);
  });

  it('keeps one head alone by its layer without it, and then the head', () => {
    const list = listOf(...keptAlone(HEAD));
    expect([HEAD, OTHER].map((site) => factorAt(list.changes, 'head', site))).toEqual([1, 0]);
  });

  it('knows which heads a place means', () => {
    expect(includesSite({}, HEAD)).toBe(true);
    expect(includesSite(LAYER, HEAD)).toBe(true);
    expect(includesSite(HEAD, LAYER)).toBe(false);
    expect(includesSite({ head: 2 }, HEAD)).toBe(true);
  });
});

describe('isVisible', () => {
  it('is the model’s own mask, until an entry that covers the head says otherwise', () => {
    const cell = { query: 1, key: 3 };
    const list = listOf(
      { kind: 'mask', site: LAYER, ...cell, visible: true },
      { kind: 'mask', site: OTHER, ...cell, visible: false },
    );
    expect(isVisible([], HEAD, true, cell)).toBe(false);
    expect(isVisible([], HEAD, false, cell)).toBe(true);
    expect(isVisible(list.changes, HEAD, true, cell)).toBe(true);
    expect(isVisible(list.changes, OTHER, true, cell)).toBe(false);
    expect(isVisible(list.changes, LAYER, true, cell)).toBe(true);
  });
});

describe('drawn rows', () => {
  const drawn = withRow(listOf(), HEAD, { query: 1, weights: [0.5, 0.5] }, false);

  it('share the entry of their head', () => {
    const both = withRow(drawn, HEAD, { query: 0, weights: [1, 0] }, false);
    expect(interventions(both)).toEqual([
      {
        kind: 'pattern',
        site: HEAD,
        pattern: [
          { query: 0, weights: [1, 0] },
          { query: 1, weights: [0.5, 0.5] },
        ],
      },
    ]);
    expect(drawnWeights(both.changes, HEAD, 0, 2)).toEqual([1, 0]);
    expect(drawnWeights(both.changes, OTHER, 0, 2)).toBeNull();
  });

  it('a row that is drawn again takes the place of the old one', () => {
    const again = withRow(drawn, HEAD, { query: 1, weights: [0.25, 0.75] }, true);
    expect(drawnWeights(again.changes, HEAD, 1, 2)).toEqual([0.25, 0.75]);
    expect(undo(again).changes).toEqual([]);
  });

  it('a pattern after it overrules a drawn row; drawing again is a new entry', () => {
    const overruled = addChange(drawn, { kind: 'pattern', site: LAYER, pattern: 'uniform' });
    expect(drawnWeights(overruled.changes, HEAD, 1, 2)).toBeNull();
    const again = withRow(overruled, HEAD, { query: 1, weights: [0, 1] }, true);
    expect(again.changes).toHaveLength(3);
    expect(drawnWeights(again.changes, HEAD, 1, 2)).toEqual([0, 1]);
  });

  it('rows of a text of another length stay what they are', () => {
    expect(drawnWeights(drawn.changes, HEAD, 1, 3)).toBeNull();
    const longer = withRow(drawn, HEAD, { query: 1, weights: [0, 0.5, 0.5] }, false);
    expect(longer.changes).toHaveLength(2);
  });

  it('taken back, the entry goes with its last row', () => {
    const both = withRow(drawn, HEAD, { query: 0, weights: [1, 0] }, false);
    const one = withoutRow(both, HEAD, 1);
    expect(drawnWeights(one.changes, HEAD, 1, 2)).toBeNull();
    expect(drawnWeights(one.changes, HEAD, 0, 2)).toEqual([1, 0]);
    expect(withoutRow(one, HEAD, 0).changes).toEqual([]);
    expect(withoutRow(one, HEAD, 5)).toBe(one);
  });
});

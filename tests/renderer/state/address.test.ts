import { describe, expect, it } from 'vitest';
import { readAddress, writeAddress } from '../../../renderer/state/address.ts';
import { createAppStore, NO_MODEL } from '../../../renderer/state/app-state.ts';
import type { AppState } from '../../../renderer/state/app-state.ts';
import { NOTHING_BESIDE } from '../../../renderer/state/beside.ts';
import { FIRST_FLOW } from '../../../renderer/state/flow-options.ts';
import { PLAIN_LENS } from '../../../renderer/state/lens.ts';
import type { Lens } from '../../../renderer/state/lens.ts';
import { FIRST_JOINT } from '../../../renderer/state/joint-view.ts';
import { FIRST_PROJECTION_VIEW } from '../../../renderer/state/projection-view.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';

const stateOf = (change: Partial<AppState>): AppState => ({
  ...createAppStore().getState(),
  model: { ...NO_MODEL, id: 'some/model' },
  text: 'a & b = c #1, é 😀',
  ...change,
});

describe('writeAddress and readAddress', () => {
  it('come back to the same place', () => {
    const selection = {
      ...FIRST_SELECTION,
      ...({ stack: 'encoder', layer: 3, head: 11, station: 'scores', query: 7, key: 2, position: 4 } as const),
      ...({
        others: [
          { layer: 0, head: 1 },
          { layer: 2, head: 3 },
        ],
        mode: 'one',
        view: 'flow',
      } as const),
    };
    const lens: Lens = {
      ...({ combine: 'difference', unit: 'words', hideSpecial: true, hideFirst: true, renormalise: true } as const),
      groups: [
        { first: 1, last: 2 },
        { first: 5, last: 9 },
      ],
      ...({ direction: 'to', threshold: 0.25, topK: 3, range: 'own' } as const),
      brush: { queries: { first: 0, last: 4 }, keys: { first: 2, last: 2 } },
    };
    const flow = { method: 'flow', weighting: 'norms', residual: 0.25 } as const;
    const beside = { text: 'another one', model: 'other/model', head: { layer: 3, head: 1 } };
    const projection = { ...FIRST_PROJECTION_VIEW, what: 'path', kept: [{ text: 'kept & held' }] } as const;
    const joint = { ...FIRST_JOINT, shift: false, components: 3, colour: 'token' } as const;
    const state = stateOf({ pair: 'and more', selection, lens, flow, beside, joint, projection });
    const { pair, text } = state;
    expect(readAddress(`#${writeAddress(state)}`)).toEqual({
      model: 'some/model',
      text,
      pair,
      selection,
      lens,
      flow,
      beside,
      joint,
      projection,
    });
  });

  it('leave out what is as at first', () => {
    const written = new URLSearchParams(writeAddress(stateOf({})));
    expect([...written.keys()].sort()).toEqual(['at', 'model', 'query', 'text']);
    expect(readAddress(writeAddress(stateOf({})))).toMatchObject({ lens: PLAIN_LENS, flow: FIRST_FLOW });
  });

  it('keep the sentence while the worked example covers it', () => {
    const { run } = stateOf({});
    const covered = {
      run,
      selection: { ...FIRST_SELECTION, layer: 5 },
      lens: { ...PLAIN_LENS, unit: 'words' as const },
    };
    const read = readAddress(writeAddress(stateOf({ covered, selection: FIRST_SELECTION })));
    expect(read).toMatchObject({ selection: { layer: 5 }, lens: { unit: 'words' } });
  });
});

describe('readAddress', () => {
  it('reads an empty address as nothing', () => {
    expect(readAddress('')).toEqual({
      ...{ model: null, text: '', pair: '', selection: null, lens: PLAIN_LENS, flow: FIRST_FLOW },
      beside: NOTHING_BESIDE,
      joint: FIRST_JOINT,
      projection: FIRST_PROJECTION_VIEW,
    });
  });

  it('reads what is damaged as if it were left out', () => {
    const hash =
      '#text=x&at=decoder.1.self:2&query=-3&key=1e9&view=nonsense&station=&mode=2&heads=1:x,,&threshold=7&top=0&region=4-2 1-1&groups=9-3&residual=two';
    expect(readAddress(hash)).toMatchObject({
      selection: {
        layer: 1,
        head: 2,
        query: 0,
        key: null,
        view: 'matrix',
        station: 'pattern',
        mode: 'all',
        others: [],
      },
      lens: PLAIN_LENS,
      flow: FIRST_FLOW,
    });
    expect(readAddress('#text=x&at=decoder.one.self:2').selection).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';

import { FIRST_STATE, nextZoom, placeOn, readState } from '../../../electron/main/window-state.ts';

const SCREEN = { x: 0, y: 25, width: 1920, height: 1055 };
const SECOND = { x: 1920, y: 0, width: 2560, height: 1440 };

describe('the state that was written', () => {
  it('is taken as it was', () => {
    const state = { bounds: { x: -5, y: 0, width: 900, height: 700 }, maximized: true, fullScreen: false, zoom: 1.5 };
    expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it.each([
    null,
    [],
    'text',
    {},
    { bounds: { x: 0, y: 0, width: 0, height: 700 }, zoom: 0.1 },
    { bounds: { x: 0.5, y: 0, width: 900, height: 700 } },
    { bounds: { x: 0, y: 0, width: Infinity, height: 700 }, zoom: 9, maximized: 'yes' },
    { bounds: 'left', fullScreen: 1, zoom: NaN },
  ])('counts as never set where it is damaged: %j', (json) => {
    expect(readState(json)).toEqual(FIRST_STATE);
  });

  it('loses only the part that is damaged', () => {
    expect(readState({ bounds: null, maximized: true, zoom: 'large' })).toEqual({ ...FIRST_STATE, maximized: true });
  });
});

describe('the window’s place', () => {
  it('is the middle of the main screen at first, no larger than the screen', () => {
    expect(placeOn(null, [SCREEN])).toEqual({ width: 1440, height: 900 });
    expect(placeOn(null, [{ x: 0, y: 0, width: 1280, height: 680 }])).toEqual({ width: 1280, height: 680 });
    expect(placeOn(null, [])).toEqual({ width: 1440, height: 900 });
  });

  it('is where it was, on any screen', () => {
    const bounds = { x: 2000, y: 100, width: 1200, height: 800 };
    expect(placeOn(bounds, [SCREEN, SECOND])).toEqual(bounds);
  });

  it('is the middle of the main screen where its screen is gone', () => {
    expect(placeOn({ x: 2000, y: 100, width: 1200, height: 800 }, [SCREEN])).toEqual({ width: 1200, height: 800 });
  });

  it('is not where only a sliver of it would be seen', () => {
    const sliver = { x: 1900, y: 100, width: 1200, height: 800 };
    expect(placeOn(sliver, [SCREEN])).not.toHaveProperty('x');
    expect(placeOn({ ...sliver, x: 1700 }, [SCREEN])).toHaveProperty('x', 1700);
  });

  it('has its title bar on the screen, and fits a smaller one', () => {
    expect(placeOn({ x: 10, y: -100, width: 3000, height: 2000 }, [SCREEN])).toEqual({ ...SCREEN, x: 10 });
    expect(placeOn({ x: 0, y: 0, width: 300, height: 200 }, [{ x: 0, y: 0, width: 500, height: 400 }])).toEqual({
      x: 0,
      y: 0,
      width: 640,
      height: 480,
    });
  });
});

describe('the zoom', () => {
  it('goes by steps and ends at the last ones', () => {
    expect([nextZoom(1, 1), nextZoom(1, -1), nextZoom(1.05, 1), nextZoom(1.05, -1)]).toEqual([1.1, 0.9, 1.1, 1]);
    expect([nextZoom(3, 1), nextZoom(0.5, -1)]).toEqual([3, 0.5]);
  });
});

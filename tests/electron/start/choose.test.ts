import { describe, expect, it, vi } from 'vitest';

import { chooseHost, choiceLine, hasDisplay, type Situation } from '../../../electron/start/choose.ts';
import { openCommand } from '../../../electron/start/open-browser.ts';

const fetched = vi.fn<Situation['fetch']>();
const desktop: Situation = {
  browserAsked: false,
  hasDisplay: true,
  isLinuxRoot: false,
  electron: '/electron',
  fetch: fetched,
};
const lineOf = async (change: Partial<Situation>): Promise<string> =>
  choiceLine(await chooseHost({ ...desktop, ...change }));

describe('npm start', () => {
  it.each([
    ['Electron where it is installed', {}, 'Starting in Electron: its binary is installed.'],
    [
      'the browser on request',
      { browserAsked: true },
      'Starting in the browser instead of Electron: --browser was given.',
    ],
    [
      'the browser without a display',
      { hasDisplay: false, electron: null },
      'Starting in the browser instead of Electron: there is no display for a window.',
    ],
    [
      'the browser as root',
      { isLinuxRoot: true, electron: null },
      "Starting in the browser instead of Electron: Electron's sandbox does not work for root.",
    ],
  ])('chooses %s, says why in one line, and fetches nothing', async (_what, change, line) => {
    expect(await lineOf(change)).toBe(line);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('fetches Electron where it is missing and could be used', async () => {
    fetched.mockResolvedValueOnce({ electron: '/new' });
    expect(await chooseHost({ ...desktop, electron: null })).toMatchObject({ host: 'electron', electron: '/new' });
    fetched.mockResolvedValueOnce({ problem: 'its binary could not be fetched (offline)' });
    expect(await lineOf({ electron: null })).toBe(
      'Starting in the browser instead of Electron: its binary could not be fetched (offline).',
    );
  });
});

describe('a display', () => {
  it.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['linux', { DISPLAY: '' }, false],
    ['darwin', {}, true],
    ['win32', {}, true],
  ] as const)('on %s with %j: %s', (platform, env, expected) => {
    expect(hasDisplay(env, platform)).toBe(expected);
  });
});

describe('the default browser', () => {
  it('is opened by the system’s own command, the address as one argument', () => {
    const url = 'http://127.0.0.1:1/?token=a&b';
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(openCommand(url, platform).args).toContain(url);
    expect(openCommand(url, 'linux').command).toBe('xdg-open');
  });
});

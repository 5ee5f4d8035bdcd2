import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { WindowFile } from '../../../electron/main/window-file.ts';
import { FIRST_STATE } from '../../../electron/main/window-state.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headlight-window-'));
  vi.useFakeTimers();
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

it('writes what changed when the window has been still for a while, once', async () => {
  const file = new WindowFile(folder);
  expect(file.state).toEqual(FIRST_STATE);
  file.change({ zoom: 2 });
  vi.advanceTimersByTime(400);
  file.change({ maximized: true });
  vi.advanceTimersByTime(400);
  expect(await readdir(folder)).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(await readdir(folder)).toEqual(['window.json']);
  expect(new WindowFile(folder).state).toEqual({ ...FIRST_STATE, zoom: 2, maximized: true });
});

it('writes at once when the window closes, and nothing when nothing changed', async () => {
  const file = new WindowFile(path.join(folder, 'new'));
  file.flush();
  expect(await readdir(folder)).toEqual([]);
  file.change({ zoom: 1.5 });
  file.flush();
  expect(new WindowFile(path.join(folder, 'new')).state.zoom).toBe(1.5);
});

it('starts anew from a damaged file, and leaves it until there is something better', async () => {
  await writeFile(path.join(folder, 'window.json'), '{"zoom": 2');
  expect(new WindowFile(folder).state).toEqual(FIRST_STATE);
  expect(await readFile(path.join(folder, 'window.json'), 'utf8')).toBe('{"zoom": 2');
});

it('does without where it cannot write', async () => {
  await writeFile(path.join(folder, 'file'), '');
  const file = new WindowFile(path.join(folder, 'file'));
  file.change({ zoom: 2 });
  expect(() => {
    file.flush();
  }).not.toThrow();
  expect(file.state.zoom).toBe(2);
});

import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { openLog } from '../../../electron/host/log-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headlight-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

const now = () => new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6));

it('writes an entry a line, with its time; further lines of it are set in', async () => {
  const log = openLog(path.join(folder, 'logs'), 'main', { now });
  log.write('info', 'one');
  log.write('error', 'two\r\nlines');
  expect(await readFile(log.file, 'utf8')).toBe(
    '2026-01-02T03:04:05.006Z info one\n2026-01-02T03:04:05.006Z error two\n    lines\n',
  );
});

it('never grows beyond its limit and keeps the file before', async () => {
  const log = openLog(folder, 'main', { limit: 1000, now });
  for (let entry = 0; entry < 200; entry++) log.write('info', `entry ${entry}`);
  expect((await readdir(folder)).sort()).toEqual(['main.log', 'main.old.log']);
  for (const name of await readdir(folder))
    expect((await stat(path.join(folder, name))).size).toBeLessThanOrEqual(1000);
  const both = (await readFile(path.join(folder, 'main.old.log'), 'utf8')) + (await readFile(log.file, 'utf8'));
  expect(
    both
      .trim()
      .split('\n')
      .slice(-20)
      .map((line) => line.split(' ').at(-1)),
  ).toEqual(Array.from({ length: 20 }, (_entry, index) => String(180 + index)));
});

it('cuts an entry that is too long', async () => {
  const log = openLog(folder, 'main', { now });
  log.write('error', 'x'.repeat(100_000));
  expect((await stat(log.file)).size).toBeLessThan(9000);
});

it('is silent where it cannot write', async () => {
  await writeFile(path.join(folder, 'file'), '');
  expect(() => {
    openLog(path.join(folder, 'file'), 'main').write('error', 'lost');
  }).not.toThrow();
});

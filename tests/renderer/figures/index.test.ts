import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import * as figures from '../../../renderer/figures/index.ts';

it('the table of figures has each id once, and each is a function of the module', () => {
  const ids = figures.FIGURES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const nameOf = (id: string): string => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  for (const id of ids) expect((figures as Record<string, unknown>)[nameOf(id)], id).toBeTypeOf('function');
});

it('figures need nothing of a page: no global document, window or element', () => {
  const folder = path.join(import.meta.dirname, '../../../renderer/figures');
  for (const file of readdirSync(folder)) {
    const code = readFileSync(path.join(folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code, file).not.toMatch(/(?<![.\w])(window|globalThis)\b|(?<![.\w])document\.(?!createElementNS)/);
  }
});

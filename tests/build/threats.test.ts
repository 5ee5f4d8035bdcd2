/** The threats page names tests and files; this keeps those names true. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { packageRoot } from '../../electron/host/versions.ts';

const docs = path.join(packageRoot(), 'docs');
const page = readFileSync(path.join(docs, 'threats.md'), 'utf8');
const rows = page.split('\n').filter((line) => /^\| (?!What could happen|---)/u.test(line));

/** A link to a test's file, with the titles in quotes that follow it up to the next link. */
function testsOf(row: string): { file: string; titles: string[] }[] {
  const shown = row.split(' | ').at(-1) ?? '';
  const links = [...shown.matchAll(/\]\((\.\.\/tests\/[^)]+)\)([^[]*)/gu)];
  return links.map(([, file = '', rest = '']) => ({
    file,
    titles: [...rest.matchAll(/"([^"]+)"/gu)].map(([, title = '']) => title),
  }));
}

describe('docs/threats.md', () => {
  it('has a table for everyone who could attack', () => {
    expect([...page.matchAll(/^## (.+)$/gmu)].map(([, heading]) => heading)).toEqual([
      'A checkpoint',
      'A tokenizer file',
      'A model card',
      'A web page that talks to the loopback server',
      'The hub, a mirror, or somebody on the way to it',
      'A session file (`.headlight`)',
      'Another user of the machine',
    ]);
    expect(rows.length).toBeGreaterThan(20);
  });

  it.each(rows.map((row) => ({ row, threat: row.split(' | ')[0]?.slice(2) ?? '' })))('$threat', ({ row }) => {
    const tests = testsOf(row);
    expect(tests, 'names a test').not.toEqual([]);
    for (const { file, titles } of tests) {
      // Where a title is long, Prettier gives it a line of its own.
      const source = readFileSync(path.join(docs, file), 'utf8').replace(/\(\s+'/gu, "('");
      expect(titles, `${file}: names a title`).not.toEqual([]);
      for (const title of titles) expect(source, `${file} has "${title}"`).toContain(`('${title}',`);
    }
  });

  it('links to files that are there', () => {
    const links = [...page.matchAll(/\]\(([^)]+)\)/gu)].map(([, file = '']) => file);
    expect(links.filter((file) => !existsSync(path.join(docs, file)))).toEqual([]);
  });
});

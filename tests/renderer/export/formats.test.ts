import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cliFormats } from '../../../electron/cli/formats.ts';
import { formatOfFile, FORMATS } from '../../../renderer/export/formats.ts';

it('the app and the command line have the same formats, each extension once', () => {
  const facts = (formats: typeof FORMATS) =>
    formats.map(({ id, label, extension, mimeType }) => ({ id, label, extension, mimeType }));
  expect(facts(cliFormats())).toEqual(facts(FORMATS));
  expect(new Set(FORMATS.map(({ extension }) => extension)).size).toBe(FORMATS.length);
});

it('formatOfFile(formats, file) goes by the extension, whatever its case', () => {
  expect(formatOfFile(FORMATS, 'a.b/figure.SVG')?.id).toBe('svg');
  expect(formatOfFile(FORMATS, 'figure.png')?.id).toBe('png');
  expect(formatOfFile(FORMATS, 'figure.svg.gif')).toBeUndefined();
  expect(formatOfFile(FORMATS, 'svg')).toBeUndefined();
});

it("the app's formats reach no module that a browser lacks", () => {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, source = ''] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?!type\b).*?from '([^']+)'/gm,
    )) {
      if (source.startsWith('.')) visit(path.resolve(path.dirname(file), source));
      // Fonts are files of the page.
      else if (!source.endsWith('.ttf?url')) expect(['d3', 'fflate'], `${file} imports ${source}`).toContain(source);
    }
  };
  visit(path.join(import.meta.dirname, '../../../renderer/export/formats.ts'));
  visit(path.join(import.meta.dirname, '../../../renderer/export/bundle.ts'));
  expect(seen.size).toBeGreaterThan(5);
});

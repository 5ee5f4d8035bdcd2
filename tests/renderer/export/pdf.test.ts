import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliFormats } from '../../../electron/cli/formats.ts';
import { readProvenance } from '../../../renderer/export/read-provenance.ts';
import { figure, provenance } from './support.ts';

const pdf = cliFormats().find(({ id }) => id === 'pdf')!;
const encode = (svg = figure(6), text = provenance.text) => pdf.encode(svg, { provenance: { ...provenance, text } });

function hasPoppler(): boolean {
  try {
    execFileSync('pdffonts', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function written(bytes: Uint8Array): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'headlight-pdf-')), 'figure.pdf');
  writeFileSync(file, bytes);
  return file;
}

describe('pdfFormat(fonts)', () => {
  it('writes one page of the size of the figure in points', async () => {
    const svg = figure(6);
    const text = Buffer.from(await encode(svg)).toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(text.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? [];
    expect(Number(width)).toBeCloseTo(Number(svg.getAttribute('width')) * 0.75, 2);
    expect(Number(height)).toBeCloseTo(Number(svg.getAttribute('height')) * 0.75, 2);
  });

  it('embeds each font that it uses, as a subset', async () => {
    const text = Buffer.from(await encode()).toString('latin1');
    expect([...text.matchAll(/\/FontName \/[A-Z]{6}\+(\S+)/g)].map(([, name]) => name).sort()).toEqual(
      expect.arrayContaining(['Inter-Regular', 'Inter-SemiBold', 'JetBrainsMono-Regular']),
    );
    expect(text.match(/\/FontFile2 \d+ 0 R/g)?.length).toBeGreaterThanOrEqual(3);
  });

  it('writes tokens that the mono font would join: --, ->, ===', async () => {
    const labels = ['--', '->', '===', '<!--'].map((text) => ({ text, special: false }));
    const text = Buffer.from(await encode(figure(4, { rowLabels: labels, columnLabels: labels }))).toString('latin1');
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
  });

  it('is the same file for the same figure', async () => {
    const [first, second] = [await encode(), await encode()];
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('keeps the matrix as shapes when it is small and as a lossless picture when it is large', async () => {
    const images = async (size: number) =>
      Buffer.from(await encode(figure(size)))
        .toString('latin1')
        .match(/\/Subtype \/Image/g)?.length ?? 0;
    expect(await images(6)).toBe(0);
    expect(await images(100)).toBeGreaterThan(0);
    const text = Buffer.from(await encode(figure(100))).toString('latin1');
    expect(text).not.toContain('/DCTDecode');
  });

  it.each([
    'a ) b ( c \\ d',
    '] >> /Title (x) << [',
    'lines\nand\ttabs\r',
    '👍 “quoted” – 你好',
    '</metadata><script>',
  ])('keeps hostile text %j inside its string', async (text) => {
    const bytes = await encode(figure(4), text);
    expect(readProvenance('f.pdf', bytes).text).toBe(text);
  });

  // poppler-utils is a program of the system, which not every machine has.
  it.skipIf(!hasPoppler())('opens in poppler: text can be searched, fonts are embedded', async () => {
    const file = written(await encode(figure(6, { title: 'Attention weights' })));
    const fonts = execFileSync('pdffonts', [file], { encoding: 'utf8' }).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThanOrEqual(3);
    for (const line of fonts) expect(line).toMatch(/CID TrueType\s+Identity-H\s+yes yes yes/);
    expect(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })).toContain('Attention weights');
  });
});

import { describe, expect, it } from 'vitest';
import { serialise } from '../../../renderer/export/serialise.ts';
import { svgDocument, svgFormat } from '../../../renderer/export/svg.ts';
import { parseSvg } from '../figures/support.ts';
import { figure, provenance } from './support.ts';

const encode = async (svg: SVGSVGElement) => new TextDecoder().decode(await svgFormat.encode(svg, { provenance }));

describe('svgFormat.encode(svg, options)', () => {
  it('is a whole XML document with its namespace', async () => {
    const text = await encode(figure(4));
    expect(text.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"')).toBe(
      true,
    );
    expect(text.endsWith('</svg>\n')).toBe(true);
  });

  it('says where the figure comes from', async () => {
    const page = parseSvg(await encode(figure(4)));
    expect(JSON.parse(page.querySelector('metadata')!.textContent)).toEqual(provenance);
  });

  it('keeps text as text and names fallback fonts', async () => {
    const text = await encode(figure(5));
    expect(text).toContain('>internationalization</text>');
    expect(text).toMatch(/font-family="Inter, [^"]*sans-serif"/);
    expect(text).toMatch(/font-family="'JetBrains Mono', [^"]*monospace"/);
  });

  it('embeds large matrices and refers to nothing outside', async () => {
    const text = await encode(figure(70));
    const links = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link);
    expect(links).toHaveLength(1);
    expect(links[0]).toMatch(/^data:image\/png;base64,/);
  });

  it('leaves the figure as it was', async () => {
    const svg = figure(3);
    const before = serialise(svg);
    await encode(svg);
    expect(serialise(svg)).toBe(before);
  });
});

it('svgDocument puts a style sheet in when there is one', () => {
  const text = svgDocument(figure(2), provenance, '@font-face{font-family:x}');
  expect(text).toContain('</metadata><style>@font-face{font-family:x}</style>');
  expect(svgDocument(figure(2), provenance)).not.toContain('<style>');
});

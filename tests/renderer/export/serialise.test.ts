import { parseHTML } from 'linkedom';
import { select } from 'd3';
import { describe, expect, it } from 'vitest';
import { escapeAttribute, escapeText, serialise } from '../../../renderer/export/serialise.ts';
import { heatmap } from '../../../renderer/figures/heatmap.ts';
import { heatmapInput, parseSvg, testDocument } from '../figures/support.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';

describe('serialise(element)', () => {
  it('escapes text and attributes so that they read back the same', () => {
    const text = `<&>"' \u00a0 a\tb`;
    const svg = testDocument().createElementNS(NAMESPACE, 'svg');
    select(svg).append('text').attr('data-label', 'x\n<"&>').text(text);
    const written = serialise(svg);
    expect(written).toBe(`<svg><text data-label="x&#10;&lt;&quot;&amp;&gt;">&lt;&amp;&gt;"' \u00a0 a\tb</text></svg>`);
    expect(parseSvg(written).querySelector('text')!.textContent).toBe(text);
  });

  it('keeps the case of names and closes empty elements', () => {
    const svg = testDocument().createElementNS(NAMESPACE, 'svg');
    select(svg).attr('viewBox', '0 0 1 1').append('linearGradient');
    expect(serialise(svg)).toBe('<svg viewBox="0 0 1 1"><linearGradient/></svg>');
  });

  it('is the same whichever document made the figure and in whichever order', () => {
    const { document } = parseHTML('<!doctype html><html><body></body></html>');
    const draw = (page: Document) => serialise(heatmap(heatmapInput(3, 3), { document: page, cells: 'draw' }));
    expect(draw(document)).toBe(draw(testDocument()));
  });

  it('puts what is given first before the children', () => {
    const svg = testDocument().createElementNS(NAMESPACE, 'svg');
    select(svg).append('g');
    expect(serialise(svg, '<metadata/>')).toBe('<svg><metadata/><g/></svg>');
  });
});

it('escapeText and escapeAttribute leave other characters alone', () => {
  expect(escapeText('naïve 你好 🙂 ∞')).toBe('naïve 你好 🙂 ∞');
  expect(escapeAttribute("it's")).toBe("it's");
});

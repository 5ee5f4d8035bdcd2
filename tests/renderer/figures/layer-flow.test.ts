import { describe, expect, it } from 'vitest';
import { flowAt, layerFlow, layerFlowLayout, ribbonMiddle } from '../../../renderer/figures/layer-flow.ts';
import type { FlowLink, LayerFlowInput, LayerFlowLayout } from '../../../renderer/figures/layer-flow.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { labels, sequence, testDocument } from './support.ts';

const words: LayerFlowInput['words'] = {
  embedding: 'embedding',
  layer: (layer) => `layer ${layer}`,
  attention: 'by attention',
  residual: 'residual',
  bar: 'share',
  gap: (tokens) => `… ${tokens} tokens`,
  drawn: (share) => `drawn ${share.toFixed(4)}`,
  share: (share) => `${(share * 100).toFixed(1)} %`,
};

/** A made-up rollout: every token keeps half and takes the other half from all before it. Its numbers mean nothing beyond the test. */
function flowInput(tokens: number, layers: number, change: Partial<LayerFlowInput> = {}): LayerFlowInput {
  const random = sequence(tokens * 31 + layers);
  const target = tokens - 1;
  const relevance = new Float32Array((layers + 1) * tokens);
  relevance[layers * tokens + target] = 1;
  const links: FlowLink[][] = [];
  for (let layer = layers - 1; layer >= 0; layer--) {
    const found: FlowLink[] = [];
    for (let to = 0; to < tokens; to++) {
      const has = relevance[(layer + 1) * tokens + to]!;
      if (has === 0) continue;
      // At most so many others, so that a long text is quickly made.
      const first = Math.max(0, to - 40);
      const weights = Array.from({ length: to + 1 - first }, () => Math.exp(6 * random()));
      const sum = weights.reduce((all, weight) => all + weight, 0);
      found.push({ from: to, to, amount: has / 2, residual: true });
      weights.forEach((weight, at) =>
        found.push({ from: first + at, to, amount: (has * weight) / sum / 2, residual: false }),
      );
    }
    for (const { from, amount } of found) relevance[layer * tokens + from]! += amount;
    // As many as an engine lists.
    links.unshift(found.toSorted((a, b) => b.amount - a.amount).slice(0, 1500));
  }
  return {
    ...{ labels: labels(tokens), relevance, links, totals: links.map(() => 1), target },
    ...{ title: 'Flow', subtitle: 'of a test', words, theme: 'light', maxWidth: 860, maxHeight: 620 },
    ...change,
  };
}

/** px of a share of 1, from the largest bar. */
function scaleOf({ nodes }: LayerFlowLayout): number {
  const largest = nodes.reduce((most, node) => (node.share > most.share ? node : most));
  return largest.height / largest.share;
}

const SIZES = [
  [8, 2],
  [20, 12],
  [512, 6],
] as const;

describe('layerFlowLayout', () => {
  it.each(SIZES)('gives bars and ribbons of %i tokens and %i layers one scale', (tokens, layers) => {
    const layout = layerFlowLayout(flowInput(tokens, layers));
    const scale = scaleOf(layout);
    for (const { share, height } of layout.nodes) expect(height).toBeCloseTo(share * scale, 6);
    for (const { amount, width } of layout.ribbons) expect(width).toBeCloseTo(amount * scale, 6);
  });

  it.each(SIZES)('keeps rows of %i tokens apart, in the order of the text, inside the room', (tokens, layers) => {
    const input = flowInput(tokens, layers);
    const layout = layerFlowLayout(input);
    expect(layout.width).toBeLessThanOrEqual(input.maxWidth);
    expect(layout.height).toBeLessThanOrEqual(input.maxHeight);
    let [token, bottom] = [0, 0];
    for (const { first, count, y, height } of layout.rows) {
      expect(first).toBe(token);
      expect(y).toBeGreaterThanOrEqual(bottom - 1e-6);
      token += count;
      bottom = y + height;
    }
    expect(token).toBe(tokens);
    for (const { row, y, height } of layout.nodes) {
      expect(y).toBeGreaterThanOrEqual(layout.rows[row]!.y);
      expect(y + height).toBeLessThanOrEqual(layout.rows[row]!.y + layout.rows[row]!.height + 1e-6);
    }
  });

  it('puts tokens without a row together, so that every boundary still has everything', () => {
    const input = flowInput(512, 6);
    const { rows, nodes, columns } = layerFlowLayout(input);
    expect(rows.length).toBeLessThan(60);
    const gaps = rows.filter(({ count }) => count > 1);
    expect(gaps.length).toBeGreaterThan(0);
    for (const { count, label } of gaps) expect(label.full).toBe(`… ${count} tokens`);
    columns.forEach((_, boundary) => {
      const shares = nodes.filter((node) => node.boundary === boundary).map(({ share }) => share);
      expect(shares).toHaveLength(rows.length);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    });
    const own = rows.filter(({ count }) => count === 1).map(({ first }) => first);
    expect(own).toContain(input.target);
    const peak = (index: number) => Math.max(...columns.map((_, at) => input.relevance[at * 512 + index]!));
    const largest = Array.from({ length: 512 }, (_, index) => index).sort((one, other) => peak(other) - peak(one));
    // Every row of its own may need a gap beside it.
    const certain = Math.floor((rows.length - 1) / 2);
    expect(certain).toBeGreaterThan(5);
    expect(own).toEqual(expect.arrayContaining(largest.slice(0, certain)));
  });

  it('stacks ribbons at both ends: next to each other, around the middle of the row, in the order of the other ends', () => {
    const layout = layerFlowLayout(flowInput(6, 3, { maxHeight: 900 }));
    // All are wide enough to be drawn.
    expect(layout.drawn).toBeGreaterThan(0.999);
    for (const [end, other, at] of [
      ['from', 'to', 'y0'],
      ['to', 'from', 'y1'],
    ] as const) {
      for (let layer = 0; layer < 3; layer++) {
        layout.rows.forEach((row, index) => {
          const stack = layout.ribbons
            .filter((ribbon) => ribbon.layer === layer && ribbon[end] === index)
            .sort((a, b) => a[at] - b[at]);
          if (stack.length === 0) return;
          expect(stack.map((ribbon) => ribbon[other])).toEqual(
            stack.map((ribbon) => ribbon[other]).toSorted((a, b) => a - b),
          );
          const height = stack.reduce((sum, { width }) => sum + width, 0);
          let edge = row.y + row.height / 2 - height / 2;
          for (const ribbon of stack) {
            // Ribbons that are too thin to draw leave their room.
            expect(ribbon[at] - ribbon.width / 2).toBeGreaterThanOrEqual(edge - 1.5);
            edge = Math.max(edge, ribbon[at] + ribbon.width / 2);
          }
        });
      }
    }
  });

  it('leaves out ribbons that are too thin, and says how much the others are', () => {
    const input = flowInput(60, 6);
    const layout = layerFlowLayout(input);
    const rowOf = (token: number) =>
      layout.rows.findIndex(({ first, count }) => token >= first && token < first + count);
    const pairs = new Set(
      input.links.flatMap((links, layer) =>
        links.map(({ from, to, residual }) => `${layer} ${rowOf(from)} ${rowOf(to)} ${residual}`),
      ),
    );
    expect(layout.ribbons.length).toBeLessThan(pairs.size);
    const drawn = layout.ribbons.reduce((sum, { amount }) => sum + amount, 0) / 6;
    expect(layout.drawn).toBeCloseTo(drawn, 9);
    expect(drawn).toBeLessThan(0.9999);
    expect(layout.note.map(({ text }) => text).join(' ')).toBe(`drawn ${drawn.toFixed(4)}`);
  });

  it('counts what the engine did not list as left out', () => {
    const input = flowInput(8, 2);
    const listed = input.links.map((links) => links.toSorted((a, b) => b.amount - a.amount).slice(0, 3));
    const sum = listed.flat().reduce((all, { amount }) => all + amount, 0);
    expect(layerFlowLayout({ ...input, links: listed }).drawn).toBeCloseTo(sum / 2, 6);
  });

  it('is the same for the same input', () => {
    expect(layerFlowLayout(flowInput(100, 4))).toEqual(layerFlowLayout(flowInput(100, 4)));
  });

  it('grows beyond its room rather than let layers get too narrow', () => {
    const { columns, width } = layerFlowLayout(flowInput(5, 48, { maxWidth: 500 }));
    expect(columns[1]! - columns[0]!).toBeGreaterThan(30);
    expect(width).toBeGreaterThan(1500);
  });

  it.each<[Partial<LayerFlowInput>, RegExp]>([
    [{ labels: [] }, /^invalid labels: none/u],
    [{ relevance: new Float32Array(3) }, /^invalid relevance: 3 shares for 3 boundaries × 4 tokens/u],
    [{ totals: [1] }, /^invalid totals: 1 for 2 layers/u],
    [{ target: 4 }, /^invalid target: 4 of 4 tokens/u],
    [{ links: [[{ from: 0, to: 9, amount: 1, residual: false }], []] }, /^invalid links: 0 → 9 of 4 tokens/u],
    [{ links: [[{ from: 0, to: 1, amount: NaN, residual: false }], []] }, /^invalid links: an amount of NaN/u],
    [{ maxWidth: 0 }, /^invalid size: 0 × 620/u],
  ])('refuses %o', (change, message) => {
    expect(() => layerFlowLayout(flowInput(4, 2, change))).toThrow(message);
  });
});

describe('flowAt', () => {
  const layout = layerFlowLayout(flowInput(12, 4));

  it('finds every bar', () => {
    for (const { boundary, row, x, y, width, height } of layout.nodes)
      expect(flowAt(layout, x + width / 2, y + height / 2)).toEqual({ kind: 'node', boundary, row });
  });

  it('finds every ribbon along its middle, or a narrower one that lies over it', () => {
    layout.ribbons.forEach((ribbon, index) => {
      for (const way of [0.2, 0.5, 0.8]) {
        const x = ribbon.x0 + 5 + way * (ribbon.x1 - ribbon.x0 - 10);
        const found = flowAt(layout, x, ribbonMiddle(ribbon, x));
        expect(found?.kind).toBe('ribbon');
        if (found?.kind !== 'ribbon') return;
        expect(layout.ribbons[found.ribbon]!.width).toBeLessThanOrEqual(layout.ribbons[index]!.width);
      }
    });
  });

  it('finds nothing beside the figure', () => {
    expect(flowAt(layout, layout.columns[0]! - 60, layout.rows[0]!.y + 2)).toBeNull();
    expect(flowAt(layout, layout.columns[0]!, layout.height - 1)).toBeNull();
  });
});

describe('ribbonMiddle', () => {
  it('leaves and arrives at the ends, and is half way in the middle', () => {
    const [ribbon] = layerFlowLayout(flowInput(12, 4)).ribbons.filter(({ from, to }) => from !== to);
    const { x0, x1, y0, y1 } = ribbon!;
    expect(ribbonMiddle(ribbon!, x0)).toBeCloseTo(y0, 4);
    expect(ribbonMiddle(ribbon!, x1)).toBeCloseTo(y1, 4);
    expect(ribbonMiddle(ribbon!, (x0 + x1) / 2)).toBeCloseTo((y0 + y1) / 2, 4);
  });
});

describe('layerFlow', () => {
  const draw = (input: LayerFlowInput) => layerFlow(input, { document: testDocument() });

  it.each(['light', 'dark', 'contrast'] as const)(
    'tells the residual stream from attention in the %s theme',
    (theme) => {
      const input = flowInput(9, 3, { theme });
      const { ribbons } = layerFlowLayout(input);
      const paths = [...draw(input).querySelectorAll('path')];
      expect(paths).toHaveLength(ribbons.length);
      paths.forEach((path, at) => {
        const colour = ribbons[at]!.residual ? THEMES[theme].grey : THEMES[theme].accent;
        expect([path.getAttribute('data-ribbon'), path.getAttribute('fill')]).toEqual([String(at), colour]);
      });
    },
  );

  it('says everything in text: tokens, shares, layers, legend and what is left out', () => {
    const input = flowInput(9, 3);
    const svg = draw(input);
    const texts = [...svg.querySelectorAll('text')].map((text) => text.textContent);
    for (const text of ['[CLS]', 'animal', 'layer 0', 'layer 2', 'embedding', 'by attention', 'residual', 'share'])
      expect(texts).toContain(text);
    expect(texts).toContain(words.share(input.relevance[1]!));
    expect(texts.some((text) => text.startsWith('drawn '))).toBe(true);
    expect(svg.querySelector('title')?.textContent).toBe('Flow, of a test');
    expect(svg.querySelector('desc')?.textContent).toContain('embedding');
    expect(svg.outerHTML).not.toContain('NaN');
  });

  it('has no word for a residual stream that is not there', () => {
    const input = flowInput(9, 3);
    const links = input.links.map((ofLayer) => ofLayer.filter(({ residual }) => !residual));
    const texts = [...draw({ ...input, links }).querySelectorAll('text')].map((text) => text.textContent);
    expect(texts).not.toContain('residual');
    expect(texts).toContain('by attention');
  });

  it('gives rooms to ribbons that are more than the bar they come to', () => {
    // Each layer by itself: everything goes to the target, however little of it the layer above took.
    const links = [0, 1].map((): FlowLink[] => [
      { from: 0, to: 2, amount: 0.9, residual: false },
      { from: 2, to: 2, amount: 0.1, residual: false },
    ]);
    const relevance = Float32Array.of(0.9, 0, 0.1, 0.9, 0, 0.1, 0, 0, 1);
    const { rows, ribbons } = layerFlowLayout(flowInput(3, 2, { links, relevance }));
    for (const { from, to, y0, y1, width } of ribbons) {
      expect(y0 - width / 2).toBeGreaterThanOrEqual(rows[from]!.y);
      expect(y1 + width / 2).toBeLessThanOrEqual(rows[to]!.y + rows[to]!.height);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { tokenFlowLayout } from '../../../renderer/figures/token-flow-layout.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { tokenFlow } from '../../../renderer/figures/token-flow.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import { PLAIN_LENS } from '../../../renderer/state/lens.ts';
import type { Lens } from '../../../renderer/state/lens.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import { flowExport } from '../../../renderer/view-models/export-flow.ts';
import { partFrames, RUN_PARTS } from '../../../renderer/view-models/run-compare.ts';
import type { PartFrame } from '../../../renderer/view-models/run-compare.ts';
import {
  flowEntries,
  flowFigure,
  flowNotes,
  flowViews,
  placeOf,
  THRESHOLD_STEPS,
  thresholdAt,
} from '../../../renderer/view-models/token-flow.ts';
import { flowCell, flowReadout, flowTooltip } from '../../../renderer/view-models/token-flow-text.ts';
import { testDocument } from '../figures/support.ts';
import { matrix, openedModel, runResult } from '../support.ts';
import { cut, inputOf } from './lens/support.ts';

const words = translator(createI18n('en'), 'en');
const { text, tokens } = cut('«[CLS]»|The| un|done| cat');
const size = tokens.length;
/** Each query looks at the token `shift` further on with 0.6, at the others with 0.1. */
const pattern = (shift: number) =>
  Array.from({ length: size * size }, (_, at) => (at % size === (Math.floor(at / size) + shift) % size ? 0.6 : 0.1));
const frameOf = (...shifts: number[]): Frame => ({
  input: inputOf(text),
  interventions: [],
  run: runResult('t', tokens),
  model: openedModel(),
  selection: {
    ...FIRST_SELECTION,
    station: 'pattern',
    view: 'flow',
    layer: 1,
    head: 2,
    others: shifts.slice(1).map((_, head) => ({ layer: 0, head })),
  },
  matrices: shifts.map((shift, at) => matrix(`p${at}`, size, size, pattern(shift))),
});
const lensOf = (change: Partial<Lens> = {}): Lens => ({ ...PLAIN_LENS, ...change });
const only = (frame: Frame): PartFrame[] => [{ part: 'original', frame, pair: null }];
const viewOf = (frame: Frame, change: Partial<Lens> = {}) => flowViews(only(frame), lensOf(change), words)[0]!;
const layoutOf = (frame: Frame, change: Partial<Lens> = {}) => {
  const figure = flowFigure(viewOf(frame, change), lensOf(change), words);
  return tokenFlowLayout({ ...figure, title: '', subtitle: '', theme: 'light', maxWidth: 700, maxHeight: 500 });
};

describe('what is drawn', () => {
  it('has a colour a head, in the order of choosing, with the head in its name', () => {
    const { sets } = viewOf(frameOf(1, 2, 3));
    expect(sets.map(({ label, style, sign }) => [label, style, sign])).toEqual([
      ['Head 1 · 2', 0, 1],
      ['Head 0 · 0', 1, 1],
      ['Head 0 · 1', 2, 1],
    ]);
    const entries = flowEntries(viewOf(frameOf(1, 2, 3)), THEMES.dark);
    expect(entries.map(({ panel }) => panel)).toEqual([0, 1, 2]);
    expect(new Set(entries.map(({ colour }) => colour)).size).toBe(3);
    expect(flowEntries(viewOf(frameOf(1)), THEMES.dark)[0]!.panel).toBeNull();
  });

  it('keeps a head’s colour when it is shown alone', () => {
    const figure = flowFigure(viewOf(frameOf(1, 2, 3)), lensOf(), words, 2);
    expect(figure.sets.map(({ style }) => style)).toEqual([2]);
  });

  it('combines heads, and colours a difference by its sign', () => {
    expect(viewOf(frameOf(1, 2), { combine: 'mean' }).sets).toHaveLength(1);
    const { sets, isDifference } = viewOf(frameOf(1, 2), { combine: 'difference' });
    expect(isDifference).toBe(true);
    expect(sets.map(({ label, sign, style }) => [label, sign, style])).toEqual([
      ['more in head 1 · 2', 1, 'more'],
      ['more in head 0 · 0', -1, 'less'],
    ]);
    const layout = layoutOf(frameOf(1, 2), { combine: 'difference' });
    // Each query: 0.5 more to one token in the first head, 0.5 more to another in the second.
    expect(layout.lines.count).toBe(2 * size);
    expect(layout.facts.share).toBeCloseTo(1, 5);
  });

  it('of two runs, draws what is more and less with the changes', () => {
    const [before, after] = [frameOf(1, 1), frameOf(2, 2)];
    const views = flowViews(partFrames(before, after, RUN_PARTS), lensOf(), words);
    expect(views.map(({ part, sets }) => [part, sets.length])).toEqual([
      ['original', 2],
      ['changed', 2],
      ['difference', 4],
    ]);
    expect(flowEntries(views[2]!, THEMES.light).map(({ label }) => label)).toEqual([
      'more with your changes',
      'less with your changes',
    ]);
  });

  it('goes by words, and without what is hidden', () => {
    const figure = flowFigure(viewOf(frameOf(1), { unit: 'words', hideSpecial: true }), lensOf(), words);
    expect(figure.rowLabels.map((label) => label.text)).toEqual(['The', 'undone', 'cat']);
    expect(figure.rows).toBe(3);
  });
});

describe('what is said', () => {
  it('over a token: what it looks at in every head, or what looks at it', () => {
    const view = viewOf(frameOf(1, 2));
    const layout = layoutOf(frameOf(1, 2));
    const said = flowTooltip(view, layout, { kind: 'row', token: 1 }, words).split('\n');
    expect(said).toHaveLength(3);
    expect(said[0]).toBe('The looks at');
    expect(said[1]).toMatch(/^1 · 2 {3}un 0\.600 · /);
    expect(said[2]).toMatch(/^0 · 0 {3}done 0\.600 · /);
    expect(flowTooltip(view, layout, { kind: 'column', token: 1 }, words)).toMatch(
      /^The is looked at by\n1 · 2 {3}\[CLS\] 0\.600/,
    );
  });

  it('over a line: the weight in every head, drawn or not', () => {
    const frame = frameOf(1, 2);
    const layout = layoutOf(frame, { threshold: 0.5 });
    const line = layout.lines.count - 1;
    const [query, key] = [layout.lines.from[line]!, layout.lines.to[line]!];
    const said = flowTooltip(viewOf(frame), layout, { kind: 'line', line }, words).split('\n');
    expect(said[0]).toBe(`${tokens[query]!.text.trim()} → ${tokens[key]!.text.trim()}`);
    expect(said.slice(1).sort()).toEqual(
      [
        `1 · 2   ${key === (query + 1) % size ? '0.6000' : '0.1000'}`,
        `0 · 0   ${key === (query + 2) % size ? '0.6000' : '0.1000'}`,
      ].sort(),
    );
  });

  it('numbers of a picture in half precision are marked as rounded', () => {
    const frame = frameOf(1);
    const rounded = { ...frame, matrices: frame.matrices.map((each) => ({ ...each, exact: false })) };
    const layout = layoutOf(rounded, { threshold: 0.5 });
    expect(flowTooltip(viewOf(rounded), layout, { kind: 'line', line: 0 }, words)).toMatch(/\n≈ 0\.600$/);
  });

  it('in the inspector: the pair of a token and the one it looks at most; none for words of several pieces', () => {
    const layout = layoutOf(frameOf(1, 2));
    const view = viewOf(frameOf(1, 2));
    expect(flowCell(view, layout, { kind: 'row', token: 1 })).toEqual({ query: 1, key: 2 });
    expect(flowCell(view, layout, { kind: 'column', token: 0 })).toEqual({ query: 4, key: 0 });
    const inWords = { unit: 'words' } as const;
    const merged = viewOf(frameOf(1), inWords);
    expect(flowCell(merged, layoutOf(frameOf(1), inWords), { kind: 'row', token: 2 })).toBeNull();
  });

  it('to a screen reader: a sentence a head', () => {
    const read = flowReadout(viewOf(frameOf(1, 2)), 1, 'from', words);
    expect(read).toMatch(/^1 · 2: The looks at un 0\.600.*; 0 · 0: The looks at done 0\.600/);
    expect(flowReadout(viewOf(frameOf(1)), null, 'from', words)).toContain('hidden');
  });

  it('below the figure: only what is so', () => {
    const { facts } = layoutOf(frameOf(1), { topK: 1, direction: 'to', threshold: 0.3 });
    expect(flowNotes(facts, false, words)).toEqual([
      'width and opacity: square root of the weight',
      'lines for weights of at least 0.3; they hold 60 % of the weight',
      'at most 1 lines a key and colour',
    ]);
  });
});

it('every place of the slider is a threshold that finds its place again', () => {
  for (let place = 0; place <= THRESHOLD_STEPS; place += 1) expect(placeOf(thresholdAt(place))).toBe(place);
  expect([thresholdAt(0), thresholdAt(THRESHOLD_STEPS)]).toEqual([0, 1]);
  expect(placeOf(PLAIN_LENS.threshold)).toBe(14);
});

describe('flowExport', () => {
  const place = { cell: { query: 2, key: 3 }, theme: 'light' as const, words };

  it('has one figure with all heads, whose legend names them; the selected token stands out', () => {
    const { text: heading, figures } = flowExport({ ...place, parts: only(frameOf(1, 2)), lens: lensOf() });
    expect(figures).toHaveLength(1);
    expect(figures[0]).toMatchObject({ ...heading, selection: { row: 2, column: 3 } });
    expect(heading).toEqual({
      title: 'Token flow',
      subtitle: 'who each token looks at · Decoder, self-attention · tiny',
    });
    const svg = tokenFlow(figures[0]!, { document: testDocument(), lines: 'draw' });
    expect(svg.querySelector('.legend')!.textContent).toContain('Head 1 · 2Head 0 · 0');
    expect(svg.querySelector('.legend')!.textContent).toContain('of the weight');
    expect(svg.querySelectorAll('.lines.chosen path').length).toBeGreaterThan(0);
  });

  it('says where one head is, and what the lens did', () => {
    const lens = lensOf({ unit: 'words', hideSpecial: true });
    const { text: heading, figures } = flowExport({ ...place, parts: only(frameOf(1)), lens });
    expect(heading.subtitle).toContain('layer 1, head 2');
    expect(heading.subtitle).toContain('1 special token hidden');
    // Both selected tokens are pieces of one word.
    expect(figures[0]!.selection).toEqual({ row: 1, column: 1 });
  });

  it('has a figure a run, with ids of their own', () => {
    const parts = partFrames(frameOf(1), frameOf(2), RUN_PARTS);
    const { figures } = flowExport({ ...place, parts, lens: lensOf() });
    expect(figures.map(({ title }) => title)).toEqual(['Original', 'Changed', 'Difference']);
    expect(new Set(figures.map(({ id }) => id)).size).toBe(3);
  });

  it('refuses to draw nothing', () => {
    expect(() => flowExport({ ...place, parts: [], lens: lensOf() })).toThrow('invalid parts: none');
  });
});

import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { readingFigure } from '../../../renderer/figures/reading.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import { PLAIN_LENS } from '../../../renderer/state/lens.ts';
import type { Lens } from '../../../renderer/state/lens.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import { readingExport } from '../../../renderer/view-models/export-reading.ts';
import { partFrames, RUN_PARTS } from '../../../renderer/view-models/run-compare.ts';
import { matrix, openedModel, runResult } from '../support.ts';
import { cut, inputOf } from './lens/support.ts';

const { document } = parseHTML('<html></html>');
const words = translator(createI18n('en'), 'en');
const { text, tokens } = cut('«[CLS]»|The| un|done| cat');
const size = tokens.length;
const pattern = (seed: number) =>
  Array.from({ length: size * size }, (_, at) => (at % size === (Math.floor(at / size) + seed) % size ? 0.6 : 0.1));
const frameOf = (...seeds: number[]): Frame => ({
  input: inputOf(text),
  interventions: [],
  run: runResult('t', tokens),
  model: openedModel(),
  selection: {
    ...FIRST_SELECTION,
    station: 'pattern',
    view: 'reading',
    layer: 1,
    head: 2,
    others: seeds.slice(1).map((_, head) => ({ layer: 0, head })),
  },
  matrices: seeds.map((seed) => matrix(`p${seed}`, size, size, pattern(seed))),
});
const place = { query: 2, theme: 'light' as const, words };
const lens = (change: Partial<Lens> = {}): Lens => ({ ...PLAIN_LENS, ...change });
const exported = (frame: Frame, change: Partial<Lens> = {}) =>
  readingExport({ ...place, parts: [{ part: 'original', frame, pair: null }], lens: lens(change) });

describe('readingExport', () => {
  it('colours the text by the weights of the selected token', () => {
    const { figures } = exported(frameOf(1));
    const [figure] = figures;
    expect(figures).toHaveLength(1);
    expect(figure).toMatchObject({ title: 'Softmax weights', anchor: 2, role: 'query', note: '' });
    expect(figure?.subtitle).toContain('what “un” (token 2) looks at');
    expect(figure?.subtitle).toContain('layer 1, head 2');
    expect(figure?.runs.map((run) => run.weight)).toEqual([0.1, 0.1, 0.1, 0.6, 0.1].map(Math.fround));
    expect(figure?.runs.map((run) => run.before + run.text).join('')).toBe('[CLS]The undone cat');
  });

  it('takes the column for what looks at the token', () => {
    const [figure] = exported(frameOf(1), { direction: 'to' }).figures;
    expect(figure?.role).toBe('key');
    expect(figure?.runs.map((run) => (run.weight ?? 0) > 0.5)).toEqual([false, true, false, false, false]);
  });

  it('says what the lens did, and leaves out what it hides', () => {
    const [figure] = exported(frameOf(1), { unit: 'words', hideSpecial: true }).figures;
    expect(figure?.runs.map((run) => run.text)).toEqual(['The', 'undone', 'cat']);
    expect(figure?.note).toContain('5 pieces as 4 words');
    expect(figure?.note).toContain('of the weight hidden');
  });

  it('has no colours, and says so, when the selected token is hidden', () => {
    const [figure] = readingExport({
      ...place,
      query: 0,
      parts: [{ part: 'original', frame: frameOf(1), pair: null }],
      lens: lens({ hideSpecial: true }),
    }).figures;
    expect(figure?.anchor).toBeNull();
    expect(figure?.runs.every((run) => run.weight === 0)).toBe(true);
    expect(figure?.subtitle).toContain('The selected token is hidden');
  });

  it('has a figure a head, or one of them all', () => {
    const { text: above, figures } = exported(frameOf(1, 2));
    expect(above.title).toBe('Softmax weights');
    expect(figures.map(({ title }) => title)).toEqual(['Head 1 · 2', 'Head 0 · 0']);
    const [mean, ...rest] = exported(frameOf(1, 2), { combine: 'mean' }).figures;
    expect(rest).toEqual([]);
    expect(mean?.subtitle).toContain('Mean of heads 1 · 2, 0 · 0');
  });

  it('has a figure a run where two are compared, and draws them', () => {
    const parts = partFrames(frameOf(1), frameOf(1), RUN_PARTS);
    const { figures } = readingExport({ ...place, parts, lens: lens() });
    expect(figures).toHaveLength(parts.length);
    for (const figure of figures)
      expect(readingFigure(figure, { document }).querySelectorAll('.words text')).not.toHaveLength(0);
  });

  it('refuses an empty list', () => {
    expect(() => readingExport({ ...place, parts: [], lens: lens() })).toThrow('invalid parts: none');
  });
});

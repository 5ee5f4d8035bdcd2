import { describe, expect, it } from 'vitest';
import { colourScale, scoreScale, weightScale } from '../../../renderer/figures/colour-scale.ts';
import { luminance } from '../../../renderer/figures/contrast.ts';
import { readingFlow } from '../../../renderer/figures/reading-layout.ts';
import { readingFigure, readingLegend } from '../../../renderer/figures/reading.ts';
import type { ReadingInput, ReadingRun } from '../../../renderer/figures/reading.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { sequence, testDocument } from './support.ts';

const document = testDocument();
const run = (
  before: string,
  text: string,
  weight: number | null = 0.1,
  kind: ReadingRun['kind'] = 'text',
): ReadingRun => ({
  before,
  text,
  kind,
  weight,
});
const SENTENCE = [
  run('', '[CLS]', 0.2, 'special'),
  run('', 'The', 0),
  run(' ', 'un', 0.5),
  run('', 'done', 0.25),
  run(' ', 'cat', null),
];
const inputOf = (runs: readonly ReadingRun[], change: Partial<ReadingInput> = {}): ReadingInput => ({
  title: 'Softmax weights',
  subtitle: 'layer 0, head 1',
  runs,
  anchor: null,
  role: 'query',
  scale: weightScale(),
  legendTitle: 'weight, square-root scale',
  note: '',
  theme: 'light',
  maxWidth: 600,
  ...change,
});

describe('readingFlow', () => {
  it('keeps to its width and loses no letter, whatever the text', () => {
    const next = sequence(3);
    const runs = Array.from({ length: 300 }, () => {
      const letters = 'x'.repeat(1 + Math.floor(next() * 12));
      return run(next() < 0.7 ? ' ' : next() < 0.1 ? '\n' : '', next() < 0.1 ? `${letters} ${letters}` : letters);
    });
    for (const width of [60, 200, 640]) {
      const { words, grounds } = readingFlow(runs, { size: 15, width });
      for (const ground of grounds) expect(ground.x + ground.width).toBeLessThanOrEqual(width + 1e-6);
      const letters = runs.map((_, at) =>
        words
          .filter((word) => word.run === at)
          .map(({ text }) => text)
          .join(''),
      );
      expect(letters).toEqual(runs.map(({ text }) => text.replace(/\s/g, '')));
    }
  });

  it('ends lines where the text does, and keeps white space inside lines', () => {
    const { words } = readingFlow([run('', 'a'), run('\n', 'b'), run('\n\n', 'c'), run('   ', 'd')], {
      size: 10,
      width: 300,
    });
    const [a, b, c, d] = words;
    expect(new Set([a?.y, b?.y, c?.y]).size).toBe(3);
    expect((c?.y ?? 0) - (b?.y ?? 0)).toBeCloseTo(2 * ((b?.y ?? 0) - (a?.y ?? 0)), 6);
    expect(d?.y).toBe(c?.y);
    expect(d?.x).toBeGreaterThan(8);
  });

  it('keeps the pieces of a word on one line while they fit it', () => {
    const { words } = readingFlow([run('', 'xxxxxxxx'), run(' ', 'un'), run('', 'believ'), run('', 'able')], {
      size: 10,
      width: 100,
    });
    expect(new Set(words.slice(1).map(({ y }) => y)).size).toBe(1);
    expect(words[1]?.y).not.toBe(words[0]?.y);
  });

  it('has one ground a run and line, its own white space included', () => {
    const { grounds, words } = readingFlow([run('', 'a long group'), run(' ', 'b')], { size: 10, width: 400 });
    expect(grounds).toHaveLength(2);
    expect(words).toHaveLength(4);
    expect(grounds[0]?.width).toBeGreaterThan((words[2]?.x ?? Infinity) - (words[0]?.x ?? 0));
  });

  it('cuts a word that is wider than a line', () => {
    const { words } = readingFlow([run('', 'x'.repeat(100))], { size: 10, width: 80 });
    expect(words.length).toBeGreaterThan(5);
    expect(words.map(({ text }) => text).join('')).toHaveLength(100);
  });
});

describe('readingFigure', () => {
  it('has the colour of the scale behind every weight but 0, and ink that reads on it', () => {
    for (const theme of ['light', 'dark', 'contrast'] as const) {
      const svg = readingFigure(inputOf(SENTENCE, { theme }), { document });
      const scale = colourScale(weightScale(), THEMES[theme]);
      const fills = [...svg.querySelectorAll('.grounds rect')].map((rect) => rect.getAttribute('fill'));
      expect(fills).toEqual([0.2, 0.5, 0.25].map(scale.colour));
      const inks = [...svg.querySelectorAll('.words text')].map((word) => word.getAttribute('fill') ?? '');
      expect(inks[1]).toBe(THEMES[theme].ink);
      expect(inks[4]).toBe(THEMES[theme].grey);
      const [light, dark] = [luminance(fills[1] ?? ''), luminance(inks[2] ?? '')].sort((a, b) => b - a);
      expect(((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('outlines the token whose weights are shown, even where its own weight is 0', () => {
    const svg = readingFigure(inputOf(SENTENCE, { anchor: 1, role: 'key' }), { document });
    const [outlined, ...rest] = [...svg.querySelectorAll('.grounds rect')].filter((rect) =>
      rect.hasAttribute('stroke'),
    );
    expect(rest).toEqual([]);
    expect(outlined?.getAttribute('stroke')).toBe(THEMES.light.key);
    expect(outlined?.getAttribute('fill')).toBe('none');
  });

  it('is text, has a name, a legend and a note, and says what it is', () => {
    const svg = readingFigure(inputOf(SENTENCE, { note: '1 special token hidden' }), { document });
    expect(svg.querySelector('title')?.textContent).toBe('Softmax weights, layer 0, head 1');
    expect(svg.querySelector('desc')?.textContent).toContain('5 tokens');
    expect(svg.textContent).toContain('weight, square-root scale');
    expect(svg.textContent).toContain('1 special token hidden');
    expect([...svg.querySelectorAll('.words text')].map((word) => word.textContent)).toEqual([
      '[CLS]',
      'The',
      'un',
      'done',
      'cat',
    ]);
    expect(svg.querySelectorAll('image')).toHaveLength(0);
  });

  it('grows with its text', () => {
    const height = (count: number) =>
      Number(
        readingFigure(inputOf(Array.from({ length: count }, () => run(' ', 'word'))), { document }).getAttribute(
          'height',
        ),
      );
    expect(height(1024)).toBeGreaterThan(height(64) * 4);
  });

  it('draws a signed scale', () => {
    const scale = scoreScale(Float32Array.of(-0.5, 0.25));
    const svg = readingFigure(inputOf([run('', 'a', -0.5), run(' ', 'b', 0)], { scale }), { document });
    expect([...svg.querySelectorAll('.grounds rect')].map((rect) => rect.getAttribute('fill'))).toEqual([
      colourScale(scale, THEMES.light).colour(-0.5),
    ]);
  });

  it('refuses what it cannot draw', () => {
    expect(() => readingFigure(inputOf([]), { document })).toThrow('invalid runs: none');
    expect(() => readingFigure(inputOf(SENTENCE, { anchor: 9 }), { document })).toThrow('invalid anchor: 9 of 5 runs');
    expect(() => readingFigure(inputOf(SENTENCE, { maxWidth: 0 }), { document })).toThrow('invalid maxWidth: 0');
  });
});

describe('readingLegend', () => {
  it('is a legend by itself', () => {
    const legend = readingLegend(
      { scale: weightScale(), title: 'weight', theme: 'dark', maxWidth: 500, id: 'l' },
      { document },
    );
    expect(legend.textContent).toContain('weight');
    expect(legend.querySelector('linearGradient')?.getAttribute('id')).toBe('l-gradient');
  });
});

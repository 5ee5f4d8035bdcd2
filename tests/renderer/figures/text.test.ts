import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { cleanText, fitText, labelText, textWidth, wrapText } from '../../../renderer/figures/text.ts';

const require = createRequire(import.meta.url);
const FONTS = {
  word: ['Inter', require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'), 400],
  bold: ['Inter', require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'), 600],
  mono: [
    'JetBrains Mono',
    require.resolve('@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf'),
    400,
  ],
} as const;

/** What resvg measures with the real font between two letters, at a tenfold size because it measures in whole px. */
function drawnWidth(text: string, size: number, font: keyof typeof FONTS): number {
  const [family, file, weight] = FONTS[font];
  const measure = (words: string) =>
    new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="400"><text y="300" font-size="${size * 10}" font-family="${family}" font-weight="${weight}">${words}</text></svg>`,
      { font: { fontFiles: [file], loadSystemFonts: false, defaultFontFamily: family } },
    ).innerBBox()!.width;
  return (measure(`H${text}H`) - measure('HH')) / 10;
}

describe('textWidth(text, size, font) agrees with the fonts', () => {
  it.each(['Softmax weights', 'who each token looks at · layer 5, head 3', 'iiiiWWWW', 'Ωμέγα naïveté'])(
    '%s',
    (text) => {
      for (const size of [10, 15]) {
        const word = drawnWidth(text, size, 'word');
        expect(textWidth(text, size, 'word')).toBeGreaterThan(word * 0.96);
        expect(textWidth(text, size, 'word')).toBeLessThan(word * 1.12 + 2);
        expect(textWidth(text, size, 'word', true)).toBeGreaterThan(drawnWidth(text, size, 'bold') * 0.96);
        expect(textWidth(text, size, 'mono')).toBeCloseTo(drawnWidth(text, size, 'mono'), 0);
      }
    },
  );
});

it('textWidth counts Chinese and emoji as wide, combining marks as nothing', () => {
  expect(textWidth('你好', 10, 'mono')).toBeCloseTo(21, 9);
  expect(textWidth('🙂', 10, 'word')).toBeCloseTo(10.5, 9);
  expect(textWidth('e\u0301', 10, 'mono')).toBe(textWidth('e', 10, 'mono'));
});

it('cleanText keeps text and replaces what XML cannot hold', () => {
  expect(cleanText('naïve 你好 🙂 a<b>&')).toBe('naïve 你好 🙂 a<b>&');
  expect(cleanText('a\u0000b\u001Bc\uD83Dd\uFFFE')).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFD');
});

it('labelText is never blank and never breaks a line', () => {
  expect(['', '  ', '\n', 'a\tb\r\n', 'word'].map(labelText)).toEqual(['␣', '␣', '⏎', 'a⇥b⏎⏎', 'word']);
});

describe('fitText(text, width, size, font)', () => {
  it('leaves text that fits and cuts the rest with an ellipsis', () => {
    expect(fitText('internationalization', 120, 10, 'mono')).toBe('internationalization');
    const cut = fitText('internationalization', 60, 10, 'mono');
    expect(cut).toBe('internati…');
    expect(textWidth(cut, 10, 'mono')).toBeLessThanOrEqual(60);
  });

  it('never cuts a surrogate pair', () => {
    expect(fitText('🙂🙂🙂🙂🙂', 40, 10, 'mono')).toMatch(/^(🙂)+…$/u);
  });
});

describe('wrapText(text, width, size)', () => {
  it('breaks between words and keeps every word', () => {
    const text = 'who each token looks at in the second sentence of this pair';
    const lines = wrapText(text, 120, 13);
    expect(lines.join(' ')).toBe(text);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(textWidth(line, 13, 'word')).toBeLessThanOrEqual(120);
  });

  it('cuts a word wider than the line, and gives nothing for nothing', () => {
    expect(wrapText('a Donaudampfschifffahrtsgesellschaft', 90, 13)).toEqual([
      'a',
      expect.stringMatching(/^Donau.*…$/),
    ]);
    expect(wrapText('', 90, 13)).toEqual([]);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { coversSome, embeddedFonts } from '../../../renderer/export/fonts.ts';

describe('coversSome(unicodeRange, text)', () => {
  it.each([
    ['', 'x', true],
    ['U+0000-00FF', 'abc', true],
    ['U+0000-00FF, U+0131', 'Ω', false],
    ['U+0370-03FF', 'a Ω b', true],
    ['U+1F300-1F5FF', '🌍', true],
    ['U+4??', 'Я', true],
    ['u+0100-02BA', 'plain', false],
    ['U+0000-00FF', '', false],
  ])('%j and %j: %j', (range, text, expected) => {
    expect(coversSome(range, text)).toBe(expected);
  });
});

describe('embeddedFonts(page, text)', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** A page with the style sheets that bundlers write for the two variable fonts. */
  function page(): Document {
    const face = (family: string, file: string, range: string) => {
      const values: Record<string, string> = {
        'font-family': family,
        'font-weight': '100 900',
        'font-style': 'normal',
        'unicode-range': range,
        src: `url("${file}") format("woff2-variations")`,
      };
      return { cssText: '@font-face { … }', style: { getPropertyValue: (name: string) => values[name] ?? '' } };
    };
    const cssRules = [
      { cssText: 'body { margin: 0 }', style: { getPropertyValue: () => '' } },
      face('"Inter Variable"', './latin.woff2', 'U+0000-00FF'),
      face('"Inter Variable"', './greek.woff2', 'U+0370-03FF'),
      face('"Some Other"', './other.woff2', ''),
    ];
    return {
      baseURI: 'app://bundle/',
      styleSheets: [{ href: 'app://bundle/assets/index.css', cssRules }],
    } as unknown as Document;
  }

  it('fetches the files of our families that the text needs, and no others', async () => {
    const fetched: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      fetched.push(url);
      return Promise.resolve(new Response(Uint8Array.of(1, 2, 3)));
    });
    const css = await embeddedFonts(page(), 'plain words');
    expect(fetched).toEqual(['app://bundle/assets/latin.woff2']);
    expect(css).toBe(
      "@font-face{font-family:'Inter Variable';font-style:normal;font-weight:100 900;unicode-range:U+0000-00FF;src:url(data:font/woff2;base64,AQID);}",
    );
    fetched.length = 0;
    await embeddedFonts(page(), 'Ωμέγα x');
    expect(fetched).toEqual(['app://bundle/assets/latin.woff2', 'app://bundle/assets/greek.woff2']);
  });

  it('says which font could not be read', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 404 })));
    await expect(embeddedFonts(page(), 'x')).rejects.toThrow('app://bundle/assets/latin.woff2 could not be read (404)');
  });
});

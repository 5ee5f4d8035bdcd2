/** The page's own fonts as CSS with `data:` URLs: a picture made of an SVG cannot see the fonts of the page around it. */
import { dataUrl } from '../figures/png.ts';

/** Families that figures use, in the names that the page's style sheets give them. */
const FAMILIES = ['Inter', 'Inter Variable', 'JetBrains Mono', 'JetBrains Mono Variable'];

export interface FontRule {
  readonly family: string;
  readonly weight: string;
  readonly style: string;
  /** As in CSS: `U+0000-00FF, U+0131`; empty for all characters. */
  readonly unicodeRange: string;
  readonly url: string;
}

/** `@font-face` rules, with the font files in them, for the characters of `text`. Empty when the page has no such fonts. */
export async function embeddedFonts(page: Document, text: string): Promise<string> {
  const needed = pageFontRules(page).filter(({ unicodeRange }) => coversSome(unicodeRange, text));
  const faces = await Promise.all(needed.map(async (rule) => fontFace(rule, await fontData(rule.url))));
  return faces.join('\n');
}

function fontFace(rule: FontRule, source: string): string {
  const range = rule.unicodeRange === '' ? '' : `unicode-range:${rule.unicodeRange};`;
  const { family, style, weight } = rule;
  return `@font-face{font-family:'${family}';font-style:${style};font-weight:${weight};${range}src:url(${source});}`;
}

async function fontData(url: string): Promise<string> {
  if (url.startsWith('data:')) return url;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The font ${url} could not be read (${response.status}).`);
  return dataUrl(new Uint8Array(await response.arrayBuffer()), 'font/woff2');
}

function pageFontRules(page: Document): FontRule[] {
  return [...page.styleSheets].flatMap((sheet) => fontRulesOf(sheet, page.baseURI));
}

function fontRulesOf(sheet: CSSStyleSheet, pageUrl: string): FontRule[] {
  return [...sheet.cssRules].flatMap((rule) => {
    if (!('style' in rule) || !rule.cssText.startsWith('@font-face')) return [];
    const style = rule.style as CSSStyleDeclaration;
    const value = (name: string) => style.getPropertyValue(name).trim();
    const family = value('font-family').replace(/^["']|["']$/g, '');
    const source = /url\(\s*["']?([^"')]+)["']?\s*\)/.exec(value('src'))?.[1];
    if (!FAMILIES.includes(family) || source === undefined) return [];
    return {
      family,
      weight: value('font-weight') || '400',
      style: value('font-style') || 'normal',
      unicodeRange: value('unicode-range'),
      url: new URL(source, sheet.href ?? pageUrl).href,
    };
  });
}

/** Whether a CSS unicode-range has any character of the text; an empty range has all. */
export function coversSome(unicodeRange: string, text: string): boolean {
  if (unicodeRange.trim() === '') return true;
  const ranges = unicodeRange.split(',').map((part) => {
    const [from = '', to] = part.trim().replace(/^U\+/i, '').split('-');
    const low = Number.parseInt(from.replaceAll('?', '0'), 16);
    return [low, Number.parseInt(to ?? from.replaceAll('?', 'F'), 16)] as const;
  });
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (ranges.some(([low, high]) => code >= low && code <= high)) return true;
  }
  return false;
}

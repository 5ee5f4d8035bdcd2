/** Text in figures without a browser to measure it: widths from the fonts' own advance tables, clean characters, wrapping. */

/** Advance widths of Inter Regular for U+0020…U+007E in 1/1000 em. */
const WORD_WIDTHS = [
  281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 631, 407, 610, 618, 646, 593, 620,
  566, 619, 620, 288, 302, 662, 662, 662, 511, 966, 690, 654, 730, 722, 601, 590, 746, 743, 269, 571, 672, 565, 903,
  753, 765, 639, 765, 644, 642, 646, 744, 690, 985, 682, 679, 629, 365, 360, 365, 471, 456, 323, 562, 612, 571, 612,
  583, 370, 613, 591, 242, 242, 549, 242, 876, 591, 600, 612, 612, 376, 528, 327, 591, 562, 818, 546, 562, 552, 426,
  333, 426, 662,
];
/** JetBrains Mono: every glyph. */
const MONO_WIDTH = 0.6;
/** Scripts and symbols that fallback fonts draw about one em wide (CJK, kana, hangul, full-width forms, emoji). */
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\u{1F000}-\u{3FFFD}]/u;
const MARK = /\p{Mark}|[\u200B-\u200F\uFE00-\uFE0F]/u;

export type FontKind = 'word' | 'mono';

function emWidth(character: string, font: FontKind): number {
  const code = character.codePointAt(0)!;
  if (code >= 0x300 && WIDE.test(character)) return 1.05;
  if (code >= 0x300 && MARK.test(character)) return 0;
  if (font === 'word') return (WORD_WIDTHS[code - 32] ?? 660) / 1000;
  // Characters that the mono font may lack come from a proportional fallback font and can be wider.
  return code < 0x500 || (code >= 0x2010 && code <= 0x2200) ? MONO_WIDTH : 0.75;
}

/** Width of a line of text in px at `size` px; `bold` widens words as Inter Semi Bold does. */
export function textWidth(text: string, size: number, font: FontKind, bold = false): number {
  let em = 0;
  for (const character of text) em += emWidth(character, font);
  return em * size * (bold && font === 'word' ? 1.045 : 1);
}

/** White space and control characters made visible, so that no label is blank and none breaks XML. */
const VISIBLE: Readonly<Record<string, string>> = { '\n': '⏎', '\r': '⏎', '\t': '⇥' };

/**
 * Replaces what XML 1.0 cannot hold (control characters, lone surrogates, U+FFFE/F) by U+FFFD; text is otherwise kept.
 * Every string that enters a figure goes through here.
 */
export function cleanText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD');
}

/** A token label: never blank, white space visible, no line breaks. */
export function labelText(text: string): string {
  const shown = text.replace(/[\n\r\t]/g, (character) => VISIBLE[character] ?? character);
  return shown.trim() === '' ? '␣' : cleanText(shown);
}

/** `text` cut to `width` px with an ellipsis; cuts between characters, never inside a surrogate pair. */
export function fitText(text: string, width: number, size: number, font: FontKind): string {
  if (textWidth(text, size, font) <= width) return text;
  const room = width - textWidth('…', size, font);
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += emWidth(character, font) * size;
    if (used > room) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Breaks text into lines of at most `width` px between words; a word wider than a line is cut with an ellipsis. */
export function wrapText(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of cleanText(text).split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, size, 'word', bold) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== '') lines.push(line);
  return lines.map((each) => fitText(each, bold ? width / 1.045 : width, size, 'word'));
}

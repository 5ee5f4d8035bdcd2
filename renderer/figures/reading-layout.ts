/** Where the words of a coloured text stand: lines of left-to-right text, broken at white space. */
import { cleanText, textWidth } from './text.ts';

export interface ReadingRun {
  /** What stands before it and has no colour: white space, line ends. */
  readonly before: string;
  readonly text: string;
  /** `special` and `mark` are set in the mono font. */
  readonly kind: 'text' | 'special' | 'mark';
  /** null: nothing is known of it (it is hidden); it stands in grey. */
  readonly weight: number | null;
}

/** A stretch of a run on one line, without white space. */
export interface PlacedWord {
  readonly run: number;
  readonly text: string;
  readonly x: number;
  /** Baseline. */
  readonly y: number;
}

/** The ground behind a run on one line. */
export interface PlacedGround {
  readonly run: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ReadingFlow {
  readonly words: readonly PlacedWord[];
  readonly grounds: readonly PlacedGround[];
  /** Of all lines, in px. */
  readonly width: number;
  readonly height: number;
}

interface Room {
  /** Type size and room in px. */
  readonly size: number;
  readonly width: number;
}

/** A stretch that is not broken but where it is wider than a line. */
interface Fragment {
  readonly run: number;
  /** White space before it, within the run or before it. */
  readonly space: string;
  /** True where the white space before it is the run's own, so that its ground goes on. */
  readonly goesOn: boolean;
  readonly text: string;
  readonly width: number;
}

const LINE = 1.85;
/** Of a line: above the baseline and below it, as shares of the type size. */
const ASCENT = 1.02;
const DESCENT = 0.36;
/** Room on both sides of a special token, as a share of the type size. */
const CHIP = 0.25;

/** Places runs in lines of at most `width` px; `size` is the type size in px. */
export function readingFlow(runs: readonly ReadingRun[], room: Room): ReadingFlow {
  const words: PlacedWord[] = [];
  const grounds: PlacedGround[] = [];
  let [x, line, widest] = [0, 0, 0];
  const newLine = (): void => {
    [x, line] = [0, line + 1];
  };
  for (const chunk of chunksOf(runs, room)) {
    const { lines, advance } = spaceOf(chunk[0]?.space ?? '', room.size);
    for (let at = 0; at < lines; at += 1) newLine();
    const width = chunk.reduce((sum, each) => sum + each.width, 0);
    if (x > 0 && x + advance + width > room.width) newLine();
    else x += advance;
    for (const fragment of chunk) {
      if (x > 0 && x + fragment.width > room.width) newLine();
      const y = (line + 1) * LINE * room.size - (LINE - ASCENT) * 0.5 * room.size;
      place(fragment, { x, y, size: room.size, words, grounds, isChip: runs[fragment.run]?.kind === 'special' });
      x += fragment.width;
      widest = Math.max(widest, x);
    }
  }
  return { words, grounds, width: widest, height: (line + 1) * LINE * room.size };
}

interface Pen {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly isChip: boolean;
  readonly words: PlacedWord[];
  readonly grounds: PlacedGround[];
}

function place({ run, text, width, goesOn }: Fragment, { x, y, size, isChip, words, grounds }: Pen): void {
  words.push({ run, text, x: x + (isChip ? CHIP * size : 0), y });
  const top = y - ASCENT * size;
  const last = grounds.at(-1);
  if (goesOn && last?.run === run && last.y === top) {
    grounds[grounds.length - 1] = { ...last, width: x + width - last.x };
    return;
  }
  grounds.push({ run, x, y: top, width, height: (ASCENT + DESCENT) * size });
}

/** How many lines white space ends, and how far it goes after that. */
function spaceOf(space: string, size: number): { lines: number; advance: number } {
  const lines = space.replace(/\r\n?/gu, '\n').split('\n');
  return { lines: lines.length - 1, advance: spaceWidth(lines.at(-1) ?? '', size) };
}

const spaceWidth = (space: string, size: number): number => textWidth(space.replace(/\t/gu, '    '), size, 'word');

/** Fragments that belong on one line: those without white space between them. */
function chunksOf(runs: readonly ReadingRun[], room: Room): Fragment[][] {
  const chunks: Fragment[][] = [];
  runs.forEach((run, index) => {
    const isBreakable = run.kind === 'special' || runs[index - 1]?.kind === 'special';
    fragmentsOf(run, index, room).forEach((fragment, at) => {
      const chunk = chunks.at(-1);
      const breaks = fragment.space !== '' || (at === 0 && isBreakable);
      if (chunk === undefined || breaks) chunks.push([fragment]);
      else chunk.push(fragment);
    });
  });
  return chunks;
}

/** A run at its white space, and in pieces of a line where it is wider than that. */
function fragmentsOf({ before, text, kind }: ReadingRun, run: number, { size, width }: Room): Fragment[] {
  const font = kind === 'text' ? 'word' : 'mono';
  const extra = kind === 'special' ? 2 * CHIP * size : 0;
  const fragments: Fragment[] = [];
  // White space between the words of a run belongs to it; control characters have no place in a figure.
  for (const [, own = '', word = ''] of cleanText(text).matchAll(/(\s*)(\S+)/gu)) {
    const space = fragments.length === 0 ? before + own : own;
    for (const [at, piece] of cut(word, width - extra, size, font).entries()) {
      const shown = at === 0 ? space : '';
      fragments.push({
        run,
        space: shown,
        goesOn: fragments.length > 0,
        text: piece,
        width: textWidth(piece, size, font) + extra,
      });
    }
  }
  return fragments;
}

/** A word in pieces that fit a line. */
function cut(word: string, width: number, size: number, font: 'word' | 'mono'): string[] {
  if (textWidth(word, size, font) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && textWidth(piece + character, size, font) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** The steps in which a word's pieces form, as a view goes through them. */
import type { StepPiece, WordSteps } from '../../electron/api/index.ts';

type Merging = Extract<WordSteps['forming'], { kind: 'merges' }>;
type Trying = Extract<WordSteps['forming'], { kind: 'tries' }>;

export interface SymbolShown extends StepPiece {
  /** The last step made it. */
  readonly isNew: boolean;
  /** The next step takes it. */
  readonly isNext: boolean;
}

/** How many steps a word takes. */
export function stepCount({ forming }: WordSteps): number {
  return forming.kind === 'merges' ? forming.merges.length : forming.kind === 'tries' ? forming.tries.length : 0;
}

/** The symbols after the first `step` merges. Text and bytes of a merged symbol are those of its two parts. */
export function symbolsAfter({ symbols, merges }: Merging, step: number): readonly SymbolShown[] {
  let now: SymbolShown[] = symbols.map((symbol) => ({ ...symbol, isNew: false, isNext: false }));
  merges.slice(0, step).forEach(({ at, result, id }, index) => {
    const [left, right] = [now[at], now[at + 1]];
    if (left === undefined || right === undefined) return;
    const bytes = [left.bytes, right.bytes].filter((part) => part !== '').join(' ');
    const isNew = index === step - 1;
    const merged = { piece: result, text: textOf(left, right, bytes), bytes, id, isNew, isNext: false };
    now = [...now.slice(0, at), merged, ...now.slice(at + 2)];
  });
  const next = merges[step];
  return now.map((symbol, at) => ({ ...symbol, isNext: next !== undefined && (at === next.at || at === next.at + 1) }));
}

/** Bytes that were no whole character by themselves may be one together. */
function textOf(left: StepPiece, right: StepPiece, bytes: string): string {
  const joined = left.text + right.text;
  if (!joined.includes('‹')) return joined;
  const raw = Uint8Array.from(bytes.split(' '), (byte) => Number.parseInt(byte, 16));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return joined.replaceAll('›‹', ' ');
  }
}

export interface TriesShown {
  /** The try that step made; null before the first. */
  readonly current: Trying['tries'][number] | null;
  /** The pieces found so far. */
  readonly found: Trying['tries'];
  /** From the start of the word until here pieces have been found. */
  readonly written: number;
}

export function triesAfter({ tries }: Trying, step: number): TriesShown {
  const made = tries.slice(0, step);
  const found = made.filter(({ id }) => id !== null);
  return { current: made.at(-1) ?? null, found, written: found.at(-1)?.end ?? 0 };
}

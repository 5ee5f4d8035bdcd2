/** The part of TeX that the window's formulas are written in, as parts that SVG text can draw. No formula is rejected. */
import { cleanText } from './text.ts';
import { isFraction, PLAIN, scriptStyle } from './walk-math.ts';
import type { MathHue, MathPart, MathRun, MathStyle } from './walk-math.ts';

/** Commands that are one sign. A wide space is where a long formula may go on in a new line. */
const SIGNS: Readonly<Record<string, string>> = {
  cdot: '·',
  dots: '…',
  infty: '∞',
  sum: '∑',
  alpha: 'α',
  ell: 'ℓ',
  quad: '\u2003',
  ',': '\u2009',
  ';': '\u2003',
  textbackslash: '\\',
  char94: '^',
  char126: '~',
};

const HUES: Readonly<Record<string, MathHue>> = { 'tex-q': 'query', 'tex-k': 'key', 'tex-v': 'value' };
/** Signs with space around them, where they stand between two things. */
const RELATIONS = '=><';
const BINARY = '+−-';
const SPACE = ' ';

/** The parts of a formula in order: runs of text, and fractions. What is not known of TeX is written as it stands. */
export function parseTeX(tex: string): readonly MathPart[] {
  const reader: Reader = { source: cleanText(tex), at: 0 };
  return merged(readRow(reader, { ...PLAIN, italic: true }, []));
}

interface Reader {
  readonly source: string;
  at: number;
}

/** Reads up to the end of the group or of the formula; `parts` are what stands before it. */
function readRow(reader: Reader, style: MathStyle, parts: MathPart[]): MathPart[] {
  while (reader.at < reader.source.length && reader.source[reader.at] !== '}') readItem(reader, style, parts);
  reader.at += 1;
  return parts;
}

function readItem(reader: Reader, style: MathStyle, parts: MathPart[]): void {
  const sign = String.fromCodePoint(reader.source.codePointAt(reader.at) ?? 32);
  reader.at += sign.length;
  if (sign === '\\') readCommand(reader, style, parts);
  else if (sign === '{') readRow(reader, style, parts);
  else if (sign === '_' || sign === '^') {
    const isOfSum = endsWithSum(parts);
    parts.push(...readArgument(reader, scriptStyle(style, sign === '_' ? 'sub' : 'sup')));
    if (isOfSum) parts.push({ ...style, text: '\u2009' });
  } else if (sign === "'") parts.push({ ...style, text: '′' });
  else if (sign.trim() !== '') parts.push(signRun(sign, style, parts));
}

function endsWithSum(parts: readonly MathPart[]): boolean {
  const last = parts.at(-1);
  return last !== undefined && !isFraction(last) && last.text === '∑';
}

/** A letter is a variable; relations and sums have space around them. */
function signRun(sign: string, style: MathStyle, before: readonly MathPart[]): MathRun {
  const italic = style.italic && /^[A-Za-z]$/.test(sign);
  const joins = RELATIONS.includes(sign) || (BINARY.includes(sign) && endsWithOperand(before));
  return { ...style, italic, text: joins ? `${SPACE}${sign}${SPACE}` : sign };
}

/** False at the beginning, after an opening bracket and after another sign: a minus there belongs to its number. */
function endsWithOperand(parts: readonly MathPart[]): boolean {
  const last = parts.findLast((part) => isFraction(part) || part.text.trim() !== '');
  if (last === undefined) return false;
  return isFraction(last) || !/[([=><+−,;·-]$/.test(last.text.trimEnd());
}

/** What a command or a script is given: a group, a command, or one sign. */
function readArgument(reader: Reader, style: MathStyle): MathPart[] {
  while (reader.source[reader.at] === ' ') reader.at += 1;
  const parts: MathPart[] = [];
  readItem(reader, style, parts);
  return parts;
}

function readCommand(reader: Reader, style: MathStyle, parts: MathPart[]): void {
  const [name = ''] = /^(char\d+|[A-Za-z]+|[\s\S])/.exec(reader.source.slice(reader.at)) ?? [];
  reader.at += name.length;
  switch (name) {
    case 'text':
      parts.push({ ...style, italic: false, text: readWords(reader) });
      return;
    case 'htmlClass': {
      const hue = HUES[readWords(reader)] ?? style.hue;
      parts.push(...readArgument(reader, { ...style, hue }));
      return;
    }
    case 'dfrac': {
      const [over, under] = [readArgument(reader, style), readArgument(reader, style)];
      parts.push({ over: flat(over), under: flat(under) });
      return;
    }
    case 'sqrt':
      parts.push({ ...style, italic: false, text: '√' }, ...readArgument(reader, style));
      return;
    case 'tilde': {
      const marked = flat(readArgument(reader, style));
      parts.push(...marked.map((run, at) => (at === marked.length - 1 ? { ...run, text: `${run.text}\u0303` } : run)));
      return;
    }
    default:
      parts.push({ ...style, italic: false, text: SIGNS[name] ?? name });
  }
}

/** The words of `{…}`, with the signs that TeX would read otherwise. */
function readWords(reader: Reader): string {
  let words = '';
  let depth = 0;
  while (reader.at < reader.source.length) {
    const sign = reader.source[reader.at] ?? '';
    reader.at += 1;
    if (sign === '{') depth += 1;
    else if (sign === '}') {
      depth -= 1;
      if (depth === 0) break;
    } else if (sign === '\\') words += readEscape(reader);
    else words += sign;
  }
  return words;
}

/** `\_`, or a name that ends with the space after it: `\textbackslash `. */
function readEscape(reader: Reader): string {
  const [whole = '', name = ''] = /^(?:(char\d+|[A-Za-z]+) ?|[\s\S])/.exec(reader.source.slice(reader.at)) ?? [];
  reader.at += whole.length;
  return name === '' ? whole : (SIGNS[name] ?? name);
}

/** Fractions inside a fraction or a script become `a/b`. */
function flat(parts: readonly MathPart[]): readonly MathRun[] {
  const runs = parts.flatMap((part): readonly MathRun[] =>
    isFraction(part) ? [...part.over, { ...PLAIN, text: '/' }, ...part.under] : [part],
  );
  return merged(runs) as readonly MathRun[];
}

/** Neighbours of one style as one run. */
function merged(parts: readonly MathPart[]): readonly MathPart[] {
  const out: MathPart[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last === undefined || isFraction(last) || isFraction(part) || !sameStyle(last, part)) out.push(part);
    else out[out.length - 1] = { ...last, text: last.text + part.text };
  }
  return out;
}

function sameStyle(a: MathRun, b: MathRun): boolean {
  return a.italic === b.italic && a.hue === b.hue && a.shift === b.shift && a.scale === b.scale;
}

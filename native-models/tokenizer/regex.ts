/** Which regular expressions of a stranger's tokenizer are run: those that cannot take for ever. */

const MAX_LENGTH = 4_000;

/**
 * False for an expression that may need exponential time: a repeated group that repeats something itself, `(a+)+`, or a back
 * reference. (A polynomial one such as `a*a*b` passes; real tokenizers have those.)
 */
export function isSafeRegex(pattern: string): boolean {
  if (pattern.length > MAX_LENGTH || /\\[1-9k]/u.test(pattern)) return false;
  const groups: { repeats: boolean }[] = [{ repeats: false }];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') at++;
    else if (char === '[') at = classEnd(pattern, at);
    else if (char === '(') groups.push({ repeats: false });
    else if (char === ')') {
      const closed = groups.pop();
      const outer = groups.at(-1);
      if (closed === undefined || outer === undefined) return false;
      if (closed.repeats && repeatsAt(pattern, at + 1)) return false;
      outer.repeats ||= closed.repeats;
    } else if (repeatsAt(pattern, at)) groups.forEach((group) => (group.repeats = true));
  }
  return groups.length === 1;
}

/** True when the expression may match an empty text, or is one that we cannot tell of. */
export function canMatchNothing(pattern: string): boolean {
  if (/(?<!\[)\^|\$|\(\?[=!<]|\\[bBAzZG]/u.test(pattern)) return true;
  try {
    return new RegExp(pattern, 'u').test('');
  } catch {
    return true;
  }
}

/** True when an unbounded quantifier stands at `at`. */
function repeatsAt(pattern: string, at: number): boolean {
  const char = pattern[at];
  return char === '*' || char === '+' || (char === '{' && /^\{\d*(,\d*)?\}/u.test(pattern.slice(at, at + 24)));
}

/** Index of the bracket that closes the character class which opens at `start`; classes may be nested. */
function classEnd(pattern: string, start: number): number {
  let depth = 0;
  for (let at = start; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') at++;
    else if (char === '[') depth++;
    else if (char === ']' && at > start + 1) {
      depth--;
      if (depth === 0) return at;
    }
  }
  return pattern.length;
}

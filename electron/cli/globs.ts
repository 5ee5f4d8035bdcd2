/** Choosing traced names with patterns: `decoder.*.self.*`, `*.pattern`, `logits`. */
import { UsageError } from './command.ts';

/** A pattern as a regular expression over whole names: `*` is any text (dots too), `?` any one character. */
export function globExpression(glob: string): RegExp {
  const body = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${body}$`);
}

/**
 * The names that any of the comma-separated patterns matches, in the order of `names`.
 * @throws UsageError when a pattern matches nothing
 */
export function chooseNames(globs: string, names: readonly string[]): readonly string[] {
  const patterns = globs
    .split(',')
    .map((glob) => glob.trim())
    .filter((glob) => glob !== '');
  if (patterns.length === 0) throw new UsageError("--names is empty; an example is 'decoder.*.self.pattern'.");
  const expressions = patterns.map(globExpression);
  const idle = patterns.find((_, index) => !names.some((name) => expressions[index]!.test(name)));
  if (idle !== undefined) {
    const examples = [names[0], names[Math.floor(names.length / 2)], names.at(-1)].join(', ');
    throw new UsageError(
      `--names: no traced value of this model matches "${idle}"; there are, for example, ${examples}.`,
    );
  }
  return names.filter((name) => expressions.some((expression) => expression.test(name)));
}

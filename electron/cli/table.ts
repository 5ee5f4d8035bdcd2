/** Rows of text in columns, for people. Programs use --json. */

/** Columns padded to their widest cell; those in `right` are aligned right. No trailing spaces. */
export function textTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, columnsOf(cell))));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(widths[column]! - columnsOf(cell));
        return right.includes(column) ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** Columns of a terminal that a text takes: wide scripts and emoji take two, combining marks none. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{Mark}|[\u200B-\u200F\uFE00-\uFE0F]/u.test(character)) continue;
    columns +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\u{1F300}-\u{3FFFD}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return columns;
}

/** Text of a stranger's file or of the user on one line, without what a terminal would obey (escape sequences). */
export function plainLine(text: string): string {
  return text.replace(/\r?\n/g, '⏎').replace(/[\p{Control}\p{Surrogate}]/gu, '\uFFFD');
}

/** `1 token`, `12 tokens`. @param thing its singular, whose plural has an s */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

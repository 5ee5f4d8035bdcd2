/** Rows of numbers as a file for other programs. */

export type DataRow = Readonly<Record<string, string | number | null>>;

/** CSV (RFC 4180) with a header; numbers in full, nothing where there is none. Lines end with CR LF. */
export function csvText(rows: readonly DataRow[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? null))];
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

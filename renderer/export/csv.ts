/** A table as text for other programs. */
import type { DataRow } from '../figures/figure-data.ts';

/** CSV (RFC 4180) with a header; numbers in full, nothing where there is none. Lines end with CR LF. */
export function csvText(rows: readonly DataRow[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? null))];
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

/** Tab-separated, as spreadsheets paste it: a tab or a line break within a cell becomes a space. */
export function tsvText(rows: readonly DataRow[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? null))];
  return lines.map((line) => `${line.map((value) => plainCell(value)).join('\t')}\n`).join('');
}

function plainCell(value: string | number | null): string {
  return value === null ? '' : String(value).replace(/[\t\r\n]/gu, ' ');
}

function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

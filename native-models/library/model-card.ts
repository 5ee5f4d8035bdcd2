/** The licence in a model card: the `license:` field of README.md's YAML front matter. */
import { join } from 'node:path';
import { readBytes, withFile } from '../checkpoint/files.ts';

const MAX_FRONT_MATTER_BYTES = 65_536;

/** The licence's identifier as the card gives it (`apache-2.0`), or null when there is no card or it names none. */
export async function readLicense(folder: string): Promise<string | null> {
  const path = join(folder, 'README.md');
  try {
    const bytes = await withFile(path, (file, size) =>
      readBytes(file, path, 0, Math.min(size, MAX_FRONT_MATTER_BYTES)),
    );
    return licenseOf(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** The licence that a card's text names: one, or several joined with ", "; `license_name` when the licence is `other`. */
export function licenseOf(card: string): string | null {
  const lines = card.split(/\r?\n/u);
  if (lines[0]?.trim() !== '---') return null;
  const end = lines.findIndex((line, at) => at > 0 && line.trim() === '---');
  const matter = lines.slice(1, end < 0 ? 0 : end);
  const [license = null] = field(matter, 'license');
  if (license === 'other') return field(matter, 'license_name')[0] ?? license;
  return field(matter, 'license').join(', ') || null;
}

/** The values of a top-level field: on its line, or as a list under it. */
function field(matter: readonly string[], name: string): string[] {
  const at = matter.findIndex((line) => line.startsWith(`${name}:`));
  if (at < 0) return [];
  const inline = scalar(matter[at]?.slice(name.length + 1) ?? '');
  if (inline !== '')
    return inline
      .replace(/^\[|\]$/gu, '')
      .split(',')
      .map(scalar)
      .filter((value) => value !== '');
  const values: string[] = [];
  for (const line of matter.slice(at + 1)) {
    if (!/^\s*-\s/u.test(line)) break;
    values.push(scalar(line.replace(/^\s*-/u, '')));
  }
  return values;
}

/** A plain or quoted YAML scalar without its comment, at most 80 characters. */
function scalar(text: string): string {
  const bare = text
    .trim()
    .replace(/\s#.*$/u, '')
    .trim();
  return bare.replace(/^(["'])(.*)\1$/u, '$2').slice(0, 80);
}

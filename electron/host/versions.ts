/** Headlight's own folder and version, from its package.json. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of Headlight's own package.json, found upwards from this file (sources and bundles lie at different depths). */
export function packageRoot(from = path.dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (nameOf(path.join(folder, 'package.json')) === 'headlight') return folder;
    if (folder === path.dirname(folder)) throw new Error(`headlight's package.json is not above ${from}`);
  }
}

export function appVersion(): string {
  return fieldOf(path.join(packageRoot(), 'package.json'), 'version') ?? 'unknown';
}

function nameOf(file: string): string | null {
  try {
    return fieldOf(file, 'name');
  } catch {
    return null;
  }
}

function fieldOf(file: string, field: 'name' | 'version'): string | null {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const value: unknown = json !== null && typeof json === 'object' ? (json as Record<string, unknown>)[field] : null;
  return typeof value === 'string' ? value : null;
}

/** The library as the model picker shows it. */
import type { ModelEntry } from '../../electron/api/index.ts';
import type { Translate } from './failure.ts';
import { formatBytes, formatParameters } from './format.ts';

const SOURCES = ['bundled', 'folder', 'huggingface'] as const satisfies readonly ModelEntry['source'][];

/** Models by where they come from; inside a section those that can be opened first, in the library's order. */
export function modelSections(
  models: readonly ModelEntry[],
): { source: ModelEntry['source']; entries: ModelEntry[] }[] {
  return SOURCES.map((source) => {
    const all = models.filter((model) => model.source === source);
    return { source, entries: [...all.filter((m) => m.problem === null), ...all.filter((m) => m.problem !== null)] };
  }).filter(({ entries }) => entries.length > 0);
}

/** `6 × 6 · 4.2 M`: layers × heads and parameters, as far as they are known. */
export function shapeText(entry: ModelEntry): string {
  const shape = entry.layers !== null && entry.heads !== null ? `${entry.layers} × ${entry.heads}` : null;
  const size = entry.parameters !== null ? formatParameters(entry.parameters) : null;
  return [shape, size].filter((part) => part !== null).join(' · ');
}

/** One line of facts: family, shape, parameters, file size, text length, licence. */
export function modelFacts(entry: ModelEntry, words: Translate): string {
  const { family, layers, heads, parameters, bytes, maxTokens, license } = entry;
  const parts = [
    family,
    layers !== null && heads !== null ? words('model.shape', { layers, heads }) : null,
    parameters !== null ? formatParameters(parameters) : null,
    bytes !== null ? formatBytes(bytes) : null,
    maxTokens !== null ? words('model.maxTokens', { tokens: maxTokens }) : null,
    license !== null ? words('model.license', { license }) : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

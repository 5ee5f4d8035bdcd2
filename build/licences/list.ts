/** Everything that the app is made of, with its licences: what `licences.json` holds. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { LicenceList } from '../../electron/api/licences.ts';
import { licenseOf } from '../../native-models/library/model-card.ts';
import { shippedPackages } from './packages.ts';

type Part = LicenceList['parts'][number];
type PartWithText = Omit<Part, 'text'> & { readonly text: string | null };

const NO_TEXT = 'The package names its licence and brings no text.';

/**
 * @param root the folder with package.json and node_modules
 * @throws Error naming each part without a licence
 */
export function licencesOf(root: string): LicenceList {
  const parts = [ownPart(root), ...runtimes(root), ...models(root), ...packages(root)];
  const nameless = parts.filter(({ licence }) => licence === '').map(({ name }) => name);
  if (nameless.length > 0) throw new Error(`These parts of the app name no licence: ${nameless.join(', ')}.`);
  const texts = [...new Set(parts.flatMap(({ text }) => text ?? []))];
  return {
    parts: parts.map((part) => ({ ...part, text: part.text === null ? null : texts.indexOf(part.text) })),
    texts,
  };
}

function ownPart(root: string): PartWithText {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const text = readFileSync(path.join(root, 'LICENSE'), 'utf8').trim();
  return { name: 'Headlight', version, kind: 'app', licence: 'MIT', source: null, text, note: null };
}

/** What is in the app and in no dependency of it: Electron with Chromium and Node. */
function runtimes(root: string): PartWithText[] {
  const folder = path.join(root, 'node_modules', 'electron');
  if (!existsSync(folder)) return [];
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  return [
    {
      name: 'Electron',
      version,
      kind: 'runtime',
      licence: 'MIT',
      source: 'https://github.com/electron/electron',
      text: readFileSync(path.join(folder, 'LICENSE'), 'utf8').trim(),
      note: 'With Chromium, Node.js and FFmpeg, whose licences lie beside an installed app as LICENSES.chromium.html.',
    },
  ];
}

function models(root: string): PartWithText[] {
  const folder = path.join(root, 'native-models', 'bundled');
  return readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, 'README.md')))
    .map((name) => {
      const card = readFileSync(path.join(folder, name, 'README.md'), 'utf8');
      const licence = licenseOf(card) ?? '';
      const note = 'Trained for Headlight on public-domain books; its model card lies beside its weights.';
      return { name, version: null, kind: 'model', licence: licence.toUpperCase(), source: null, text: null, note };
    });
}

function packages(root: string): PartWithText[] {
  return shippedPackages(root).map(({ name, version, licence, source, text }) => ({
    name,
    version,
    kind: /font/iu.test(name) ? 'font' : 'package',
    licence,
    source,
    text,
    note: text === null ? NO_TEXT : null,
  }));
}

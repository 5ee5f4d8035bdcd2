/**
 * Folders that look like Electron's, for machines that cannot have the real one. The executables do nothing, but hold the fuses as
 * Electron's do (`@electron/fuses`: a sentinel, the version, how many there are, and a digit each).
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

import type { TargetPlatform } from '../../build/package/target.ts';

/** Electron's own settings: everything as it comes from the factory. */
const FACTORY = '101100011';
const FUSES = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, FACTORY.length]),
  Buffer.from(FACTORY),
]);
const LANGUAGES = ['de', 'en-GB', 'en-US', 'fr', 'nl', 'zh-CN'];
const LICENCES = {
  LICENSE: 'Copyright (c) Electron contributors',
  'LICENSES.chromium.html': '<!doctype html><title>Chromium</title>',
};

/** Makes the folder that Electron's zip for `platform` holds. */
export async function makeElectron(folder: string, platform: TargetPlatform, version: string): Promise<void> {
  if (platform === 'darwin') return makeMac(folder, version);
  const executable = platform === 'win32' ? 'electron.exe' : 'electron';
  await writeFiles(folder, {
    ...LICENCES,
    version,
    'resources.pak': 'pak',
    [executable]: platform === 'win32' ? windowsExecutable() : FUSES,
    ...Object.fromEntries(LANGUAGES.map((name) => [`locales/${name}.pak`, name])),
  });
  await mkdir(path.join(folder, 'resources'), { recursive: true });
  await chmod(path.join(folder, executable), 0o755);
}

/** A program with an empty resource section, which electron-builder writes the icon, the version and asar's hash to. */
function windowsExecutable(): Uint8Array {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(Uint8Array.from(FUSES).buffer);
  return new Uint8Array(program.generate());
}

const HELPERS = ['Helper', 'Helper (GPU)', 'Helper (Plugin)', 'Helper (Renderer)'];

async function makeMac(folder: string, version: string): Promise<void> {
  const contents = 'Electron.app/Contents';
  const framework = `${contents}/Frameworks/Electron Framework.framework`;
  const languages = LANGUAGES.map((name) => name.replace('-', '_'));
  await writeFiles(folder, {
    ...LICENCES,
    version,
    [`${contents}/Info.plist`]: plist('Electron', version),
    [`${contents}/MacOS/Electron`]: 'stand-in',
    [`${contents}/Resources/electron.icns`]: 'icns',
    [`${framework}/Electron Framework`]: FUSES,
    ...Object.fromEntries(
      languages.map((name) => [`${framework}/Versions/A/Resources/${name}.lproj/locale.pak`, name]),
    ),
    ...Object.fromEntries(
      HELPERS.flatMap((helper) => {
        const app = `${contents}/Frameworks/Electron ${helper}.app/Contents`;
        return [
          [`${app}/Info.plist`, plist(`Electron ${helper}`, version)],
          [`${app}/MacOS/Electron ${helper}`, 'stand-in'],
        ] as const;
      }),
    ),
  });
}

function plist(name: string, version: string): string {
  const entries = {
    CFBundleExecutable: name,
    CFBundleIdentifier: 'com.github.Electron',
    CFBundleName: name,
    CFBundlePackageType: 'APPL',
    CFBundleVersion: version,
  };
  const body = Object.entries(entries).map(([key, value]) => `<key>${key}</key><string>${value}</string>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict>${body.join('')}</dict></plist>\n`;
}

/** Writes files by their path below `folder`. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, data] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, data);
  }
}

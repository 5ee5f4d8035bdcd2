/** A Chromium for the end-to-end tests: an installed one, else Playwright's own download, else the system's package. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { attempt, installDebian, lastLine, root } from '../support/processes.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
];

/** Path of a browser on this machine, or null. `CHROMIUM_PATH` comes first. */
export function findBrowser(): string | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const own = process.env['CHROMIUM_PATH'];
  const places = [...(own === undefined ? [] : [own]), ...onPath, ...FIXED, chromium.executablePath()];
  return places.find(isExecutable) ?? null;
}

/**
 * As `findBrowser`, and installs one when there is none.
 * @throws Error with every attempt's reason when no browser can be had
 */
export function prepareBrowser(): string {
  const found = findBrowser();
  if (found !== null) return found;
  console.log('No Chromium found: installing one.');
  const own = attempt(process.execPath, [path.join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium']);
  if (own.ok) {
    installSystemLibraries();
    return chromium.executablePath();
  }
  const system = installDebian(['chromium']);
  const installed = findBrowser();
  if (installed !== null) return installed;
  throw new Error(
    `no Chromium: Playwright's download failed (${lastLine(own.output)}), ` +
      `apt-get install chromium failed (${lastLine(system.output)}); set CHROMIUM_PATH to a Chromium or Chrome`,
  );
}

/** Playwright's download needs libraries that a bare Linux lacks; without the right to install them the launch says which. */
function installSystemLibraries(): void {
  if (process.platform !== 'linux') return;
  const cli = path.join(root, 'node_modules/playwright/cli.js');
  const outcome = attempt(process.execPath, [cli, 'install-deps', 'chromium']);
  if (!outcome.ok) console.log(`Chromium's system libraries could not be installed: ${lastLine(outcome.output)}`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

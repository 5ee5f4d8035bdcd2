/** `npm run e2e [-- Playwright's arguments]`: the app in a real Chromium. Builds first, unless `npm test` has just built. */
import path from 'node:path';
import { follow, npmRun, root } from '../support/processes.ts';
import { prepareBrowser } from './browser.ts';

async function main(args: readonly string[]): Promise<number> {
  const built = process.env['HEADLIGHT_E2E_REPORT'] === undefined ? await npmRun('build') : 0;
  if (built !== 0) return built;
  const cli = path.join(root, 'node_modules/@playwright/test/cli.js');
  const config = path.join(import.meta.dirname, 'playwright.config.ts');
  const env = { ...process.env, CHROMIUM_PATH: prepareBrowser() };
  return follow(process.execPath, [cli, 'test', '--config', config, ...args], { env });
}

process.exitCode = await main(process.argv.slice(2));

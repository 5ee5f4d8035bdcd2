/** `npm run e2e [-- Playwright's arguments]`: the app in a real Chromium, or with `--project=electron` in Electron. */
import path from 'node:path';
import { follow, npmRun, root } from '../support/processes.ts';

const cli = path.join(root, 'node_modules/@playwright/test/cli.js');
const config = path.join(import.meta.dirname, 'playwright.config.ts');
const args = process.argv.slice(2);

const built = process.env['HEADLIGHT_E2E_REPORT'] !== undefined ? 0 : await npmRun('build');
process.exitCode = built === 0 ? await follow(process.execPath, [cli, 'test', '--config', config, ...args]) : built;

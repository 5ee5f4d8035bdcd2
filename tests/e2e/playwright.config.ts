import { defineConfig } from '@playwright/test';
import { prepareBrowser } from './browser.ts';

const report = process.env['HEADLIGHT_E2E_REPORT'];
/** Electron's own test needs its binary; CI fetches it and asks for the project by name. */
const electron = process.argv.some((argument) => argument.includes('electron'));

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ...(report === undefined ? [] : [['json', { outputFile: report }] as const])],
  projects: electron
    ? [{ name: 'electron', testMatch: 'electron.spec.ts' }]
    : [
        {
          name: 'chromium',
          testMatch: '*.spec.ts',
          testIgnore: 'electron.spec.ts',
          use: {
            viewport: { width: 1440, height: 900 },
            locale: 'en-GB',
            screenshot: 'only-on-failure',
            launchOptions: {
              executablePath: prepareBrowser(),
              args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
            },
          },
        },
      ],
});

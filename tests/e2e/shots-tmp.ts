import { chromium } from '@playwright/test';
import { fixtures } from '../support/fixtures.ts';
import { App } from './support/app.ts';
import { startApp } from './support/server.ts';
const server = await startApp(fixtures);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [w, h, theme] of [[1280, 720, 'light'], [1920, 1080, 'dark']] as const) {
  const page = await browser.newPage({ viewport: { width: w, height: h } });
  const app = new App(page, server);
  await app.open();
  await app.theme(theme);
  const text = 'The keeper of the light counted the boats by the harbour, and Don forgets the chart twice.';
  for (const model of ['tiny-bert-tok', 'tiny-distilbert-cls', 'tiny-roberta-cls']) {
    await app.model(model);
    await app.sentence.fill(text);
    await app.station('prediction');
    if (model === 'tiny-bert-tok') await app.part('token-label-5').click();
    await page.waitForTimeout(800);
    await page.screenshot({ path: `/tmp/shots/${model}-${theme}.png` });
  }
  await app.model('tiny-bert-tok');
  await app.station('pattern');
  await app.part('tab-what-if').click();
  await app.part('what-if-scope-layer').click();
  await app.part('what-if-knock-out').click();
  await app.station('prediction');
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `/tmp/shots/changed-${theme}.png` });
  await app.model('tiny-roberta-cls');
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `/tmp/shots/value-changed-${theme}.png` });
  await page.close();
}
await browser.close();
await server.stop();
process.exit(0);

/** The embedding projector with 50,000 points, rows of a made-up table, in a real Chromium. */
import { expect, type Page } from '@playwright/test';
import { App } from '../../e2e/support/app.ts';
import type { AppServer } from '../../e2e/support/server.ts';
import { framesDuring, hover, pan, zoom } from './recorder.ts';
import type { Frames } from './recorder.ts';

const STEPS = 60;
export const POINTS = 50_000;

export interface ProjectorMeasured {
  readonly gesture: 'draw' | 'hover' | 'zoom' | 'pan' | 'turn';
  /** Milliseconds until the projection was made and drawn; of `draw` only. */
  readonly draw?: number;
  readonly frames?: Frames;
}

/** @param server with a model whose embedding table has `POINTS` rows or more */
export async function measureProjector(page: Page, server: AppServer): Promise<ProjectorMeasured[]> {
  const app = new App(page, server);
  await app.open();
  await app.sentence.fill('w1 w2 w3');
  await expect(app.part('status-tokens')).toHaveText('3 tokens', { timeout: 120_000 });
  await app.station('embedding');
  await app.part('view-projector').click();
  await app.part('projector-what').selectOption('table');
  const start = performance.now();
  await app.part('projector-rows').selectOption(String(POINTS));
  await drawn(app);
  const measured: ProjectorMeasured[] = [{ gesture: 'draw', draw: performance.now() - start }];
  const box = (await app.part('scatter').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const of = async (gesture: ProjectorMeasured['gesture'], act: () => Promise<void>): Promise<void> => {
    await page.waitForTimeout(500);
    measured.push({ gesture, frames: await framesDuring(page, act) });
  };
  await of('hover', () => hover(page, box, STEPS));
  await of('zoom', () => zoom(page, middle, STEPS));
  await of('pan', () => pan(page, middle, STEPS));
  await app.part('projector-components-3').click();
  await drawn(app);
  await of('turn', () => pan(page, middle, STEPS));
  return measured;
}

async function drawn(app: App): Promise<void> {
  await expect(app.part('projector')).toHaveAttribute('aria-busy', 'false', { timeout: 300_000 });
  const canvas = app.part('scatter').locator('canvas');
  await expect(canvas).toHaveAttribute('data-drawn', String(POINTS), { timeout: 60_000 });
}

/** The app's own views in a real Chromium: how fast they move and answer, at one length of text. */
import { expect, type Page } from '@playwright/test';
import { App } from '../../e2e/support/app.ts';
import type { AppServer } from '../../e2e/support/server.ts';
import { framesDuring, hover, pan, zoom } from './recorder.ts';
import type { Frames } from './recorder.ts';

const STEPS = 60;

export interface Measured {
  readonly view: 'matrix' | 'heads' | 'flow';
  readonly gesture: 'draw' | 'zoom' | 'pan' | 'hover';
  /** Milliseconds until the view stood there; of `draw` only. */
  readonly draw?: number;
  readonly frames?: Frames;
}

/** @param tokens words of the stand-in tokenizer, a token each */
export async function measureHeadlight(page: Page, server: AppServer, tokens: number): Promise<Measured[]> {
  const app = new App(page, server);
  await app.open();
  await app.sentence.fill(Array.from({ length: tokens }, (_, at) => `w${(at * 37) % 1000}`).join(' '));
  await expect(app.part('status-tokens')).toHaveText(`${tokens} tokens`, { timeout: 120_000 });
  await settled(app);
  const measured: Measured[] = [];
  for (const [view, element] of [
    ['matrix', 'matrix'],
    ['heads', 'heads-room'],
    ['flow', 'flow'],
  ] as const) {
    const draw = await timeOf(app, view, element);
    measured.push({ view, gesture: 'draw', draw });
    const box = (await app.part(element).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const gestures = {
      hover: () => hover(page, box, STEPS),
      zoom: () => zoom(page, middle, STEPS),
      pan: () => pan(page, middle, STEPS),
    };
    // In between, so that panning has something to move.
    const enlarge = (): Promise<void> => zoom(page, middle, 12).then(() => page.mouse.wheel(0, -600));
    for (const gesture of view === 'flow' ? (['hover'] as const) : (['hover', 'zoom', 'pan'] as const)) {
      if (gesture === 'pan') await enlarge();
      await settled(app);
      measured.push({ view, gesture, frames: await framesDuring(page, gestures[gesture]) });
    }
  }
  return measured;
}

/** From the click on its name to the second frame with the view's figure. */
async function timeOf(app: App, view: string, element: string): Promise<number> {
  const other = view === 'matrix' ? 'reading' : 'matrix';
  await app.part(`view-${other}`).click();
  await settled(app);
  const start = performance.now();
  await app.part(`view-${view}`).click();
  await app.part(element).waitFor();
  await app.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return performance.now() - start;
}

async function settled(app: App): Promise<void> {
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false', { timeout: 120_000 });
  await app.page.waitForTimeout(300);
}

/** Points of the matrix: the colour that is drawn there, and the number that it stands for. */
import type { Locator } from '@playwright/test';
import { colourScale, weightScale } from '../../../renderer/figures/colour-scale.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { exact, expect, numberIn, type App } from './app.ts';

export async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('expected the matrix on screen');
  return box;
}

/** The colours on the canvas at a point of the matrix and at the eight pixels around it, as `#rrggbb`; the point's own first. */
async function coloursAround(matrix: Locator, x: number, y: number): Promise<readonly string[]> {
  return matrix.locator('canvas').evaluate(
    (canvas: HTMLCanvasElement, [left, top]) => {
      const copy = document.createElement('canvas');
      const context = copy.getContext('2d', { willReadFrequently: true });
      context?.drawImage(canvas, 1 - left, 1 - top);
      const data = [...(context?.getImageData(0, 0, 3, 3).data ?? [])];
      return [4, 0, 1, 2, 3, 5, 6, 7, 8].map((at) => {
        const parts = data.slice(4 * at, 4 * at + 3).map((part) => part.toString(16).padStart(2, '0'));
        return `#${parts.join('')}`;
      });
    },
    [Math.floor(x), Math.floor(y)] as const,
  );
}

/** The colour on the canvas at a point of the matrix, as `#rrggbb`. */
export async function colourAt(matrix: Locator, x: number, y: number): Promise<string> {
  const [own] = await coloursAround(matrix, x, y);
  if (own === undefined) throw new Error('expected a canvas to read');
  return own;
}

/** How far two colours are apart, in steps of the channel that differs most: the picture goes by the nearest of 256 colours. */
export function apart(a: string, b: string): number {
  const parts = (colour: string) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return Math.max(...parts(a).map((part, at) => Math.abs(part - (parts(b)[at] ?? NaN))));
}

/** Numbers between 0 and 1 that are the same in every run. */
export function* shares(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
}

/**
 * At each enlargement, points at random: what the tooltip says and, from the third on, the colour of the picture are the weight that the inspector has. `precision`: of what the tooltip says, relative, and absolute for the smallest.
 * @returns how many points were in the matrix
 */
export async function checkPoints(
  app: App,
  zooms: readonly number[],
  precision: readonly [number, number],
): Promise<number> {
  const { page } = app;
  const scale = colourScale(weightScale(), THEMES.light);
  const random = shares(7);
  const box = await boxOf(app.matrix);
  let checked = 0;
  for (const [step, turns] of zooms.entries()) {
    for (let turn = 0; turn < turns; turn += 1) {
      await page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.45);
      await page.mouse.wheel(0, -240);
    }
    for (let attempt = 0; attempt < 6; attempt += 1) {
      // In the middle of a pixel, as the pixel that is read.
      const place = (length: number) => Math.floor(length * (0.25 + 0.45 * random.next().value)) + 0.5;
      const [x, y] = [place(box.width), place(box.height)];
      await page.mouse.move(Math.floor(box.x) + x, Math.floor(box.y) + y);
      await page.waitForTimeout(60);
      const tooltip = app.part('tooltip');
      if (!(await tooltip.isVisible())) continue;
      const shown = numberIn((await tooltip.innerText()).split('  ')[1] ?? '');
      // The exact row of a long text is fetched when the pointer rests on it.
      const apartBy = async () => {
        const weight = await exact(app, 'number-weight');
        return Math.abs(shown - weight) - (weight * precision[0] + precision[1]);
      };
      await expect.poll(apartBy).toBeLessThanOrEqual(0);
      const weight = await exact(app, 'number-weight');
      if (step >= 2) {
        // The picture is drawn with the next frame. A point beside another cell may be read on either side of the border.
        const picture = async () => {
          const [own = '', ...around] = await coloursAround(app.matrix, x, y);
          return around.every((colour) => colour === own) ? apart(own, scale.colour(weight)) : 0;
        };
        await expect.poll(picture).toBeLessThanOrEqual(2);
      }
      checked += 1;
    }
  }
  return checked;
}

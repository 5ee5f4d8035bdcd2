import { at, valueOf } from './support/reference.ts';
import { exact, expect, numberIn, test, type App } from './support/app.ts';

const SENTENCE = 'The children played in the garden until the rain came.';
const MODEL = 'headlight-gpt';
const [LAYER, HEAD, QUERY, KEY] = [1, 2, 6, 2];
const HIDDEN = [
  { kind: 'mask', site: { stack: 'decoder', layer: LAYER, head: HEAD }, query: QUERY, key: KEY, visible: false },
] as const;

const value = async (stage: string, changed = false): Promise<number> =>
  at(await valueOf(MODEL, { text: SENTENCE }, `decoder.1.self.${stage}`, HEAD, changed ? HIDDEN : []), QUERY, KEY);

/** A click in the middle of a cell of a matrix, at where the figure's own marks say that the selected cell is. */
async function clickSelected(app: App, figure: string): Promise<void> {
  const mark = app.part(figure).locator('.selection rect').last();
  const box = (await mark.boundingBox())!;
  await app.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

async function hideCell(app: App): Promise<void> {
  await app.sentence.fill(SENTENCE);
  await app.head(LAYER, HEAD);
  await app.station('masked');
  await app.cell(QUERY, KEY);
  await app.part('edit-mask').click();
  await clickSelected(app, 'matrix');
  await expect(app.part('run-bar')).toBeVisible();
}

test('a click on a cell of the mask hides the key: original, changed and difference side by side, with the engine’s numbers', async ({
  app,
}) => {
  await hideCell(app);
  for (const part of ['matrix', 'matrix-changed', 'matrix-difference']) await expect(app.part(part)).toBeVisible();
  await expect(app.part('matrix-changed').getByTestId('readout')).toContainText('the mask hides it');
  await expect(app.part('number-mask-changed')).toHaveText('−∞');
  await app.station('pattern');
  const [before, after] = [await value('pattern'), await value('pattern', true)];
  expect(after).toBe(0);
  await expect.poll(() => exact(app, 'number-weight')).toBeCloseTo(before, 6);
  expect(await exact(app, 'number-weight-changed')).toBe(0);
  const other = at(await valueOf(MODEL, { text: SENTENCE }, 'decoder.1.self.pattern', HEAD, HIDDEN), QUERY, KEY + 1);
  await app.cell(QUERY, KEY + 1);
  await expect.poll(() => exact(app, 'number-weight-changed')).toBeCloseTo(other, 6);
  await expect(app.part('matrix-difference').getByTestId('readout')).toContainText('→');
  const readout = await app.part('matrix-difference').getByTestId('readout').innerText();
  expect(numberIn(readout)).toBeCloseTo(other, 3);
});

test('clicking the cell again lets it be seen, and nothing is changed any more', async ({ app }) => {
  await hideCell(app);
  await expect(app.part('matrix-changed')).toBeVisible();
  await app.part('matrix-changed').focus();
  await app.page.keyboard.press('Enter');
  await expect(app.part('run-bar')).toHaveCount(0);
  await expect(app.part('matrix-changed')).toHaveCount(0);
  await expect(app.part('number-weight-changed')).toHaveCount(0);
});

test('a key above the diagonal can be seen when its cell is clicked, and the weights then reach it', async ({
  app,
}) => {
  await app.sentence.fill(SENTENCE);
  await app.head(LAYER, HEAD);
  await app.station('masked');
  await app.cell(2, 6);
  await app.part('edit-mask').click();
  await app.matrix.focus();
  await app.page.keyboard.press('Enter');
  await app.station('pattern');
  const seen = [{ ...HIDDEN[0], query: 2, key: 6, visible: true }];
  const weight = at(await valueOf(MODEL, { text: SENTENCE }, 'decoder.1.self.pattern', HEAD, seen), 2, 6);
  expect(weight).toBeGreaterThan(0);
  await expect(app.part('number-weight')).toHaveText('0');
  await expect.poll(() => exact(app, 'number-weight-changed')).toBeCloseTo(weight, 6);
});

test('the views of the run: one figure or three, and a table of both at the prediction', async ({ app }) => {
  await hideCell(app);
  await app.station('pattern');
  await app.part('run-view-changed').click();
  await expect(app.part('matrix-changed')).toBeVisible();
  await expect(app.part('matrix')).toHaveCount(0);
  await app.part('run-view-difference').click();
  await expect(app.part('matrix-difference')).toBeVisible();
  await expect(app.part('matrix-changed')).toHaveCount(0);
  await app.part('run-view-original').click();
  await expect(app.part('matrix')).toBeVisible();
  await expect(app.part('number-weight-changed')).toHaveCount(0);
  await app.part('run-view-both').click();
  for (const station of ['qkv', 'context', 'residual']) {
    await app.station(station);
    for (const part of ['vectors', 'vectors-changed', 'vectors-difference']) await expect(app.part(part)).toBeVisible();
  }
  await app.station('prediction');
  const table = app.part('prediction-change');
  await expect(table).toBeVisible();
  for (const line of await table.locator('tbody tr').all()) {
    const [before, after, delta] = await line
      .locator('td.number')
      .evaluateAll((cells) =>
        cells.slice(0, 3).map((cell) => (cell.querySelector('[title]') ?? cell).getAttribute('title') ?? ''),
      );
    const number = (text: string | undefined) => Number(text?.replaceAll('−', '-'));
    expect(number(delta)).toBeCloseTo(number(after) - number(before), 12);
  }
  await app.station('tokens');
  await expect(app.part('token-table')).toBeVisible();
});

test('typing on keeps the change and compares the new text', async ({ app }) => {
  await hideCell(app);
  await app.station('pattern');
  await app.type('The children played in the garden until the snow came and stayed.', 13);
  await expect(app.part('matrix-changed')).toBeVisible();
  await expect(app.part('number-weight-changed')).toBeVisible();
  await app.sentence.fill('The');
  await app.shows(1);
  await expect(app.part('run-bar'), 'a text without that query has nothing to change').toHaveCount(0);
});

for (const size of [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
]) {
  test(`at ${size.width} × ${size.height} the three figures do not overlap and stay inside the stage`, async ({
    app,
  }) => {
    await app.page.setViewportSize(size);
    await hideCell(app);
    await app.station('pattern');
    const boxes: { x: number; y: number; width: number; height: number }[] = [];
    for (const part of ['matrix', 'matrix-changed', 'matrix-difference'])
      boxes.push((await app.part(part).locator('canvas').boundingBox())!);
    const stage = (await app.part('stage').boundingBox())!;
    boxes.forEach((box, index) => {
      expect(box.x).toBeGreaterThanOrEqual(stage.x);
      expect(box.x + box.width).toBeLessThanOrEqual(stage.x + stage.width + 1);
      const next = boxes[index + 1];
      if (next !== undefined) expect(box.x + box.width <= next.x + 1 || box.y + box.height <= next.y + 1).toBe(true);
    });
  });
}

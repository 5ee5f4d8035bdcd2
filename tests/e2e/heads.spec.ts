import type { Page } from '@playwright/test';
import { decodeFrame, encodeFrame } from '../../electron/api/index.ts';
import { headScoresOf } from './support/reference.ts';
import { App, expect, numberIn, test } from './support/app.ts';

const SENTENCE = 'One two three four five six seven eight nine ten.';
const TOKENS = 11;

/** Every head in the order in which it stands: its place in the model, and the value that its name ends with. */
async function heads(app: App): Promise<{ layer: number; head: number; value: number }[]> {
  const cells = await app
    .part('atlas')
    .getByRole('gridcell')
    .evaluateAll((elements) =>
      elements.map((element) => ({
        layer: Number(element.getAttribute('data-layer')),
        head: Number(element.getAttribute('data-head')),
        name: element.getAttribute('aria-label') ?? '',
      })),
    );
  return cells.map(({ layer, head, name }) => ({ layer, head, value: numberIn(name) }));
}

for (const { id, stack } of [
  { id: 'headlight-gpt', stack: 'decoder' },
  { id: 'headlight-bert', stack: 'encoder' },
]) {
  test(`${id}: sorted by induction, the heads stand in the order that native-models measures`, async ({ app }) => {
    await app.model(id);
    await app.colour('score.induction');
    await expect(app.part('atlas-legend')).toContainText('weight');
    await expect(app.part('atlas-source')).toHaveText('On test sequences, not on this sentence.');
    await app.order('highest');
    const shown = await heads(app);
    const measured = (await headScoresOf(id)).filter((item) => item.stack === stack);
    const expected = [...measured].sort((a, b) => b.scores.induction - a.scores.induction);
    expect(shown).toHaveLength(measured.length);
    shown.forEach(({ value }, rank) => {
      expect(value, `rank ${rank + 1}`).toBeCloseTo(expected[rank]!.scores.induction, 2);
      if (rank > 0) expect(value).toBeLessThanOrEqual(shown[rank - 1]!.value);
    });
    expect(shown[0]).toMatchObject({ layer: expected[0]!.layer, head: expected[0]!.head });
    const first = app.part(`head-${expected[0]!.layer}-${expected[0]!.head}`);
    await expect(first).toHaveText(
      `${expected[0]!.layer}.${expected[0]!.head}${expected[0]!.scores.induction.toFixed(3)}`,
    );
    await app.order('lowest');
    const lowest = (await heads(app)).map(({ value }) => value);
    expect(lowest).toEqual([...lowest].sort((a, b) => a - b));
    await app.order('position');
    const places = (await heads(app)).map(({ layer, head }) => layer * 1000 + head);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
}

test('distances are in tokens, and the panel gives all scores of the selected head', async ({ app }) => {
  await app.colour('score.distance');
  await expect(app.part('atlas-legend')).toContainText('tokens');
  await app.order('highest');
  const [farthest] = await heads(app);
  await app.part(`head-${farthest!.layer}-${farthest!.head}`).click();
  expect(farthest!.value).toBeGreaterThan(1);
  expect(numberIn((await app.part('score-distance').locator('.value').textContent()) ?? '')).toBe(farthest!.value);
  const weight = numberIn((await app.part('score-previousToken').locator('.value').textContent()) ?? '');
  expect(weight).toBeGreaterThanOrEqual(0);
  expect(weight).toBeLessThanOrEqual(1);
});

test('sorting works for the statistics of the sentence, and follows the sentence', async ({ app }) => {
  await app.type(SENTENCE, TOKENS);
  await app.colour('statistic.entropy');
  await app.order('lowest');
  const before = (await heads(app)).map(({ value }) => value);
  expect(before).toEqual([...before].sort((a, b) => a - b));
  expect(new Set(before).size).toBeGreaterThan(4);
  await app.type('One two three four five six.', 7);
  await expect.poll(async () => (await heads(app)).map(({ value }) => value)).not.toEqual(before);
  const after = (await heads(app)).map(({ value }) => value);
  expect(after).toEqual([...after].sort((a, b) => a - b));
});

test('the same head stays selected and in view when the order changes, and arrow keys follow the ranks', async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await app.colour('score.previousToken');
  await app.order('highest');
  const ranked = await heads(app);
  const last = ranked.at(-1)!;
  await app.order('position');
  await app.part(`head-${last.layer}-${last.head}`).click();
  await app.order('highest');
  const chosen = app.part(`head-${last.layer}-${last.head}`);
  await expect(chosen).toHaveAttribute('aria-selected', 'true');
  await expect(chosen).toBeInViewport({ ratio: 1 });
  const rankOf = async (): Promise<number> => {
    const cell = app.part('atlas').locator('[aria-selected=true]');
    await expect(cell).toBeFocused();
    await expect(cell).toBeInViewport({ ratio: 1 });
    const place = [await cell.getAttribute('data-layer'), await cell.getAttribute('data-head')].map(Number);
    await expect(app.part('stage-subtitle')).toContainText(`layer ${place[0]!}, head ${place[1]!}`);
    return ranked.findIndex(({ layer, head }) => layer === place[0] && head === place[1]);
  };
  const columns = await app.part('atlas').getByRole('row').first().getByRole('gridcell').count();
  await chosen.focus();
  await page.keyboard.press('ArrowLeft');
  expect(await rankOf()).toBe(ranked.length - 2);
  await page.keyboard.press('ArrowUp');
  expect(await rankOf()).toBe(ranked.length - 2 - columns);
  await page.keyboard.press('PageUp');
  expect(await rankOf()).toBe((ranked.length - 2) % columns);
  await page.keyboard.press('Home');
  expect(await rankOf()).toBe(0);
  await page.keyboard.press('ArrowRight');
  expect(await rankOf()).toBe(1);
});

test('weights are neither high nor low: those orders are off, and the kept one comes back with a statistic', async ({
  app,
  page,
}) => {
  await app.part('atlas-order').click();
  for (const order of ['highest', 'lowest']) {
    await expect(app.part(`order-${order}`)).toHaveAttribute('aria-disabled', 'true');
  }
  await page.keyboard.press('Escape');
  await app.colour('statistic.distance');
  await app.order('highest');
  await app.colour('pictures');
  await expect(app.part('atlas-order')).toContainText('position');
  await expect(app.part('atlas-ranked')).toHaveCount(0);
  await app.colour('statistic.previous');
  await expect(app.part('atlas-ranked')).toBeVisible();
});

for (const size of [
  { width: 1280, height: 720 },
  { width: 900, height: 800 },
  { width: 760, height: 900 },
]) {
  test(`${size.width}×${size.height}: ranked heads stay in their place, and nothing scrolls sideways`, async ({
    app,
    page,
  }) => {
    await page.setViewportSize(size);
    await app.colour('score.induction');
    await app.order('highest');
    const atlas = (await app.part('atlas').boundingBox())!;
    for (const part of ['atlas-colour', 'atlas-order', 'atlas-ranked', 'atlas-legend']) {
      const box = (await app.part(part).boundingBox())!;
      expect(box.x, part).toBeGreaterThanOrEqual(atlas.x);
      expect(box.x + box.width, part).toBeLessThanOrEqual(atlas.x + atlas.width);
    }
    const sideways = await app.part('atlas').evaluate((panel) => {
      const all = [panel, ...panel.querySelectorAll('.atlas-ranked'), document.documentElement];
      return all.map((element) => element.scrollWidth - element.clientWidth);
    });
    expect(sideways).toEqual([0, 0, 0]);
    const cut = await app
      .part('atlas')
      .locator('.tile-place, .tile-value')
      .evaluateAll((labels) =>
        labels.filter((label) => {
          const tile = label.parentElement!.getBoundingClientRect();
          const box = label.getBoundingClientRect();
          return box.left < tile.left || box.right > tile.right || box.top < tile.top || box.bottom > tile.bottom;
        }),
      );
    expect(cut).toHaveLength(0);
  });
}

/** Lets the first `model.heads` of the page fail. */
async function failFirst(page: Page): Promise<{ asked: number }> {
  const counter = { asked: 0 };
  await page.routeWebSocket(/.*/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const frame = typeof message === 'string' ? null : (decodeFrame(new Uint8Array(message)) as Request);
      if (frame?.channel !== 'model.heads' || counter.asked++ > 0) {
        server.send(message);
        return;
      }
      const failure = { code: 'internal', message: 'the test says no' };
      socket.send(Buffer.from(encodeFrame({ kind: 'response', id: frame.id, ok: false, failure })));
    });
  });
  return counter;
}

interface Request {
  readonly id: number;
  readonly channel: string;
}

test('scores that cannot be measured say so and can be tried again; the sentence runs meanwhile', async ({
  page,
  server,
}) => {
  const counter = await failFirst(page);
  const app = new App(page, server);
  await app.open();
  expect(counter.asked).toBe(0);
  await app.part('atlas-colour').click();
  await app.part('colour-score.induction').click();
  await expect(app.part('atlas-failed')).toContainText('The heads could not be measured. The test says no.');
  await app.type(SENTENCE, TOKENS);
  await expect(app.part('atlas').getByRole('gridcell').first()).toBeVisible();
  await app.part('atlas-retry').click();
  await expect(app.part('atlas-legend')).toContainText('weight');
  await expect(app.part('atlas-failed')).toHaveCount(0);
  expect(counter.asked).toBe(2);
  await app.colour('score.self');
  expect(counter.asked).toBe(2);
});

test('no negative number of the window has an ASCII minus', async ({ app, page }) => {
  await app.type(SENTENCE, TOKENS);
  for (const station of ['scores', 'prediction', 'residual']) {
    await app.station(station);
    const found = await page.evaluate(() => {
      const texts = [...document.body.querySelectorAll('*')].flatMap((element) => [
        element.getAttribute('title') ?? '',
        element.getAttribute('aria-label') ?? '',
        ...[...element.childNodes]
          .filter((node) => node.nodeType === Node.TEXT_NODE)
          .map((node) => node.nodeValue ?? ''),
      ]);
      return {
        ascii: texts.filter((text) => /(^|[^\w])-\d/.test(text)),
        real: texts.filter((text) => /−\d/.test(text)),
      };
    });
    expect(found.ascii, station).toEqual([]);
    expect(found.real.length, station).toBeGreaterThan(0);
  }
});

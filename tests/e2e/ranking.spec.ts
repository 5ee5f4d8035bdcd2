import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { decodeFrame, encodeFrame } from '../../electron/api/index.ts';
import { openModel, predict, rankHeads, runText, startComparison, finish } from '../../native-models/index.ts';
import type { Intervention, Model } from '../../native-models/index.ts';
import { App, expect, numberIn, test } from './support/app.ts';

const SENTENCE = 'One two three four five six seven eight nine ten.';
const TOKENS = 11;
const MODEL = 'headlight-gpt';

let model: Model;

test.beforeAll(async () => {
  model = await openModel(MODEL, { device: 'cpu' });
});

test.afterAll(async () => {
  await model.dispose();
});

interface Head {
  readonly layer: number;
  readonly head: number;
}

const knockOut = ({ layer, head }: Head): Intervention => ({
  kind: 'head',
  site: { stack: 'decoder', layer, head },
  factor: 0,
});

/** Every candidate that the model predicts after a text, in that run alone. */
async function candidatesAfter(text: string, interventions: readonly Intervention[] = []) {
  const trace = await runText(model, { text }, { interventions });
  const [prediction] = await predict(trace, { candidates: model.entry.vocabulary ?? 0 });
  trace.dispose();
  return prediction!.candidates;
}

/** What the engine's ranking says of a text, layers first. */
async function rankingOf(text: string, interventions: readonly Intervention[] = []) {
  const trace = await runText(model, { text }, { interventions });
  const heads = await rankHeads(trace);
  trace.dispose();
  return heads;
}

/** A number of the panel, as exact as its title. */
async function exactly(app: App, testId: string): Promise<number> {
  const title = await app.part(testId).getAttribute('title');
  return Number(title?.replaceAll('−', '-'));
}

/** The value that a head's name ends with. */
async function named(app: App, { layer, head }: Head): Promise<number> {
  return numberIn((await app.part(`head-${layer}-${head}`).getAttribute('aria-label')) ?? '');
}

/** Waits until the heads have the numbers of the shown prediction. */
async function measured(app: App): Promise<void> {
  await expect(app.part('atlas-legend')).toBeVisible();
  await expect(app.part('head-panel')).toHaveAttribute('aria-busy', 'false');
}

/** The heads in the order in which they stand. */
async function places(app: App): Promise<Head[]> {
  const cells = app.part('atlas').getByRole('gridcell');
  return cells.evaluateAll((elements) =>
    elements.map((element) => ({
      layer: Number(element.getAttribute('data-layer')),
      head: Number(element.getAttribute('data-head')),
    })),
  );
}

test('a head’s change of probability is that of knocking it out, and the heads stand in its order', async ({ app }) => {
  await app.type(SENTENCE, TOKENS);
  await app.colour('effect.deltaProbability');
  await measured(app);
  const [first] = await candidatesAfter(SENTENCE);
  const caption = app.part('atlas-prediction');
  await expect(caption).toHaveText(
    `probability of “${first!.text.trim()}” after “.”: ${first!.probability.toPrecision(3)}`,
  );
  await app.order('highest');
  const order = await places(app);
  const ranking = await rankingOf(SENTENCE);
  const expected = [...ranking].sort((a, b) => b.deltaProbability - a.deltaProbability);
  expect(order).toEqual(expected.map(({ layer, head }) => ({ layer, head })));
  const largest = [...ranking].sort((a, b) => Math.abs(b.deltaProbability) - Math.abs(a.deltaProbability))[0]!;
  expect(Math.abs(largest.deltaProbability)).toBeGreaterThan(1e-4);
  await app.part(`head-${largest.layer}-${largest.head}`).click();
  const without = (await candidatesAfter(SENTENCE, [knockOut(largest)])).find(({ id }) => id === first!.id)!;
  const delta = without.probability - first!.probability;
  expect(Math.abs((await exactly(app, 'effect-deltaProbability')) - delta)).toBeLessThan(1e-6);
  expect(Math.abs((await exactly(app, 'effect-deltaLogit')) - (without.logit - first!.logit))).toBeLessThan(1e-4);
  expect(await exactly(app, 'effect-klNats')).toBeCloseTo(largest.klNats, 9);
  expect(numberIn((await app.part('effect-deltaProbability').locator('.value').textContent()) ?? '')).toBe(
    await named(app, largest),
  );
  await app.order('lowest');
  expect(await places(app)).toEqual(
    [...ranking].sort((a, b) => a.deltaProbability - b.deltaProbability).map(({ layer, head }) => ({ layer, head })),
  );
});

test('signed changes have a scale centred on 0, KL one from 0; another text and another token are measured by themselves', async ({
  app,
}) => {
  await app.type(SENTENCE, TOKENS);
  await app.colour('effect.deltaLogit');
  await measured(app);
  const ends = await app.part('atlas-legend').locator('span').allTextContents();
  expect(ends).toHaveLength(4);
  expect(ends[0]).toBe(`−${ends[2]}`);
  expect(ends[1]).toBe('0');
  expect(ends[3]).toBe('Δ logit');
  const place = { layer: 1, head: 2 };
  const text = 'One two three four five';
  await app.type(text, 5);
  await measured(app);
  await expect(app.part('atlas-prediction')).toContainText('after “five”');
  const logits = (await rankingOf(text)).find(({ layer, head }) => layer === place.layer && head === place.head)!;
  await expect.poll(async () => named(app, place)).toBeCloseTo(logits.deltaLogit, 2);
  await app.part('position-picker').click();
  await app.page.getByRole('option', { name: /^2/ }).click();
  await expect(app.part('atlas-prediction')).toContainText('after “three”');
  await app.colour('effect.klNats');
  await measured(app);
  await expect(app.part('atlas-legend')).toContainText('nats');
  await expect(app.part('atlas-legend').locator('span').first()).toHaveText('0');
});

interface RankRequest {
  readonly id: number;
  readonly channel: string;
}

interface Held {
  /** How many parts the page has asked for. */
  asked: number;
  /** Parts that go to the engine at once; the next ones wait for `release`. */
  free: number;
  release(): void;
}

/** Holds the page's questions for rankings back; must be called before the page is opened. */
async function hold(page: Page): Promise<Held> {
  const waiting: (() => void)[] = [];
  const held: Held = {
    asked: 0,
    free: 0,
    release: () => {
      for (const send of waiting.splice(0)) send();
    },
  };
  await page.routeWebSocket(/.*/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const frame = typeof message === 'string' ? null : (decodeFrame(new Uint8Array(message)) as RankRequest);
      const send = (): void => server.send(message);
      const isRank = frame?.channel === 'trace.rank';
      if (isRank) held.asked += 1;
      if (isRank && held.asked > held.free) waiting.push(send);
      else send();
    });
  });
  return held;
}

/** Long enough for several parts. */
const LONG = Array.from({ length: 20 }, () => 'One two three four five six seven eight nine ten.').join(' ');

test('measuring shows how far it is, can be stopped and goes on; the window works meanwhile', async ({
  page,
  server,
}) => {
  const held = await hold(page);
  const app = new App(page, server);
  await app.open();
  await app.model(MODEL);
  await app.type(LONG, (await runText(model, { text: LONG })).tokens.length);
  // With the focus, a long sentence covers what is below it.
  await app.sentence.blur();
  held.free = 1;
  await app.part('atlas-colour').click();
  await app.part('colour-effect.deltaProbability').click();
  await expect(app.part('atlas-measuring')).toHaveText(/^Measuring heads… [1-9]\d? %Stop$/);
  expect(held.asked).toBe(2);
  await app.head(2, 1);
  await app.part('atlas-stop').click();
  await expect(app.part('atlas-stopped')).toHaveText(/^Stopped at [1-9]\d? %\.Continue$/);
  held.free = Infinity;
  held.release();
  await app.head(3, 4);
  await app.station('scores');
  expect(held.asked).toBe(2);
  await expect(app.part('atlas-stopped')).toBeVisible();
  await app.part('atlas-retry').click();
  await measured(app);
  expect(held.asked).toBeGreaterThan(2);
  const ranking = await rankingOf(LONG);
  const shown = ranking.find(({ layer, head }) => layer === 3 && head === 4)!;
  expect(Math.abs((await exactly(app, 'effect-deltaProbability')) - shown.deltaProbability)).toBeLessThan(1e-6);
});

test('a ranking that fails says so and can be tried again', async ({ page, server }) => {
  let asked = 0;
  await page.routeWebSocket(/.*/, (socket) => {
    const engine = socket.connectToServer();
    socket.onMessage((message) => {
      const frame = typeof message === 'string' ? null : (decodeFrame(new Uint8Array(message)) as RankRequest);
      if (frame?.channel !== 'trace.rank' || asked++ > 0) {
        engine.send(message);
        return;
      }
      const failure = { code: 'internal', message: 'the test says no' };
      socket.send(Buffer.from(encodeFrame({ kind: 'response', id: frame.id, ok: false, failure })));
    });
  });
  const app = new App(page, server);
  await app.open();
  await app.model(MODEL);
  await app.part('atlas-colour').click();
  await app.part('colour-effect.klNats').click();
  await expect(app.part('atlas-failed')).toContainText('The heads could not be measured. The test says no.');
  await app.part('atlas-retry').click();
  await measured(app);
  expect(await exactly(app, 'effect-klNats')).toBeGreaterThanOrEqual(0);
});

test('the changed run: its heads are marked, ranked and compared with the original', async ({ app }) => {
  await app.type(SENTENCE, TOKENS);
  await app.part('atlas-colour').click();
  await app.part('colour-effect.moved').click();
  await expect(app.part('atlas-missing')).toContainText('Nothing is changed');
  await expect(app.part('atlas-run')).toHaveCount(0);
  const knocked = { layer: 2, head: 1 };
  await app.head(knocked.layer, knocked.head);
  await app.part('tab-what-if').click();
  await app.part('what-if-knock-out').click();
  await expect(app.part('atlas-run')).toHaveText('changed');
  await measured(app);
  const [before, after] = [
    await runText(model, { text: SENTENCE }),
    await runText(model, { text: SENTENCE }, { interventions: [knockOut(knocked)] }),
  ];
  const layers = await finish(startComparison(before, after));
  for (const { layer, heads } of layers) {
    expect(await named(app, { layer, head: 0 }), `layer ${layer}`).toBeCloseTo(heads[0]!, 3);
  }
  expect(await named(app, { layer: 5, head: 0 })).toBeGreaterThan(0);
  expect(await named(app, { layer: 2, head: 0 })).toBe(0);
  await app.colour('effect.deltaProbability');
  await measured(app);
  const changed = (await rankingOf(SENTENCE, [knockOut(knocked)])).find((item) => item.layer === 5 && item.head === 0)!;
  await app.part('head-5-0').click();
  await expect
    .poll(async () => Math.abs((await exactly(app, 'effect-deltaProbability')) - changed.deltaProbability))
    .toBeLessThan(1e-6);
  await app.part(`head-${knocked.layer}-${knocked.head}`).click();
  expect(await exactly(app, 'effect-deltaProbability')).toBeCloseTo(0, 6);
  await app.part('settings').click();
  await app.part('settings-example').click();
  await expect(app.part('atlas-missing')).toHaveText(/^No output layer/);
  await expect(app.part('atlas-run')).toHaveCount(0);
});

/** Violations of WCAG 2.2 A and AA that axe calls serious or critical. */
async function violations(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
  const { violations: all } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return all
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

for (const theme of ['light', 'dark'] as const) {
  test(`${theme}: heads coloured by what a prediction loses have no serious accessibility violation`, async ({
    app,
    page,
  }) => {
    await app.theme(theme);
    await app.type(SENTENCE, TOKENS);
    await app.colour('effect.deltaProbability');
    await measured(app);
    expect(await violations(page), 'by position').toEqual([]);
    await app.order('lowest');
    expect(await violations(page), 'by value').toEqual([]);
  });
}

test('Dutch: the colours, the prediction and the numbers of a head', async ({ app }) => {
  await app.type(SENTENCE, TOKENS);
  await app.colour('effect.deltaProbability');
  await app.part('language').click();
  await expect(app.part('atlas-colour')).toHaveText('Kleur: Δ kans');
  await expect(app.part('atlas-prediction')).toHaveText(/^kans op “.+” na “\.”: 0?\.?\d/);
  await expect(app.part('head-panel').getByRole('term')).toHaveText(['Δ kans', 'Δ logit', 'KL-divergentie']);
  await app.part('atlas-colour').click();
  await expect(app.page.getByRole('listbox')).toContainText('Deze voorspelling, zonder de head');
  await app.page.keyboard.press('Escape');
});

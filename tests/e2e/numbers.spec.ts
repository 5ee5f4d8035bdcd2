import { at, valueOf } from './support/reference.ts';
import { exact, expect, numberIn, test } from './support/app.ts';

const SENTENCE = 'The children played in the garden until the rain came.';
const PLACES = [
  { layer: 0, head: 0, query: 1, key: 0 },
  { layer: 2, head: 3, query: 7, key: 7 },
  { layer: 3, head: 1, query: 9, key: 4 },
] as const;

for (const { id, stack } of [
  { id: 'headlight-gpt', stack: 'decoder' },
  { id: 'headlight-bert', stack: 'encoder' },
]) {
  test(`${id}: every step in the inspector is what native-models computes`, async ({ app }) => {
    if (id !== 'headlight-gpt') await app.model(id);
    await app.sentence.fill(SENTENCE);
    await app.station('pattern');
    for (const { layer, head, query, key } of PLACES) {
      await app.head(layer, head);
      await app.cell(query, key);
      const value = async (stage: string) =>
        at(await valueOf(id, { text: SENTENCE }, `${stack}.${layer}.self.${stage}`, head), query, key);
      await expect.poll(() => exact(app, 'number-weight')).toBeCloseTo(await value('pattern'), 6);
      expect(await exact(app, 'number-score')).toBeCloseTo(await value('scores'), 4);
      expect(await exact(app, 'number-scaled')).toBeCloseTo(await value('scaled'), 5);
      const quotient = (await exact(app, 'number-exponential')) / (await exact(app, 'number-sum'));
      expect(quotient).toBeCloseTo(await value('pattern'), 5);
    }
  });

  test(`${id}: each matrix station shows the values of its own stage`, async ({ app }) => {
    if (id !== 'headlight-gpt') await app.model(id);
    await app.sentence.fill(SENTENCE);
    await app.head(1, 2);
    await app.cell(6, 2);
    for (const stage of ['scores', 'scaled', 'masked', 'pattern']) {
      await app.station(stage);
      const expected = at(await valueOf(id, { text: SENTENCE }, `${stack}.1.self.${stage}`, 2), 6, 2);
      const shown = numberIn(await app.readout.innerText());
      expect(Math.abs(shown - expected), stage).toBeLessThanOrEqual(Math.abs(expected) * 6e-4 + 1e-6);
    }
  });
}

test('a cell that the causal mask hides says so, and its weight is 0', async ({ app }) => {
  await app.sentence.fill(SENTENCE);
  await app.station('masked');
  await app.cell(2, 6);
  await expect(app.readout).toContainText('the mask hides it');
  await expect(app.part('number-mask')).toContainText('hidden');
  expect(await exact(app, 'number-weight')).toBe(0);
});

test('the vectors of a token are those of the traced values', async ({ app, page }) => {
  await app.sentence.fill(SENTENCE);
  await app.head(1, 0);
  for (const [station, name, head] of [
    ['qkv', 'decoder.1.self.q', 0],
    ['context', 'decoder.1.self.context', 0],
    ['residual', 'decoder.1.hidden', undefined],
  ] as const) {
    await app.station(station);
    await app.part('token-4').click();
    await app.part('vectors').focus();
    await page.keyboard.press('ArrowRight');
    const expected = at(await valueOf('headlight-gpt', { text: SENTENCE }, name, head), 4, 1);
    await expect(app.readout).toContainText('dimension 1:');
    expect(Math.abs(numberIn(await app.readout.innerText()) - expected), name).toBeLessThan(
      Math.abs(expected) * 6e-4 + 1e-6,
    );
  }
});

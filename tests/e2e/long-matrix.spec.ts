/** 1,024 tokens: the whole matrix is drawn from half-precision numbers, and every number that is read is exact. */
import { expect } from './support/app.ts';
import { longText, test } from './support/long.ts';
import { checkPoints } from './support/points.ts';

const TOKENS = 1024;
/** Half precision keeps 11 bits, and weights below 6e-5 in steps of 6e-8; the tooltip says three digits. */
const HALF = [6e-3, 6e-8] as const;

test('of 1,024 tokens, at every zoom, the picture is the number beside it and in the inspector', async ({ app }) => {
  test.setTimeout(180_000);
  await longText(app, TOKENS);
  await app.head(5, 7);
  expect(await checkPoints(app, [0, 4, 5, 4], HALF)).toBeGreaterThan(12);
});

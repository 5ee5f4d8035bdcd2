/** The position table of a family whose texts begin further down in it. */
import { expect, it } from 'vitest';
import { positions } from '../../../native-models/index.ts';
import { assertClose } from '../../support/close.ts';
import { goldenCases, openFixture } from '../../support/fixtures.ts';

it('RoBERTa’s begins with the place of a text’s first token, and has as many as a text may have tokens', async () => {
  const model = await openFixture('tiny-roberta');
  const table = model.embeddings.position!;
  expect([table.rows, model.maxTokens]).toEqual([64, 64]);
  const { values, ids } = goldenCases('tiny-roberta').find(({ name }) => name === 'single')!;
  const { data } = values.get('embedding.position')!;
  assertClose(await table.read(0, ids.length), data as Float32Array, { atol: 0, rtol: 0 });
  expect(await positions(model)).toMatchObject({ kind: 'learned', rows: 64, shown: 64 });
  await model.dispose();
});

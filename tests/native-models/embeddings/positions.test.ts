import { afterAll, describe, expect, it } from 'vitest';
import { openModel, positions } from '../../../native-models/index.ts';

describe('positions of a model', () => {
  const models = ['headlight-gpt', 'headlight-bert'].map((id) => openModel(id, { device: 'cpu' }));
  afterAll(async () => {
    for (const model of models) await (await model).dispose();
  });

  it.each([0, 1])('are the cosines of its table (%i)', async (at) => {
    const model = await models[at]!;
    const table = model.embeddings.position!;
    const found = await positions(model);
    if (found.kind !== 'learned') throw new Error('expected learned positions');
    expect(found).toMatchObject({ rows: table.rows, columns: table.columns, shown: table.rows });
    const [a, b] = [await table.read(3, 1), await table.read(17, 1)];
    const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    expect(found.cosine[3 * found.shown + 17]).toBeCloseTo(cosine, 5);
    expect(found.cosine[17 * found.shown + 3]).toBe(found.cosine[3 * found.shown + 17]);
    expect(found.norms[17]).toBeCloseTo(Math.sqrt(dot(b, b)), 5);
    expect(found.cosine[5 * found.shown + 5]).toBeCloseTo(1, 5);
  });
});

/**
 * Flows through the layers against the NumPy reference of tests/fixtures (make_flow_fixtures.py), and what must hold in any model.
 */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runText, slice, startFlow, traceFlow } from '../../../native-models/index.ts';
import type { FlowOptions, Intervention, LayerFlow, Model, StackInfo, Trace } from '../../../native-models/index.ts';
import { assertClose } from '../../support/close.ts';
import { fixtures, goldenCases, openFixture } from '../../support/fixtures.ts';
import type { GoldenCase } from '../../support/fixtures.ts';
import { readNpz } from '../../support/npz.ts';

const GOLDEN = { atol: 1e-5, rtol: 1e-4 };
const TIGHT = { atol: 1e-6, rtol: 1e-5 };

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, value) => all + value, 0);

describe.each(['tiny-gpt2', 'tiny-bert'] as const)('%s', (name) => {
  const cases = goldenCases(name);
  const reference = readNpz(path.join(fixtures, `${name}.flows.npz`));
  const traces = new Map<GoldenCase, Trace>();
  let model: Model;
  let stack: StackInfo;
  let trace: Trace;
  let tokens: number;

  beforeAll(async () => {
    model = await openFixture(name);
    stack = model.stacks[0]!;
    for (const golden of cases) traces.set(golden, await runText(model, golden.input));
    trace = traces.get(cases[0]!)!;
    tokens = trace.tokens.length;
  });
  afterAll(() => model.dispose());

  /** Row `index` of the last axis but one of a reference array, at a place of the first axis. */
  const expected = (golden: GoldenCase, key: string, at: readonly number[]) => {
    const { dims, data } = reference.get(`${golden.name}/${key}`)!;
    const columns = dims.at(-1)!;
    const row = at.reduce((place, index, axis) => place * dims[axis]! + index, 0);
    return data.subarray(row * columns, (row + 1) * columns) as Float32Array;
  };
  const boundary = ({ relevance }: LayerFlow, at: number, size: number) =>
    relevance.subarray(at * size, (at + 1) * size);
  const everyTarget = async (
    options: FlowOptions,
    check: (golden: GoldenCase, flow: LayerFlow, size: number) => void,
  ) => {
    for (const [golden, each] of traces) {
      const size = each.tokens.length;
      for (let target = 0; target < size; target += 2)
        check(golden, await traceFlow(each, { ...options, target }), size);
    }
  };
  const run = (...interventions: Intervention[]) => runText(model, cases[0]!.input, { interventions });

  it.each(['attention', 'norms'] as const)('raw %s is that of the reference, in every layer', (weighting) =>
    everyTarget({ method: 'raw', weighting }, (golden, flow, size) => {
      for (let layer = 0; layer < stack.layers; layer++) {
        const row = expected(golden, `raw.${weighting}`, [layer, flow.target]);
        assertClose(boundary(flow, layer, size), row, GOLDEN, `${golden.name} ${layer} ${flow.target}`);
      }
    }),
  );

  it.each([
    ['rollout.attention', { weighting: 'attention' }],
    ['rollout.a20', { weighting: 'attention', residual: 0.2 }],
    ['rollout.norms', { weighting: 'norms' }],
  ] as const)('%s is that of the reference, at every layer boundary', (key, options) =>
    everyTarget(options, (golden, flow, size) => {
      for (let at = 0; at <= stack.layers; at++) {
        const row = expected(golden, key, [at, flow.target]);
        assertClose(boundary(flow, at, size), row, GOLDEN, `${golden.name} ${at} ${flow.target}`);
      }
      expect(flow.scale).toBe(1);
    }),
  );

  it.each(['attention', 'norms'] as const)('maximum flows over %s are those of the reference', (weighting) =>
    everyTarget({ method: 'flow', weighting }, (golden, flow, size) => {
      const row = expected(golden, `flow.${weighting}`, [flow.target]);
      const amounts = boundary(flow, 0, size).map((share) => share * flow.scale);
      assertClose(amounts, row, GOLDEN, `${golden.name} ${flow.target}`);
      assertClose([flow.scale], [sum(row)], GOLDEN, 'their sum');
    }),
  );

  it.each([
    { method: 'rollout' },
    { method: 'rollout', weighting: 'norms' },
    { method: 'flow' },
    { method: 'flow', weighting: 'norms', residual: 0.9 },
  ] as const)('the edges of %o lead from boundary to boundary and lose nothing', async (options) => {
    const flow = await traceFlow(trace, { ...options, edges: 10_000 });
    expect(flow.layers.map(({ layer }) => layer)).toEqual(Array.from({ length: stack.layers }, (_, layer) => layer));
    for (const { layer, total, residual, edges } of flow.layers) {
      const [above, below] = [new Float32Array(tokens), new Float32Array(tokens)];
      for (const { from, to, amount } of edges) {
        below[from]! += amount;
        above[to]! += amount;
      }
      assertClose(above, boundary(flow, layer + 1, tokens), TIGHT, `above ${layer}`);
      assertClose(below, boundary(flow, layer, tokens), TIGHT, `below ${layer}`);
      assertClose([total, sum(boundary(flow, layer, tokens))], [1, 1], TIGHT);
      assertClose([residual], [sum(edges.filter((edge) => edge.residual).map(({ amount }) => amount))], TIGHT);
      expect(edges.filter((edge) => edge.residual).every(({ from, to }) => from === to)).toBe(true);
      expect(residual).toBeGreaterThan(0);
    }
  });

  it('lists the largest edges of each layer, and tells how much all of them are', async () => {
    const all = await traceFlow(trace, { edges: 10_000 });
    const some = await traceFlow(trace, { edges: 5 });
    all.layers.forEach((layer, at) => {
      expect(some.layers[at]).toEqual({ ...layer, edges: layer.edges.slice(0, 5) });
    });
    expect(sum(all.layers[0]!.edges.slice(0, 5).map(({ amount }) => amount))).toBeLessThan(0.999);
  });

  it('the residual share is what passes through the residual stream in every layer', async () => {
    for (const share of [0, 0.25, 1]) {
      const { layers, residual } = await traceFlow(trace, { residual: share });
      expect(residual).toBe(share);
      assertClose(
        layers.map((layer) => layer.residual),
        layers.map(() => share),
        TIGHT,
      );
    }
    const kept = await traceFlow(trace, { residual: 1, target: 2 });
    for (let at = 0; at <= stack.layers; at++) expect(boundary(kept, at, tokens)[2]).toBe(1);
    const given = [await traceFlow(trace, { method: 'raw' }), await traceFlow(trace, { weighting: 'norms' })];
    expect(given.map(({ residual }) => residual)).toEqual([null, null]);
  });

  it('without a residual share, rollout is the product of the mean patterns', async () => {
    const flow = await traceFlow(trace, { residual: 0, target: 3 });
    let row = Array.from({ length: tokens }, (_, token): number => (token === 3 ? 1 : 0));
    for (let layer = stack.layers - 1; layer >= 0; layer--) {
      const { data } = await slice(trace, `${stack.name}.${layer}.self.pattern`);
      const mean = (to: number, from: number) =>
        sum(Array.from({ length: stack.heads }, (_, head) => data[(head * tokens + to) * tokens + from]!)) /
        stack.heads;
      row = row.map((_, from) => sum(row.map((has, to) => has * mean(to, from))));
      assertClose(boundary(flow, layer, tokens), row, TIGHT, `layer ${layer}`);
    }
  });

  it('only tokens that can be seen count', async () => {
    const { relevance } = await traceFlow(trace, { method: 'flow', target: 3 });
    const later = Array.from(relevance.subarray(0, tokens)).slice(4);
    expect(later.every((share) => (stack.causal ? share === 0 : share > 0))).toBe(true);
  });

  it('follows what was changed in the run', async () => {
    const back = await run({ kind: 'pattern', site: {}, pattern: 'previous' });
    const flow = await traceFlow(back, { residual: 0, target: 5 });
    for (let at = 0; at <= stack.layers; at++)
      expect(boundary(flow, at, tokens)[5 - (stack.layers - at)]).toBeCloseTo(1, 6);
    const blind = await run({ kind: 'mask', site: {}, query: 5, key: 1, visible: false });
    const raw = await traceFlow(blind, { method: 'raw', target: 5 });
    for (let layer = 0; layer < stack.layers; layer++) expect(boundary(raw, layer, tokens)[1]).toBe(0);
  });

  it('norms of a head alone are its weights times ‖v·W_O‖, whatever its factor', async () => {
    const [layer, head, target] = [1, 2, 4];
    const alone = await run(
      { kind: 'head', site: { layer }, factor: 0 },
      { kind: 'head', site: { layer, head }, factor: -3 },
    );
    const { relevance } = await traceFlow(alone, { method: 'raw', weighting: 'norms', target });
    const pattern = await slice(alone, `${stack.name}.${layer}.self.pattern`, head);
    const norms = await slice(alone, `${stack.name}.${layer}.self.valueNorm`, head);
    const written = Array.from({ length: tokens }, (_, key) => pattern.data[target * tokens + key]! * norms.data[key]!);
    const shares = written.map((norm) => norm / sum(written));
    assertClose(relevance.subarray(layer * tokens, (layer + 1) * tokens), shares, GOLDEN);
  });

  it('where all heads are knocked out, norms are of the residual stream alone', async () => {
    const off = await run({ kind: 'head', site: { layer: 1 }, factor: 0 });
    const mixed = await traceFlow(off, { weighting: 'norms' });
    expect([mixed.layers[1]!.residual, mixed.layers[1]!.edges.length]).toEqual([1, expect.any(Number)]);
    expect(mixed.layers[1]!.edges.every(({ residual }) => residual)).toBe(true);
    expect(mixed.layers[0]!.residual).toBeLessThan(1);
    const raw = await traceFlow(off, { method: 'raw', weighting: 'norms' });
    expect([raw.layers[1]!.total, raw.layers[1]!.edges]).toEqual([0, []]);
    expect(sum(boundary(raw, 1, tokens))).toBe(0);
  });

  it('goes a layer a step, and answers when all are done', async () => {
    const rolling = startFlow(trace);
    expect(rolling.fraction).toBe(0);
    for (let done = 1; done < stack.layers; done++) {
      expect(await rolling.step()).toBeNull();
      expect(rolling.fraction).toBeCloseTo(done / stack.layers, 9);
    }
    const result = await rolling.step();
    expect(result).toEqual(await traceFlow(trace));
    expect(await rolling.step()).toEqual(result);
    const flowing = startFlow(trace, { method: 'flow' });
    let [before, answer]: [number, LayerFlow | null] = [-1, null];
    while (answer === null) {
      expect(flowing.fraction).toBeGreaterThan(before);
      before = flowing.fraction;
      answer = await flowing.step();
    }
    expect(flowing.fraction).toBe(1);
  });

  it('says what cannot be', async () => {
    const failure = async (options: FlowOptions) => traceFlow(trace, options).catch((error: unknown) => String(error));
    expect(await failure({ target: tokens })).toContain(
      `There is no token ${tokens}; the text has tokens 0…${tokens - 1}.`,
    );
    expect(await failure({ residual: 1.5 })).toContain(
      "The residual stream's share is 1.5; expected a number from 0 to 1.",
    );
    expect(await failure({ edges: 0 })).toContain('expected 1 or more');
    expect(await failure({ stack: 'vision' })).toContain(`There is no vision with self-attention`);
  });
});

describe('a text too long for attention flow', () => {
  it('is told so, with the limit', async () => {
    const model = await openFixture('tiny-gpt2');
    const trace = await runText(model, { text: 'The sea' });
    const long = { ...trace, data: { ...trace.data, tokens: Array.from({ length: 4000 }, () => trace.tokens[0]!) } };
    expect(() => startFlow(long, { method: 'flow', target: 0 })).toThrow(/up to \d+ tokens, and this one has 4000/u);
    expect(() => startFlow(long, { method: 'rollout', target: 0 })).not.toThrow();
    await model.dispose();
  });
});

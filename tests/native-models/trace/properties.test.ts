/** What must hold for attention in any family, on every layer and head. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATISTICS, runText, slice, summary } from '../../../native-models/index.ts';
import type { Intervention, Model, Slice, StackInfo, Trace } from '../../../native-models/index.ts';
import { assertClose } from '../../support/close.ts';
import { goldenCases, openFixture } from '../../support/fixtures.ts';

const TIGHT = { atol: 1e-6, rtol: 1e-5 };

describe.each(['tiny-gpt2', 'tiny-bert', 'tiny-bert-cls'] as const)('%s', (name) => {
  const golden = goldenCases(name)[0]!;
  let model: Model;
  let stack: StackInfo;
  let trace: Trace;

  beforeAll(async () => {
    model = await openFixture(name);
    stack = model.stacks[0]!;
    trace = await runText(model, golden.input);
  });

  afterAll(async () => {
    await model.dispose();
  });

  const site = (layer: number, value: string) => `${stack.name}.${layer}.self.${value}`;
  const each = async (check: (layer: number, head: number) => Promise<void>) => {
    for (let layer = 0; layer < stack.layers; layer++)
      for (let head = 0; head < stack.heads; head++) await check(layer, head);
  };
  const run = (...interventions: Intervention[]) => runText(model, golden.input, { interventions });

  it('rows of pattern sum to 1', () =>
    each(async (layer, head) => {
      const pattern = await slice(trace, site(layer, 'pattern'), head);
      assertClose(rowSums(pattern), new Array<number>(pattern.dims[0]!).fill(1), TIGHT, `pattern ${layer}.${head}`);
    }));

  it('scaled is scores ÷ √d_head', () =>
    each(async (layer, head) => {
      const scores = await slice(trace, site(layer, 'scores'), head);
      const scaled = await slice(trace, site(layer, 'scaled'), head);
      assertClose(
        scaled.data,
        scores.data.map((score) => score / Math.sqrt(stack.dHead)),
        TIGHT,
      );
    }));

  it('masked is −∞ exactly where the model hides, and scaled elsewhere', () =>
    each(async (layer, head) => {
      const scaled = await slice(trace, site(layer, 'scaled'), head);
      const masked = await slice(trace, site(layer, 'masked'), head);
      const keys = masked.dims[1]!;
      masked.data.forEach((value, at) => {
        const hidden = stack.causal && at % keys > Math.floor(at / keys);
        expect(value).toBe(hidden ? -Infinity : scaled.data[at]);
      });
    }));

  it('context is pattern·v', () =>
    each(async (layer, head) => {
      const pattern = await slice(trace, site(layer, 'pattern'), head);
      const v = await slice(trace, site(layer, 'v'), head);
      const context = await slice(trace, site(layer, 'context'), head);
      assertClose(context.data, product(pattern, v), { atol: 1e-5, rtol: 1e-5 });
    }));

  it('a slice of one head is that part of the slice of all heads', async () => {
    for (const value of ['q', 'scores', 'masked', 'pattern', 'context']) {
      const all = await slice(trace, site(1, value));
      const one = await slice(trace, site(1, value), 2);
      expect(all.axes).toEqual(['head', ...one.axes]);
      expect(one.data).toEqual(all.data.slice(2 * one.data.length, 3 * one.data.length));
    }
  });

  it('pictures pool the exact pattern by block maxima, and statistics are means over its queries', async () => {
    await checkSummary(trace, stack, model);
    // More than 32 tokens, so that a picture's cell covers a block, and not a whole number of blocks.
    const text = Array(20).fill(golden.input.text).join(' ');
    const long = await runText(model, { text: text.slice(0, stack.causal ? 90 : 190) });
    expect(summary(long)[0]!.block).toBeGreaterThan(1);
    await checkSummary(long, stack, model);
  });

  it('interventions at their neutral values change nothing', async () => {
    const last = trace.tokens.length - 1;
    const neutral = await run(
      { kind: 'scale', site: {}, factor: 1 / Math.sqrt(stack.dHead) },
      { kind: 'head', site: {}, factor: 1 },
      { kind: 'mask', site: {}, query: last, key: 0, visible: true },
    );
    for (let layer = 0; layer < stack.layers; layer++) {
      const before = await slice(trace, `${stack.name}.${layer}.hidden`);
      const after = await slice(neutral, `${stack.name}.${layer}.hidden`);
      assertClose(after.data, before.data, TIGHT, `hidden ${layer}`);
    }
  });

  it("replacing a head's pattern by its own pattern changes nothing", async () => {
    const pattern = await slice(trace, site(1, 'pattern'), 1);
    const own = await run({ kind: 'pattern', site: { layer: 1, head: 1 }, pattern: rowsOf(pattern) });
    const before = await slice(trace, `${stack.name}.final`);
    assertClose((await slice(own, `${stack.name}.final`)).data, before.data, { atol: 1e-5, rtol: 1e-4 });
    assertClose(summary(own)[0]!.statistics, summary(trace)[0]!.statistics, { atol: 1e-4, rtol: 1e-4 }, 'statistics');
  });

  it('a head knocked out has no context, and others keep theirs', async () => {
    const knocked = await run({ kind: 'head', site: { layer: 0, head: 1 }, factor: 0 });
    const context = await slice(knocked, site(0, 'context'), 1);
    expect(context.data.every((value) => value === 0)).toBe(true);
    expect((await slice(knocked, site(0, 'context'), 0)).data).toEqual(
      (await slice(trace, site(0, 'context'), 0)).data,
    );
    expect(await changed(knocked, trace, `${stack.name}.0.hidden`)).toBe(true);
  });

  it('scale takes the place of 1/√d_head in the chosen head only', async () => {
    const scaledBy = await run({ kind: 'scale', site: { layer: 0, head: 2 }, factor: 1 });
    const scores = await slice(scaledBy, site(0, 'scores'), 2);
    expect((await slice(scaledBy, site(0, 'scaled'), 2)).data).toEqual(scores.data);
    expect((await slice(scaledBy, site(0, 'scaled'), 1)).data).toEqual((await slice(trace, site(0, 'scaled'), 1)).data);
    expect(await changed(scaledBy, trace, `${stack.name}.0.hidden`)).toBe(true);
  });

  it('a hidden key gets no weight from that query, in every layer', async () => {
    const hidden = await run({ kind: 'mask', site: {}, query: 3, key: 1, visible: false });
    for (let layer = 0; layer < stack.layers; layer++) {
      const pattern = await slice(hidden, site(layer, 'pattern'), 0);
      const keys = pattern.dims[1]!;
      expect(pattern.data[3 * keys + 1]).toBe(0);
      expect(pattern.data[3 * keys]).toBeGreaterThan(0);
      assertClose(rowSums(pattern), new Array<number>(pattern.dims[0]!).fill(1), TIGHT);
    }
    expect(await changed(hidden, trace, `${stack.name}.0.hidden`)).toBe(true);
  });

  it('the network computes with the same numbers that the slices show', async () => {
    const altered = await run(
      { kind: 'scale', site: { layer: 1 }, factor: 0.1 },
      { kind: 'mask', site: { layer: 1, head: 0 }, query: 2, key: 0, visible: false },
      { kind: 'pattern', site: { layer: 1, head: 3 }, pattern: 'previous' },
      { kind: 'head', site: { layer: 1, head: 1 }, factor: -0.5 },
    );
    await checkSummary(altered, stack, model);
    const context = await slice(altered, site(1, 'context'), 3);
    const v = await slice(altered, site(1, 'v'), 3);
    expect(context.data.slice(stack.dHead, 2 * stack.dHead)).toEqual(v.data.slice(0, stack.dHead));
  });

  it('a run is repeatable to the bit', async () => {
    const again = await runText(model, golden.input);
    expect((await slice(again, `${stack.name}.final`)).data).toEqual((await slice(trace, `${stack.name}.final`)).data);
  });
});

/** Recomputes the summary from exact patterns. */
async function checkSummary(trace: Trace, stack: StackInfo, model: Model): Promise<void> {
  const { grid, block, pictures, statistics } = summary(trace)[0]!;
  expect(grid).toBeLessThanOrEqual(32);
  const separators = trace.data.ids.map((id) => model.tokenizer.separatorIds.has(id));
  for (let layer = 0; layer < stack.layers; layer++) {
    for (let head = 0; head < stack.heads; head++) {
      const pattern = await slice(trace, `${stack.name}.${layer}.self.pattern`, head);
      const at = layer * stack.heads + head;
      const picture = pictures.slice(at * grid * grid, (at + 1) * grid * grid);
      const expected = pooled(pattern, grid, block);
      expect(Math.max(...picture.map((value, cell) => Math.abs(value - expected[cell]!)))).toBeLessThanOrEqual(1);
      const row = statistics.slice(at * STATISTICS.length, (at + 1) * STATISTICS.length);
      assertClose(row, statisticsOf(pattern, separators), { atol: 2e-5, rtol: 1e-4 }, `statistics ${layer}.${head}`);
    }
  }
}

function pooled({ data, dims }: Slice, grid: number, block: number): Uint8Array {
  const [rows, columns] = dims as [number, number];
  const picture = new Uint8Array(grid * grid);
  data.forEach((weight, at) => {
    const cell = Math.floor(Math.floor(at / columns) / block) * grid + Math.floor((at % columns) / block);
    picture[cell] = Math.max(picture[cell]!, Math.round(255 * Math.sqrt(weight)));
  });
  expect(rows).toBe(columns);
  return picture;
}

function statisticsOf({ data, dims }: Slice, separators: readonly boolean[]): number[] {
  const [queries, keys] = dims as [number, number];
  const sums = { entropy: 0, distance: 0, first: 0, previous: 0, self: 0, separator: 0 };
  data.forEach((p, at) => {
    const [query, key] = [Math.floor(at / keys), at % keys];
    if (p > 0) sums.entropy -= p * Math.log(p);
    sums.distance += p * Math.abs(query - key);
    if (key === 0) sums.first += p;
    if (key === query - 1) sums.previous += p;
    if (key === query) sums.self += p;
    if (separators[key] === true) sums.separator += p;
  });
  return STATISTICS.map((name) => sums[name] / (name === 'previous' ? queries - 1 : queries));
}

function rowSums({ data, dims }: Slice): number[] {
  const [rows, columns] = dims as [number, number];
  return Array.from({ length: rows }, (_, row) =>
    data.subarray(row * columns, (row + 1) * columns).reduce((a, b) => a + b, 0),
  );
}

function rowsOf({ data, dims }: Slice) {
  const [rows, columns] = dims as [number, number];
  return Array.from({ length: rows }, (_, query) => ({
    query,
    weights: Array.from(data.subarray(query * columns, (query + 1) * columns)),
  }));
}

function product(left: Slice, right: Slice): Float32Array {
  const [rows, inner] = left.dims as [number, number];
  const columns = right.dims[1]!;
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < inner; k++)
      sum += left.data[Math.floor(at / columns) * inner + k]! * right.data[k * columns + (at % columns)]!;
    return sum;
  });
}

async function changed(a: Trace, b: Trace, name: string): Promise<boolean> {
  const [left, right] = [await slice(a, name), await slice(b, name)];
  return left.data.some((value, at) => Math.abs(value - right.data[at]!) > 1e-4);
}

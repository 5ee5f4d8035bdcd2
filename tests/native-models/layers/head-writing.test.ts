/**
 * What each head writes, against plain arithmetic on the checkpoint's weights and on the values of Hugging Face transformers (the
 * reference of tests/fixtures).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runText, slice } from '../../../native-models/index.ts';
import type { Intervention, Model, StackInfo, Trace } from '../../../native-models/index.ts';
import { assertClose, difference } from '../../support/close.ts';
import { fixtures, goldenCases, openFixture } from '../../support/fixtures.ts';
import type { GoldenCase } from '../../support/fixtures.ts';

const TOLERANCE = { atol: 1e-5, rtol: 1e-4 };

interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** How the two families store W_Q and W_O: GPT-2 as [in, out] with q, k and v side by side, BERT as [out, in]. */
const STORED = {
  decoder: { query: 'attn.c_attn', output: 'attn.c_proj', layer: 'h', inOut: true },
  encoder: { query: 'attention.self.query', output: 'attention.output.dense', layer: 'encoder.layer', inOut: false },
} as const;

describe.each(['tiny-gpt2', 'tiny-bert', 'tiny-bert-cls'] as const)('%s', (name) => {
  const cases = goldenCases(name);
  const weights = readWeights(path.join(fixtures, name, 'model.safetensors'));
  const traces = new Map<GoldenCase, Trace>();
  let model: Model;
  let stack: StackInfo;

  beforeAll(async () => {
    model = await openFixture(name);
    stack = model.stacks[0]!;
    for (const golden of cases) traces.set(golden, await runText(model, golden.input));
  });
  afterAll(() => model.dispose());

  const stored = () => STORED[stack.name as 'encoder' | 'decoder'];
  const site = (layer: number, value: string) => `${stack.name}.${layer}.self.${value}`;
  const weightOf = (layer: number, part: 'query' | 'output', kind: 'weight' | 'bias') =>
    weights(`${stored().layer}.${layer}.${stored()[part]}.${kind}`);
  /** W_O as [in, out] and its bias. */
  const projection = (layer: number) => {
    const weight = weightOf(layer, 'output', 'weight');
    return { weight: stored().inOut ? weight : transposed(weight), bias: weightOf(layer, 'output', 'bias').data };
  };
  const each = async (check: (golden: GoldenCase, trace: Trace, layer: number) => Promise<void>) => {
    for (const [golden, trace] of traces)
      for (let layer = 0; layer < stack.layers; layer++) await check(golden, trace, layer);
  };
  const run = (...interventions: Intervention[]) => runText(model, cases[0]!.input, { interventions });

  it.each([
    ['valueNorm', 'v'],
    ['outputNorm', 'context'],
  ])('%s is ‖%s·W_O‖, with the rows of W_O that belong to the head', (norm, vector) =>
    each(async (golden, trace, layer) => {
      const { weight } = projection(layer);
      const { dims, data } = golden.values.get(site(layer, vector))!;
      const [heads, tokens, dHead] = dims as [number, number, number];
      const expected = Array.from({ length: heads * tokens }, (_, at) => {
        const head = Math.floor(at / tokens);
        const row = data.subarray(at * dHead, (at + 1) * dHead) as Float32Array;
        return length(timesRows(row, weight, head * dHead));
      });
      const actual = await slice(trace, site(layer, norm));
      expect([actual.axes, actual.dims]).toEqual([
        ['head', 'token'],
        [heads, tokens],
      ]);
      assertClose(actual.data, expected, TOLERANCE, site(layer, norm));
    }),
  );

  it('valueGram has valueNorm² on its diagonal, and is symmetric', () =>
    each(async (_golden, trace, layer) => {
      const gram = await slice(trace, site(layer, 'valueGram'));
      const norms = await slice(trace, site(layer, 'valueNorm'));
      const [heads, tokens] = norms.dims as [number, number];
      expect([gram.axes, gram.dims]).toEqual([
        ['token', 'head', 'head'],
        [tokens, heads, heads],
      ]);
      const at = (token: number, a: number, b: number) => gram.data[(token * heads + a) * heads + b]!;
      const places = Array.from({ length: heads * tokens }, (_, index) => [Math.floor(index / tokens), index % tokens]);
      assertClose(
        places.map(([head, token]) => at(token!, head!, head!)),
        norms.data.map((norm) => norm ** 2),
        TOLERANCE,
      );
      for (let token = 0; token < tokens; token++) assertClose([at(token, 0, 1)], [at(token, 1, 0)], TOLERANCE);
    }));

  it('mixGram is valueGram with the residual stream, where no norm follows their sum', () =>
    each(async (_golden, trace, layer) => {
      if (layer === 0) return;
      const [mixed, plain] = [await slice(trace, site(layer, 'mixGram')), await slice(trace, site(layer, 'valueGram'))];
      const [tokens, heads] = plain.dims as [number, number];
      expect(mixed.dims).toEqual([tokens, heads + 1, heads + 1]);
      const heart = Array.from(mixed.data).filter((_, index) => {
        const [a, b] = [Math.floor(index / (heads + 1)) % (heads + 1), index % (heads + 1)];
        return a < heads && b < heads;
      });
      const stream = await slice(trace, `${stack.name}.${layer - 1}.hidden`);
      const hidden = stream.dims[1]!;
      const squares = Array.from(
        { length: tokens },
        (_, token) => length(stream.data.subarray(token * hidden, (token + 1) * hidden)) ** 2,
      );
      const corners = squares.map((_, token) => mixed.data[(token + 1) * (heads + 1) ** 2 - 1]!);
      expect(difference(heart, plain.data, TOLERANCE) === null).toBe(stack.causal);
      expect(difference(corners, squares, TOLERANCE) === null).toBe(stack.causal);
    }));

  it('input is what q is made from', () =>
    each(async (golden, trace, layer) => {
      const stored = weightOf(layer, 'query', 'weight');
      const weight = stack.causal ? stored : transposed(stored);
      const bias = weightOf(layer, 'query', 'bias').data;
      const input = await slice(trace, site(layer, 'input'));
      const [tokens, hidden] = input.dims as [number, number];
      expect(input.axes).toEqual(['token', 'hidden']);
      const q = golden.values.get(site(layer, 'q'))!.data as Float32Array;
      for (let token = 0; token < tokens; token++) {
        const made = timesRows(input.data.subarray(token * hidden, (token + 1) * hidden), weight, 0);
        const expected = Array.from({ length: hidden }, (_, at) => {
          const [head, d] = [Math.floor(at / stack.dHead), at % stack.dHead];
          return q[(head * tokens + token) * stack.dHead + d]!;
        });
        assertClose(
          expected.map((_, at) => made[at]! + bias[at]!),
          expected,
          TOLERANCE,
          `${site(layer, 'input')} of token ${token}`,
        );
      }
    }));

  it('input is the hidden state that enters the layer where the norm comes after', () =>
    each(async (_golden, trace, layer) => {
      if (layer === 0) return;
      const input = await slice(trace, site(layer, 'input'));
      const entering = await slice(trace, `${stack.name}.${layer - 1}.hidden`);
      expect(sameNumbers(input.data, entering.data)).toBe(!stack.causal);
    }));

  it('a head kept alone writes the whole output but the bias, and the others nothing', async () => {
    for (const [layer, head] of [
      [0, 1],
      [2, 3],
    ] as const) {
      const alone = await run(
        { kind: 'head', site: { layer }, factor: 0 },
        { kind: 'head', site: { layer, head }, factor: 1 },
      );
      const { bias } = projection(layer);
      const output = await slice(alone, site(layer, 'output'));
      const norms = await slice(alone, site(layer, 'outputNorm'));
      const [tokens, hidden] = output.dims as [number, number];
      const written = Array.from({ length: tokens }, (_, token) =>
        length(output.data.subarray(token * hidden, (token + 1) * hidden).map((value, at) => value - bias[at]!)),
      );
      expect(Math.min(...written)).toBeGreaterThan(1e-3);
      const expected = Array.from({ length: stack.heads }, (_, other) =>
        other === head ? written : written.map(() => 0),
      ).flat();
      assertClose(norms.data, expected, TOLERANCE, `${layer}.${head}`);
    }
  });

  it('sees what was changed in the run', async () => {
    const changed = await run(
      { kind: 'pattern', site: { layer: 1, head: 2 }, pattern: 'first' },
      { kind: 'head', site: { layer: 1, head: 2 }, factor: -0.5 },
    );
    const values = await slice(changed, site(1, 'valueNorm'), 2);
    const written = await slice(changed, site(1, 'outputNorm'), 2);
    expect(values.axes).toEqual(['token']);
    // Every query takes the first token's value, times −½.
    assertClose(written.data, new Array<number>(values.data.length).fill(values.data[0]! / 2), TOLERANCE);
  });

  it('is kept: the second time nothing is computed', async () => {
    const trace = await run();
    await slice(trace, site(0, 'outputNorm'));
    expect(trace.data.kept.has(site(2, 'outputNorm'))).toBe(true);
    expect(trace.data.kept.has(site(0, 'valueNorm'))).toBe(false);
    const kept = trace.data.kept.get(site(1, 'outputNorm'));
    await slice(trace, site(1, 'outputNorm'), 0);
    expect(trace.data.kept.get(site(1, 'outputNorm'))).toBe(kept);
  });

  it('a run has none of it', async () => {
    const trace = await run();
    expect([...trace.data.kept.keys()].filter((key) => /input|Norm/u.test(key))).toEqual([]);
  });
});

/** Tensors of a safetensors file, f32, by the end of their names; a bias is one row. */
function readWeights(file: string): (ending: string) => Matrix {
  const bytes = readFileSync(file);
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, start)) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  return (ending) => {
    const [name] = Object.keys(header).filter((key) => `.${key}`.endsWith(`.${ending}`));
    const { dtype, shape, data_offsets: range } = header[name ?? '']!;
    expect(dtype).toBe('F32');
    const data = new Float32Array(
      bytes.buffer.slice(bytes.byteOffset + start + range[0], bytes.byteOffset + start + range[1]),
    );
    return { rows: shape.length === 1 ? 1 : shape[0]!, columns: shape.at(-1)!, data };
  };
}

function transposed({ rows, columns, data }: Matrix): Matrix {
  const turned = Float32Array.from(data, (_, at) => data[(at % rows) * columns + Math.floor(at / rows)]!);
  return { rows: columns, columns: rows, data: turned };
}

/** x times the rows of a matrix from `first` on: [columns]. */
function timesRows(x: Float32Array, { columns, data }: Matrix, first: number): number[] {
  return Array.from({ length: columns }, (_, column) =>
    x.reduce((sum, value, row) => sum + value * data[(first + row) * columns + column]!, 0),
  );
}

function length(vector: ArrayLike<number>): number {
  return Math.hypot(...Array.from(vector));
}

function sameNumbers(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

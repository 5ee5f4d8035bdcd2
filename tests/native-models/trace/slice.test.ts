/** Some rows of a traced value: those of the whole to the bit, whatever was changed in the run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModel, runText, slice } from '../../../native-models/index.ts';
import type { Intervention, Model, Range, Slice, StackInfo, Trace } from '../../../native-models/index.ts';
import { goldenCases, openFixture } from '../../support/fixtures.ts';

const WORDS =
  'When the old keeper lit the lamp, the ships far out at sea turned slowly towards the harbour and the wind fell.';

const STAGES = ['scores', 'scaled', 'masked', 'pattern', 'context'] as const;

/** Tiny models fit into one block of queries, the bundled ones need several, the last of them not full. */
const subjects = [
  { name: 'tiny-gpt2', open: () => openFixture('tiny-gpt2'), text: goldenCases('tiny-gpt2')[0]!.input.text },
  { name: 'tiny-bert', open: () => openFixture('tiny-bert'), text: goldenCases('tiny-bert')[0]!.input.text },
  ...['headlight-gpt', 'headlight-bert'].map((name) => ({
    name,
    open: () => openModel(name, { device: 'cpu' }),
    text: Array(6).fill(WORDS).join(' '),
  })),
];

function rowsIn({ data, dims }: Slice, { first, count }: Range): Float32Array {
  const columns = dims.at(-1)!;
  return data.slice(first * columns, (first + count) * columns);
}

/** Infinities, zeros and their signs included. */
function expectSameBits(actual: Float32Array, expected: Float32Array): void {
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array) => Buffer.from(buffer, byteOffset, byteLength);
  expect(actual).toHaveLength(expected.length);
  expect(bytes(actual).equals(bytes(expected))).toBe(true);
}

describe.each(subjects)('$name', ({ open, text }) => {
  let model: Model;
  let stack: StackInfo;
  let plain: Trace;
  let changed: Trace;

  beforeAll(async () => {
    model = await open();
    stack = model.stacks[0]!;
    plain = await runText(model, { text });
    const last = plain.tokens.length - 1;
    const weights = plain.tokens.map((_, key) => (key === 0 || key === 2 ? 0.5 : 0));
    const interventions: Intervention[] = [
      { kind: 'scale', site: { layer: 1 }, factor: 0.3 },
      { kind: 'head', site: { layer: 1, head: 2 }, factor: -0.5 },
      { kind: 'mask', site: { layer: 1, head: 2 }, query: last, key: 1, visible: false },
      { kind: 'mask', site: { layer: 1 }, query: 2, key: 3, visible: true },
      { kind: 'pattern', site: { layer: 1, head: 2 }, pattern: [{ query: last - 1, weights }] },
    ];
    changed = await runText(model, { text }, { interventions });
  });
  afterAll(() => model.dispose());

  const ranges = (): Range[] => {
    const tokens = plain.tokens.length;
    const several = [
      { first: 60, count: 10 },
      { first: 64, count: 64 },
      { first: 127, count: 2 },
    ].filter(({ first, count }) => first + count <= tokens);
    const single = [0, 2, tokens >> 1, tokens - 2, tokens - 1].map((first) => ({ first, count: 1 }));
    return [...single, { first: 1, count: tokens - 1 }, { first: 0, count: tokens }, ...several];
  };

  it.each(['as trained', 'changed'] as const)(
    'rows of a stage are those of the whole head, to the bit: %s',
    async (which) => {
      const trace = which === 'changed' ? changed : plain;
      for (const head of [0, 2]) {
        for (const stage of STAGES) {
          const name = `${stack.name}.1.self.${stage}`;
          const whole = await slice(trace, name, head);
          expect(whole.rows).toBeNull();
          for (const rows of ranges()) {
            const part = await slice(trace, name, head, rows);
            expect(part).toMatchObject({ name, head, rows, axes: whole.axes, dims: [rows.count, whole.dims[1]] });
            expectSameBits(part.data, rowsIn(whole, rows));
          }
        }
      }
    },
  );

  it('the changes are in the rows: a hidden key, a key that is shown, a drawn row', async () => {
    const last = plain.tokens.length - 1;
    const row = async (query: number) =>
      (await slice(changed, `${stack.name}.1.self.pattern`, 2, { first: query, count: 1 })).data;
    expect((await row(last))[1]).toBe(0);
    expect((await row(2))[3]).toBeGreaterThan(0);
    expect(Array.from((await row(last - 1)).subarray(0, 4))).toEqual([0.5, 0, 0.5, 0]);
  });

  it('rows of kept values and of logits are those of the whole', async () => {
    const rows = { first: 2, count: 3 };
    const names = [`${stack.name}.1.hidden`, `${stack.name}.1.self.output`, 'embedding.sum'];
    for (const name of model.head === 'none' ? names : [...names, 'logits']) {
      const part = await slice(plain, name, undefined, rows);
      const whole = await slice(plain, name);
      expect(part.dims).toEqual([3, whole.dims[1]]);
      // The vocabulary's product is made for the rows that are asked for: to rounding, not to the bit.
      if (name === 'logits')
        part.data.forEach((value, at) => expect(value).toBeCloseTo(rowsIn(whole, rows)[at] ?? NaN, 3));
      else expectSameBits(part.data, rowsIn(whole, rows));
    }
    const q = await slice(plain, `${stack.name}.1.self.q`, 1, rows);
    expectSameBits(q.data, rowsIn(await slice(plain, `${stack.name}.1.self.q`, 1), rows));
  });

  it.each([
    [{ first: -1, count: 1 }, 'has no row -1; it has rows 0…'],
    [{ first: 0, count: 0 }, 'has no 0 rows from 0'],
    [{ first: 5, count: 4096 }, 'has no 4096 rows from 5'],
    [{ first: 0.5, count: 1 }, 'has no row 0.5'],
  ])('refuses rows that are not there: %o', async (rows, message) => {
    const asked = slice(plain, `${stack.name}.1.self.pattern`, 0, rows);
    await expect(asked).rejects.toMatchObject({ code: 'bad-request', reason: 'rows-missing' });
    await expect(asked).rejects.toThrow(message);
  });

  it('refuses rows of all heads, and of a value without rows', async () => {
    const row = { first: 0, count: 1 };
    const all = slice(plain, `${stack.name}.1.self.pattern`, undefined, row);
    await expect(all).rejects.toMatchObject({ code: 'bad-request', reason: 'rows-without-head' });
    const norms = slice(plain, `${stack.name}.1.self.valueNorm`, 0, row);
    await expect(norms).rejects.toMatchObject({ code: 'bad-request', reason: 'no-row-axis' });
  });
});

it('a kept trace holds nothing that grows with the square of the tokens', async () => {
  const model = await openFixture('tiny-bert');
  const sizeOf = async (tokens: number): Promise<number> => {
    const text = Array(200)
      .fill('a')
      .join(' ')
      .slice(0, 2 * tokens);
    const { data } = await runText(model, { text });
    return bytesIn({ ...data, source: null }, new Set()) / data.ids.length;
  };
  const [short, long] = [await sizeOf(12), await sizeOf(60)];
  expect(long / short).toBeLessThan(1.05);
  await model.dispose();
});

/** Bytes of the typed arrays that a value reaches, each buffer once. */
function bytesIn(value: unknown, seen: Set<unknown>): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) {
    if (seen.has(value.buffer)) return 0;
    seen.add(value.buffer);
    return value.buffer.byteLength;
  }
  const parts = value instanceof Map ? [...value.values()] : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + bytesIn(part, seen), 0);
}

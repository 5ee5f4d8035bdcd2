import { describe, expect, it } from 'vitest';
import { layerFlow } from '../../../electron/api/flow.ts';
import { openModel, runText, traceFlow } from '../../../native-models/index.ts';
import type { FlowOptions, Intervention } from '../../../native-models/index.ts';
import { cli, TINY_BERT, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();

const TEXT = 'The keeper lit the lamp.';

const words = (model: string, ...more: string[]) => ['flow', '--model', model, '--text', TEXT, ...more];

/** What native-models answers, its relevance as one list a boundary. */
async function expected(model: string, options: FlowOptions, interventions: readonly Intervention[] = []) {
  const opened = await openModel(model, { device: 'cpu' });
  const trace = await runText(opened, { text: TEXT }, { interventions });
  const flow = await traceFlow(trace, options);
  await opened.dispose();
  const tokens = trace.tokens.length;
  const boundaries = Array.from({ length: flow.layers.length + 1 }, (_, at) =>
    Array.from(flow.relevance.subarray(at * tokens, (at + 1) * tokens)),
  );
  return { tokens: trace.tokens, flow: { ...flow, relevance: boundaries } };
}

describe('headlight flow --json', () => {
  it.each([
    [TINY_GPT2, [], {}],
    [TINY_BERT, ['--weights', 'norms', '--target', '2'], { weighting: 'norms', target: 2 }],
    [
      TINY_GPT2,
      ['--method', 'flow', '--residual', '.25', '--edges', '4'],
      { method: 'flow', residual: 0.25, edges: 4 },
    ],
    [TINY_BERT, ['--method', 'raw', '--stack', 'encoder'], { method: 'raw' }],
  ] as const)('%s %j: the flow of native-models', async (model, options, asked) => {
    const { code, out, err } = await cli(...words(model, '--json', ...options));
    expect([code, err]).toEqual([0, '']);
    const { tokens, flow } = await expected(model, asked);
    const given = JSON.parse(out) as { model: string; tokens: unknown; interventions: unknown; flow: unknown };
    expect(given.flow).toEqual(flow);
    expect([given.tokens, given.interventions]).toEqual([tokens, []]);
    layerFlow.omit({ relevance: true }).parse(given.flow);
  });

  it('is of the run with its what-ifs', async () => {
    const { out } = await cli(...words(TINY_GPT2, '--json', '--pattern', 'previous'));
    const { flow } = await expected(TINY_GPT2, {}, [{ kind: 'pattern', site: {}, pattern: 'previous' }]);
    expect((JSON.parse(out) as { flow: unknown }).flow).toEqual(flow);
  });
});

describe('headlight flow', () => {
  it('gives the same numbers to people', async () => {
    const { code, out, err } = await cli(...words(TINY_GPT2, '--target', '4'));
    expect([code, err]).toEqual([0, '']);
    const { tokens, flow } = await expected(TINY_GPT2, { target: 4 });
    expect(out).toContain('Where token 4, ');
    expect(out).toContain('by attention rollout over mean attention weights, residual share 0.5.');
    expect(out).toMatch(/TOKEN +TEXT +EMBEDDING +AFTER 0 +AFTER 1 +AFTER 2/u);
    for (const { index } of tokens.slice(0, 5)) {
      const shares = flow.relevance.map((boundary) => `${(boundary[index]! * 100).toFixed(1)} %`);
      expect(out).toMatch(new RegExp(`^ *${index} .*${shares.join(' +')}$`, 'mu'));
    }
    const [top] = flow.layers[2]!.edges.filter(({ residual }) => !residual);
    expect(out).toContain(`2    50.0 %  ${top!.from} → ${top!.to} ${(top!.amount * 100).toFixed(1)} %`);
    expect(out).toMatch(/… +\d+ others( +0\.0 %){4}/u);
  });

  it('says what attention flow is a share of, and what was changed', async () => {
    const { out } = await cli(...words(TINY_GPT2, '--method', 'flow', '--ablate', 'decoder.1.self:2'));
    expect(out).toContain('What if: decoder.1.self:2 knocked out');
    expect(out).toMatch(/Shares of \d+\.\d{3}, the sum of the maximum flows to all tokens\./u);
  });

  it.each([
    [['--method', 'rollup'], '--method is one of raw, rollout, flow; "rollup" is not.'],
    [['--residual', '1.5'], '--residual takes a number from 0 to 1; "1.5" is not one.'],
    [['--residual', '0.5', '--weights', 'norms'], 'norms give the share themselves.'],
    [['--target', '99'], 'There is no token 99; the text has tokens 0…'],
    [['--stack', 'encoder'], '--stack is one of decoder; "encoder" is not.'],
  ])('%j is the fault of the words', async (more, message) => {
    const { code, err } = await cli(...words(TINY_GPT2, ...more));
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

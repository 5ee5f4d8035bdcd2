/** Flows as the engine answers them: in parts, kept by their question, and gone with their trace. */
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../../electron/api/contract.ts';
import type { Request } from '../../../electron/api/contract.ts';
import type { Backend } from '../../../electron/engine/backend.ts';
import { createEngine } from '../../../electron/engine/handlers.ts';
import type { Engine } from '../../../electron/engine/handlers.ts';
import * as nativeModels from '../../../native-models/index.ts';
import { fixtures } from '../../support/fixtures.ts';

const TINY = path.join(fixtures, 'tiny-gpt2');
const TEXT = 'The keeper lit the lamp.';
const silent = (): void => undefined;
const engines: Engine[] = [];

afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.dispose())));

/** An engine that tells which flows were begun. */
function engineOf(): { readonly engine: Engine; readonly begun: unknown[] } {
  const begun: unknown[] = [];
  const startFlow: Backend['startFlow'] = (trace, options) => {
    begun.push(options?.target);
    return nativeModels.startFlow(trace, options);
  };
  const engine = createEngine({ ...nativeModels, startFlow }, { settingsFolder: null });
  engines.push(engine);
  return { engine, begun };
}

const run = async (engine: Engine) => {
  const request = { model: TINY, device: 'cpu', input: { text: TEXT }, lane: 'main' } as const;
  return (await engine.handlers['text.run']({ ...request, interventions: [], candidates: 1 }, silent)).traceId;
};

type Asked = Partial<Omit<Request<'trace.flow'>, 'traceId'>>;

const part = (engine: Engine, traceId: string, asked: Asked = {}) => {
  const question = { traceId, stack: 'decoder', target: 3, method: 'rollout', weighting: 'attention', ...asked };
  return engine.handlers['trace.flow'](contract['trace.flow'].request.parse(question), silent);
};

async function flow(engine: Engine, traceId: string, asked: Asked = {}) {
  for (;;) {
    const { flow: answer } = contract['trace.flow'].response.parse(await part(engine, traceId, asked));
    if (answer !== null) return answer;
  }
}

describe('trace.flow', () => {
  it.each([{}, { method: 'flow', residual: 0.3 }, { method: 'raw', weighting: 'norms', edges: 3 }] as const)(
    'is that of native-models (%o)',
    async (asked) => {
      const { engine } = engineOf();
      const given = await flow(engine, await run(engine), asked);
      const model = await nativeModels.openModel(TINY, { device: 'cpu' });
      const trace = await nativeModels.runText(model, { text: TEXT });
      const expected = await nativeModels.traceFlow(trace, { target: 3, ...asked });
      expect({ ...given, relevance: new Float32Array(given.relevance) }).toEqual(expected);
      await model.dispose();
    },
  );

  it('comes a part a request, and is kept by its question', async () => {
    const { engine, begun } = engineOf();
    const traceId = await run(engine);
    const parts = [await part(engine, traceId), await part(engine, traceId)];
    expect(parts.map(({ fraction, flow: answer }) => [fraction, answer])).toEqual([
      [1 / 3, null],
      [2 / 3, null],
    ]);
    const first = await flow(engine, traceId);
    // What was sent is given away, as a port does with it; the kept answer stays whole.
    structuredClone(first.relevance, { transfer: [first.relevance] });
    expect((await flow(engine, traceId)).relevance.byteLength).toBeGreaterThan(0);
    await flow(engine, traceId, { target: 0 });
    await flow(engine, traceId, { residual: 0.1 });
    await flow(engine, traceId);
    expect(begun).toEqual([3, 0, 3]);
  });

  it('goes with its trace, and is refused for a token that is not there', async () => {
    const { engine } = engineOf();
    const traceId = await run(engine);
    await expect(part(engine, traceId, { target: 99 })).rejects.toMatchObject({ reason: 'flow-target-missing' });
    await engine.handlers['trace.close']({ traceId }, silent);
    await expect(part(engine, traceId)).rejects.toMatchObject({ code: 'not-found', reason: 'trace-gone' });
  });
});

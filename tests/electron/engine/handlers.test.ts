/** What the handlers do besides calling native-models: reuse, eviction, traces that go with their model, errors. */
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { contract } from '../../../electron/api/contract.ts';
import type { Backend, Model } from '../../../electron/engine/backend.ts';
import { toFailure } from '../../../electron/host/failure.ts';
import { createEngine, type Engine, type OnStage } from '../../../electron/engine/handlers.ts';
import * as nativeModels from '../../../native-models/index.ts';
import { ModelError } from '../../../native-models/errors.ts';
import { fixtures } from '../../support/fixtures.ts';

/** The real native-models, counting what is opened and disposed. */
function counting(): Backend & { opened: string[]; disposed: string[] } {
  const opened: string[] = [];
  const disposed: string[] = [];
  const openModel: Backend['openModel'] = async (id, options) => {
    const model = await nativeModels.openModel(id, options);
    opened.push(id);
    const dispose = async (): Promise<void> => {
      disposed.push(id);
      await model.dispose();
    };
    return { ...model, dispose } satisfies Model;
  };
  return { ...nativeModels, openModel, opened, disposed };
}

const silent = (): void => undefined;
const engines: Engine[] = [];

function engineOf(backend: Backend, options: Partial<Parameters<typeof createEngine>[1]> = {}): Engine {
  const engine = createEngine(backend, { settingsFolder: null, ...options });
  engines.push(engine);
  return engine;
}

const run = (engine: Engine, model: string, text = 'The cat') =>
  engine.handlers['text.run'](
    { model, device: 'cpu', input: { text }, interventions: [], lane: 'main', candidates: 2 },
    silent,
  );

afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.dispose())));

describe('models', () => {
  it('are opened once for all requests on the same device', async () => {
    const backend = counting();
    const engine = engineOf(backend);
    await engine.handlers['model.open']({ model: 'headlight-gpt', device: 'cpu' }, silent);
    await engine.handlers['text.tokenize']({ model: 'headlight-gpt', input: { text: 'x' } }, silent);
    await run(engine, 'headlight-gpt');
    expect(backend.opened).toEqual(['headlight-gpt']);
  });

  it.each([
    ['their number', { models: 1, bytes: 1e12 }],
    ['their bytes', { models: 9, bytes: 10e6 }],
  ])('are disposed with their traces when %s is over the limit', async (_what, limits) => {
    const backend = counting();
    const engine = engineOf(backend, { limits });
    const { traceId } = await run(engine, 'headlight-gpt');
    const other = await run(engine, 'headlight-bert');
    expect(backend.disposed).toEqual(['headlight-gpt']);
    const slice = engine.handlers['trace.slice']({ traceId, name: 'decoder.0.self.q', head: 0 }, silent);
    await expect(slice).rejects.toMatchObject({ code: 'not-found', reason: 'trace-gone' });
    await engine.handlers['trace.slice']({ traceId: other.traceId, name: 'encoder.0.self.q', head: 0 }, silent);
  });

  it('are all disposed at the end', async () => {
    const backend = counting();
    const engine = createEngine(backend, { settingsFolder: null });
    await run(engine, 'headlight-gpt');
    await run(engine, 'headlight-bert');
    await engine.dispose();
    expect(backend.disposed).toEqual(['headlight-gpt', 'headlight-bert']);
  });
});

describe('a run', () => {
  it('reports its stages in order', async () => {
    const stages: string[] = [];
    const request = { model: 'headlight-gpt', device: 'cpu' as const, input: { text: 'x' }, interventions: [] };
    await engineOf(nativeModels).handlers['text.run']({ ...request, lane: 'l', candidates: 1 }, (stage) =>
      stages.push(stage),
    );
    expect(stages.filter((stage, i) => stage !== stages[i - 1])).toEqual(
      expect.arrayContaining(['self-test', 'opening', 'tokenizing', 'running']),
    );
    expect(stages.indexOf('opening')).toBeLessThan(stages.indexOf('running'));
  });

  it('gives responses whose buffers are their own, exactly as long as their numbers', async () => {
    const engine = engineOf(nativeModels);
    const result = contract['text.run'].response.parse(await run(engine, 'headlight-gpt'));
    const slice = await engine.handlers['trace.slice'](
      { traceId: result.traceId, name: 'decoder.0.self.k', head: 1 },
      silent,
    );
    expect(slice.data.byteLength).toBe(4 * slice.dims.reduce((product, dim) => product * dim, 1));
  });
});

describe("heads' scores", () => {
  const tiny = path.join(fixtures, 'tiny-gpt2');
  const other = path.join(fixtures, 'tiny-bert');
  const part = (engine: Engine, model = tiny, onStage: OnStage = silent) =>
    engine.handlers['model.heads']({ model, device: 'cpu' }, onStage);

  async function scores(engine: Engine, model = tiny, onStage: OnStage = silent) {
    for (;;) {
      const { heads } = await part(engine, model, onStage);
      if (heads !== null) return heads;
    }
  }

  /** The real native-models, counting what is scored; the first `failures` times fail. */
  function scoring(failures = 0): Backend & { scored: string[] } {
    const scored: string[] = [];
    const startHeadScoring: Backend['startHeadScoring'] = (model) => {
      scored.push(model.entry.name);
      const started = nativeModels.startHeadScoring(model);
      if (scored.length > failures) return started;
      started.step = () => Promise.reject(new ModelError('bad-model', 'not-finite', 'No numbers.'));
      return started;
    };
    return { ...nativeModels, startHeadScoring, scored };
  }

  it('are those of native-models, in the form of the contract', async () => {
    const engine = engineOf(nativeModels);
    const given = await scores(engine);
    const model = await nativeModels.openModel(tiny, { device: 'cpu' });
    expect(given).toEqual(await nativeModels.scoreHeads(model));
    expect(contract['model.heads'].response.parse(await part(engine))).toEqual({ fraction: 1, heads: given });
    await model.dispose();
  });

  it('come in parts, with room for a text in between', async () => {
    const engine = engineOf(nativeModels);
    const first = contract['model.heads'].response.parse(await part(engine));
    expect(first).toEqual({ fraction: 1 / 16, heads: null });
    const text = { input: { text: 'A cat.' }, interventions: [], lane: 'a', candidates: 1 };
    const result = await engine.handlers['text.run']({ model: tiny, device: 'cpu', ...text }, silent);
    expect(result.tokens.length).toBeGreaterThan(0);
    expect((await part(engine)).fraction).toBe(2 / 16);
  });

  it('are measured once while the model is open, for requests that come together too', async () => {
    const backend = scoring();
    const engine = engineOf(backend);
    await engine.handlers['model.open']({ model: tiny, device: 'cpu' }, silent);
    const [first, second] = await Promise.all([scores(engine), scores(engine)]);
    expect(second).toEqual(first);
    expect(await scores(engine)).toEqual(first);
    expect(backend.scored).toEqual(['tiny-gpt2']);
  });

  it('are measured again when the model was closed', async () => {
    const backend = scoring();
    const engine = engineOf(backend, { limits: { models: 1, bytes: 1e12 } });
    await scores(engine, tiny);
    await scores(engine, other);
    await scores(engine, tiny);
    expect(backend.scored).toEqual(['tiny-gpt2', 'tiny-bert', 'tiny-gpt2']);
  });

  it('are measured again after a failure', async () => {
    const backend = scoring(1);
    const engine = engineOf(backend);
    await expect(scores(engine)).rejects.toMatchObject({ reason: 'not-finite' });
    expect(await scores(engine)).toHaveLength(12);
    expect(backend.scored).toHaveLength(2);
  });

  it('report how far they are', async () => {
    const fractions: (number | undefined)[] = [];
    await scores(engineOf(nativeModels), tiny, (stage, fraction) => {
      if (stage === 'scoring') fractions.push(fraction);
    });
    expect(fractions).toEqual(Array.from({ length: 16 }, (_, at) => at / 16));
  });
});

describe('rankings of heads', () => {
  const tiny = path.join(fixtures, 'tiny-gpt2');
  /** So long that a step cannot take all heads of the model at once. */
  const LONG = 'The sea was calm and the ship went on to the west. '.repeat(12);
  const rank = (
    engine: Engine,
    traceId: string,
    more: { position?: number; candidate?: number } = {},
    onStage: OnStage = silent,
  ) => engine.handlers['trace.rank']({ traceId, ...more }, onStage);

  async function ranked(engine: Engine, traceId: string, more: { position?: number; candidate?: number } = {}) {
    for (;;) {
      const part = await rank(engine, traceId, more);
      if (part.heads !== null) return part;
    }
  }

  /** The real native-models, counting rankings and their steps; the first `failures` rankings fail. */
  function ranking(failures = 0): Backend & { started: (number | undefined)[]; steps: number } {
    const started: (number | undefined)[] = [];
    const startHeadRanking: Backend['startHeadRanking'] = (trace, options) => {
      started.push(options?.position);
      const work = nativeModels.startHeadRanking(trace, options);
      const step = work.step.bind(work);
      work.step = () => {
        backend.steps++;
        return started.length > failures ? step() : Promise.reject(new ModelError('bad-request', 'x', 'No numbers.'));
      };
      return work;
    };
    const backend = { ...nativeModels, startHeadRanking, started, steps: 0 };
    return backend;
  }

  it('are those of native-models, in the form of the contract', async () => {
    const engine = engineOf(nativeModels);
    const { traceId, predictions } = await run(engine, tiny);
    const given = contract['trace.rank'].response.parse(await ranked(engine, traceId));
    const model = await nativeModels.openModel(tiny, { device: 'cpu' });
    const heads = await nativeModels.rankHeads(await nativeModels.runText(model, { text: 'The cat' }));
    expect(given).toMatchObject({ fraction: 1, position: predictions[0]!.position, heads });
    expect(given.candidate.text).toBe(predictions[0]!.candidates[0]!.text);
    await model.dispose();
  });

  it('come in parts, with room for a text in between', async () => {
    const engine = engineOf(nativeModels);
    const { traceId } = await run(engine, 'headlight-gpt', LONG);
    const progress: unknown[] = [];
    const first = await rank(engine, traceId, {}, (...stage) => progress.push(stage));
    expect([first.heads, first.candidate.probability > 0]).toEqual([null, true]);
    expect(first.fraction).toBeGreaterThan(0);
    expect(first.fraction).toBeLessThan(1);
    await run(engine, 'headlight-gpt', 'A cat');
    const second = await rank(engine, traceId, {}, (...stage) => progress.push(stage));
    expect(second.fraction).toBeGreaterThan(first.fraction);
    expect(progress).toEqual([
      ['scoring', 0],
      ['scoring', first.fraction],
    ]);
  });

  it('are kept for each position and candidate while the trace is open', async () => {
    const backend = ranking();
    const engine = engineOf(backend);
    const { traceId } = await run(engine, tiny);
    const [last, first] = [await ranked(engine, traceId), await ranked(engine, traceId, { position: 0 })];
    const other = await ranked(engine, traceId, { position: 0, candidate: 1 });
    expect([last.position, first.position, other.candidate.id]).toEqual([last.position, 0, 1]);
    expect(last.position).toBeGreaterThan(0);
    const { steps } = backend;
    expect(await ranked(engine, traceId)).toEqual(last);
    expect(await ranked(engine, traceId, { position: 0 })).toEqual(first);
    expect(await ranked(engine, traceId, { position: 0, candidate: 1 })).toEqual(other);
    expect([backend.steps, backend.started]).toEqual([steps, [undefined, 0, 0]]);
  });

  it('go with their trace', async () => {
    const backend = ranking();
    const engine = engineOf(backend);
    const { traceId } = await run(engine, tiny);
    await ranked(engine, traceId);
    await engine.handlers['trace.close']({ traceId }, silent);
    await expect(rank(engine, traceId)).rejects.toMatchObject({ code: 'not-found', reason: 'trace-gone' });
    await ranked(engine, (await run(engine, tiny)).traceId);
    expect(backend.started).toHaveLength(2);
  });

  it('begin again after a failure', async () => {
    const backend = ranking(1);
    const engine = engineOf(backend);
    const { traceId } = await run(engine, tiny);
    await expect(rank(engine, traceId)).rejects.toThrow('No numbers.');
    expect((await ranked(engine, traceId)).heads).toHaveLength(12);
    expect(backend.started).toHaveLength(2);
  });

  it('refuse a position that is not there', async () => {
    const engine = engineOf(nativeModels);
    const { traceId } = await run(engine, tiny);
    await expect(rank(engine, traceId, { position: 99 })).rejects.toMatchObject({ reason: 'token-missing' });
  });
});

describe('an error', () => {
  it('of native-models keeps code, reason and values', () => {
    const error = new ModelError('bad-text', 'text-too-long', 'The text has 9 tokens.', { tokens: 9, limit: 8 });
    expect(toFailure(error)).toEqual({
      code: 'bad-text',
      reason: 'text-too-long',
      message: 'The text has 9 tokens.',
      values: { tokens: 9, limit: 8 },
    });
  });

  it.each([
    [new TypeError('x is not\n a function'), 'Something went wrong inside Headlight: x is not a function'],
    ['just text', 'Something went wrong inside Headlight: just text'],
    [undefined, 'Something went wrong inside Headlight: undefined'],
  ])('nobody expected is internal, in one line', (error, message) => {
    expect(toFailure(error)).toEqual({ code: 'internal', reason: 'internal', message });
  });
});

/** The lens, filled masks and surprise as the engine answers them: in parts, kept by their question, and gone with their trace. */
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../../electron/api/contract.ts';
import { LENS_MEASURES } from '../../../electron/api/lens.ts';
import type { Backend } from '../../../electron/engine/backend.ts';
import { createEngine } from '../../../electron/engine/handlers.ts';
import type { Engine } from '../../../electron/engine/handlers.ts';
import * as nativeModels from '../../../native-models/index.ts';
import { fixtures } from '../../support/fixtures.ts';

const TEXT = 'The keeper lit the lamp.';
const silent = (): void => undefined;
const engines: Engine[] = [];

afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.dispose())));

/** An engine that tells how often a lens and a surprise were begun. */
function engineOf(): { readonly engine: Engine; readonly begun: string[] } {
  const begun: string[] = [];
  const startLens: Backend['startLens'] = (trace) => {
    begun.push('lens');
    return nativeModels.startLens(trace);
  };
  const startSurprise: Backend['startSurprise'] = (trace, options) => {
    begun.push(`surprise ${options?.start}`);
    return nativeModels.startSurprise(trace, options);
  };
  const engine = createEngine({ ...nativeModels, startLens, startSurprise }, { settingsFolder: null });
  engines.push(engine);
  return { engine, begun };
}

async function run(engine: Engine, name = 'tiny-gpt2', text = TEXT): Promise<string> {
  const request = { model: path.join(fixtures, name), device: 'cpu', input: { text }, lane: 'main' } as const;
  return (await engine.handlers['text.run']({ ...request, interventions: [], candidates: 1 }, silent)).traceId;
}

async function lensOf(engine: Engine, traceId: string) {
  for (;;) {
    const { lens } = contract['trace.lens'].response.parse(await engine.handlers['trace.lens']({ traceId }, silent));
    if (lens !== null) return lens;
  }
}

async function surpriseOf(engine: Engine, traceId: string, start = false) {
  for (;;) {
    const part = await engine.handlers['trace.surprise']({ traceId, start }, silent);
    const { surprise } = contract['trace.surprise'].response.parse(part);
    if (surprise !== null) return surprise;
  }
}

/** The same text in native-models. */
async function native<Result>(
  name: string,
  text: string,
  ask: (trace: nativeModels.Trace) => Promise<Result>,
): Promise<Result> {
  const model = await nativeModels.openModel(path.join(fixtures, name), { device: 'cpu' });
  const result = await ask(await nativeModels.runText(model, { text }));
  await model.dispose();
  return result;
}

it('knows the same measures as native-models', () => {
  expect(LENS_MEASURES).toEqual(nativeModels.LENS_MEASURES);
});

describe('trace.lens and trace.lensCell', () => {
  it('are those of native-models', async () => {
    const { engine } = engineOf();
    const traceId = await run(engine);
    const given = await lensOf(engine, traceId);
    const expected = await native('tiny-gpt2', TEXT, nativeModels.lens);
    const names = new Map(given.names.map(({ id, text }) => [id, text]));
    expect({ ...given, cells: new Float32Array(given.cells), names }).toEqual(expected);
    const place = { layer: 1, position: 2, candidates: 5 };
    const cell = await engine.handlers['trace.lensCell']({ traceId, ...place }, silent);
    expect(contract['trace.lensCell'].response.parse(cell)).toEqual(
      await native('tiny-gpt2', TEXT, (trace) => nativeModels.lensCell(trace, place)),
    );
  });

  it('are kept, whatever becomes of what was sent', async () => {
    const { engine, begun } = engineOf();
    const traceId = await run(engine);
    const first = await lensOf(engine, traceId);
    structuredClone(first.cells, { transfer: [first.cells] });
    expect((await lensOf(engine, traceId)).cells.byteLength).toBeGreaterThan(0);
    expect(begun).toEqual(['lens']);
  });

  it('go with their trace, and are refused by a model without a head for tokens', async () => {
    const { engine } = engineOf();
    const traceId = await run(engine);
    await engine.handlers['trace.close']({ traceId }, silent);
    await expect(lensOf(engine, traceId)).rejects.toMatchObject({ reason: 'trace-gone' });
    const other = await run(engine, 'tiny-bert-cls');
    await expect(lensOf(engine, other)).rejects.toMatchObject({ reason: 'no-vocabulary' });
    await expect(surpriseOf(engine, other)).rejects.toMatchObject({ reason: 'no-vocabulary' });
  });
});

describe('trace.fill', () => {
  it('is that of native-models', async () => {
    const { engine } = engineOf();
    const text = 'The [MASK] was calm.';
    const traceId = await run(engine, 'tiny-bert', text);
    const asked = { masked: [4], candidates: 3 };
    const given = contract['trace.fill'].response.parse(
      await engine.handlers['trace.fill']({ traceId, ...asked }, silent),
    );
    expect(given).toHaveLength(2);
    expect(given).toEqual(await native('tiny-bert', text, (trace) => nativeModels.fill(trace, asked)));
  });

  it('is refused by a model that fills no masks', async () => {
    const { engine } = engineOf();
    const traceId = await run(engine);
    const asked = engine.handlers['trace.fill']({ traceId, masked: [1], candidates: 1 }, silent);
    await expect(asked).rejects.toMatchObject({ reason: 'no-masked-head' });
  });
});

describe('trace.surprise', () => {
  it.each([
    ['tiny-gpt2', false],
    ['tiny-gpt2', true],
    ['tiny-bert', false],
  ] as const)('%s, start %s: is that of native-models', async (name, start) => {
    const { engine } = engineOf();
    const given = await surpriseOf(engine, await run(engine, name), start);
    const expected = await native(name, TEXT, (trace) =>
      nativeModels.finish(nativeModels.startSurprise(trace, { start })),
    );
    expect(given).toEqual(expected);
  });

  it('is kept by its question', async () => {
    const { engine, begun } = engineOf();
    const traceId = await run(engine);
    for (const start of [false, true, false, true]) await surpriseOf(engine, traceId, start);
    expect(begun).toEqual(['surprise false', 'surprise true']);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { GeneratedToken, GenerationState } from '../../../electron/api/index.ts';
import { GenerationRun } from '../../../renderer/state/generation.ts';
import { FIRST_SAMPLING } from '../../../renderer/state/sampling.ts';
import { FakeClient, tokensOf } from '../support.ts';

const ORIGIN = { model: 'tiny', device: 'cpu', text: 'a b' } as const;

const made = (node: number, change: Partial<GeneratedToken> = {}): GeneratedToken => ({
  ...{ node, parent: node === 0 ? null : node - 1, position: 2 + node, id: node, text: ` t${node}`, by: 'sample' },
  ...{ rank: 0, probability: 0.5, sampled: 0.5, drawn: 0.1 },
  ...change,
});
const stateOf = (count: number, change: Partial<GenerationState> = {}): GenerationState => {
  const path = Array.from({ length: count }, (_, node) => made(node));
  return {
    ...{ generationId: 'g', prompt: tokensOf('a', 'b'), path, nodes: path, stopped: null, text: 'a b', maxTokens: 16 },
    ...change,
  };
};

let client: FakeClient;
let run: GenerationRun;
let sampling = FIRST_SAMPLING;
beforeEach(() => {
  client = new FakeClient();
  sampling = FIRST_SAMPLING;
  run = new GenerationRun(client, () => sampling, 0);
});

/** The `count`-th call of a channel, once it is made: requests wait for the one before. */
async function call(channel: string, count = 1) {
  await vi.waitFor(() => expect(client.all(channel)).toHaveLength(count));
  return client.last(channel);
}

async function start(): Promise<void> {
  run.ensure(ORIGIN);
  await call('generate.start');
  await client.last('generate.start').answer(stateOf(0));
}

describe('GenerationRun', () => {
  it('starts once from a sentence, anew from another one, and closes what it leaves', async () => {
    run.ensure(ORIGIN);
    expect(run.getSnapshot()).toMatchObject({ status: 'starting', busy: true, state: null });
    run.ensure({ ...ORIGIN });
    await (await call('generate.start')).answer(stateOf(0));
    expect(client.all('generate.start').map(({ request }) => request)).toEqual([
      { model: 'tiny', device: 'cpu', input: { text: 'a b' } },
    ]);
    expect(run.getSnapshot()).toMatchObject({ status: 'ready', busy: false });
    run.ensure({ ...ORIGIN, text: 'a c' });
    expect(client.last('generate.close').request).toEqual({ generationId: 'g' });
    expect((await call('generate.start', 2)).request).toMatchObject({ input: { text: 'a c' } });
  });

  it('closes a text whose start is answered when another one is wanted already', async () => {
    run.ensure(ORIGIN);
    const first = await call('generate.start');
    run.ensure({ ...ORIGIN, text: 'a c' });
    await first.answer(stateOf(0, { generationId: 'late' }));
    expect(client.last('generate.close').request).toEqual({ generationId: 'late' });
    await (await call('generate.start', 2)).answer(stateOf(0, { generationId: 'new' }));
    expect(run.getSnapshot().state?.generationId).toBe('new');
  });

  it('steps with the settings of the moment, one request after the other', async () => {
    await start();
    run.step();
    sampling = { ...FIRST_SAMPLING, mode: 'greedy' };
    run.step();
    await vi.waitFor(() => expect(client.all('generate.step')).toHaveLength(1));
    expect(client.last('generate.step').request).toEqual({ generationId: 'g', choosing: FIRST_SAMPLING });
    await client.last('generate.step').answer(stateOf(1));
    expect(client.all('generate.step')).toHaveLength(2);
    expect(client.last('generate.step').request).toMatchObject({ choosing: { mode: 'greedy' } });
    await client.last('generate.step').answer(stateOf(2));
    expect(run.getSnapshot().state?.path).toHaveLength(2);
  });

  it('goes back, branches and selects; the token looked at is then the newest one', async () => {
    await start();
    run.look(1);
    expect(run.getSnapshot().at).toBe(1);
    run.branch(3, 7);
    await vi.waitFor(() => expect(client.all('generate.branch')).toHaveLength(1));
    expect(client.last('generate.branch').request).toEqual({ generationId: 'g', position: 3, candidate: 7 });
    expect(run.getSnapshot().at).toBeNull();
    await client.last('generate.branch').answer(stateOf(2));
    run.select(1);
    await vi.waitFor(() => expect(client.last('generate.select').request).toEqual({ generationId: 'g', node: 1 }));
    await client.last('generate.select').answer(stateOf(2));
    run.back();
    await vi.waitFor(() => expect(client.last('generate.back').request).toEqual({ generationId: 'g' }));
  });

  it('plays by asking for one token after the other, until it is paused', async () => {
    await start();
    run.play();
    for (let count = 1; count <= 3; count++) {
      await vi.waitFor(() => expect(client.all('generate.step')).toHaveLength(count));
      if (count === 3) run.pause();
      await client.last('generate.step').answer(stateOf(count));
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(client.all('generate.step')).toHaveLength(3);
    expect(run.getSnapshot()).toMatchObject({ playing: false, state: { path: { length: 3 } } });
  });

  it('stops playing where the text ends, and takes no step then', async () => {
    await start();
    run.play();
    await vi.waitFor(() => expect(client.all('generate.step')).toHaveLength(1));
    await client.last('generate.step').answer(stateOf(1, { stopped: 'end-of-text' }));
    await vi.waitFor(() => expect(run.getSnapshot().playing).toBe(false));
    run.step();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(client.all('generate.step')).toHaveLength(1);
  });

  it('says what failed and keeps the text; a start over makes it good again', async () => {
    await start();
    run.play();
    await vi.waitFor(() => expect(client.all('generate.step')).toHaveLength(1));
    await client.last('generate.step').fail({ code: 'not-found', message: 'gone', reason: 'generation-gone' });
    expect(run.getSnapshot()).toMatchObject({
      ...{ status: 'failed', playing: false, busy: false, state: { generationId: 'g' } },
      error: { failure: { reason: 'generation-gone' } },
    });
    run.restart(ORIGIN);
    await vi.waitFor(() => expect(client.all('generate.start')).toHaveLength(2));
    await client.last('generate.start').answer(stateOf(0));
    expect(run.getSnapshot()).toMatchObject({ status: 'ready', error: null });
  });

  it('asks once for what a token looks at', async () => {
    await start();
    const question = { generationId: 'g', position: 1, node: null, layer: 0, head: 2 };
    run.wantRow(question);
    run.wantRow(question);
    expect(client.all('generate.attention').map(({ request }) => request)).toEqual([
      { generationId: 'g', position: 1, layer: 0, head: 2 },
    ]);
    const weights = Float32Array.of(0.25, 0.75);
    const row = { position: 1, layer: 0, head: 2, scores: weights.slice().buffer, weights: weights.slice().buffer };
    await client.last('generate.attention').answer(row);
    expect(run.peekRow(question)).toMatchObject({ status: 'ready', part: { weights } });
    // The same place in another branch is another token.
    expect(run.peekRow({ ...question, node: 4 }).status).toBe('none');
  });
});

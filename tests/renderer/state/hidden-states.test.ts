import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/index.ts';
import type { Client } from '../../../renderer/client/client.ts';
import { createHiddenStates } from '../../../renderer/state/hidden-states.ts';
import type { FoundStates, StatesQuestion } from '../../../renderer/state/hidden-states.ts';

/** An engine that notes what it is asked; texts that begin with `long` it does not read. */
function fakeClient() {
  const calls: string[] = [];
  const call = (channel: string, input: { traceId?: string; name?: string; input?: { text: string } }) => {
    calls.push([channel, input.traceId ?? input.input?.text, input.name].filter(Boolean).join(' '));
    if (channel === 'text.run') {
      const text = input.input?.text ?? '';
      if (text.startsWith('long')) throw new ApiError({ code: 'bad-text', message: 'too long' });
      return Promise.resolve({ traceId: `trace of ${text}`, tokens: [{ index: 0 }] });
    }
    if (input.traceId === 'gone') throw new ApiError({ code: 'not-found', message: 'no such trace' });
    return Promise.resolve(channel === 'trace.slice' ? { data: new Float32Array([1, 2]).buffer } : {});
  };
  const client = { call: async (...asked: Parameters<typeof call>) => call(...asked) };
  return { client: client as unknown as Client, calls };
}

const question = (texts: StatesQuestion['texts']): StatesQuestion => ({
  ...{ model: 'tiny', device: 'cpu', stack: 'decoder', layers: [-1, 2], texts },
});
const typed = (traceId: string | null, text = 'typed') => ({ input: { text }, traceId });

async function answer(states: ReturnType<typeof createHiddenStates>, of: StatesQuestion): Promise<FoundStates> {
  states.want(of);
  for (;;) {
    const asked = states.peek(of);
    if (asked.status === 'ready') return asked.part;
    if (asked.status === 'failed') throw asked.error;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

describe('hidden states of texts', () => {
  it('are read from the run that is there, and of other texts from one run each, that is closed', async () => {
    const { client, calls } = fakeClient();
    const states = createHiddenStates(client);
    const found = await answer(states, question([typed('a'), typed(null, 'kept')]));
    expect(calls).toEqual([
      'trace.slice a embedding.sum',
      'trace.slice a decoder.2.hidden',
      'text.run kept',
      'trace.slice trace of kept embedding.sum',
      'trace.slice trace of kept decoder.2.hidden',
      'trace.close trace of kept',
    ]);
    expect(found.map((each) => 'states' in each && each.states.map((state) => [...state]))).toEqual([
      [
        [1, 2],
        [1, 2],
      ],
      [
        [1, 2],
        [1, 2],
      ],
    ]);
    // The next typed sentence does not run the kept one again.
    await answer(states, question([typed('b'), typed(null, 'kept')]));
    expect(calls.filter((each) => each.startsWith('text.run'))).toEqual(['text.run kept']);
  });

  it('leave out a kept text that the model cannot read', async () => {
    const { client } = fakeClient();
    const found = await answer(
      createHiddenStates(client),
      question([typed('a'), typed(null, 'long'), typed(null, 'kept')]),
    );
    expect(found.map((each) => ('failure' in each ? each.failure.code : each.text))).toEqual([
      'typed',
      'bad-text',
      'kept',
    ]);
  });

  it('tell of a run that the engine has no more', async () => {
    const lost: string[] = [];
    const states = createHiddenStates(fakeClient().client, (traceId) => lost.push(traceId));
    await expect(answer(states, question([typed('gone')]))).rejects.toMatchObject({ failure: { code: 'not-found' } });
    expect(lost).toEqual(['gone']);
  });
});

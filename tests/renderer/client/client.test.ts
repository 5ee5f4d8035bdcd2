import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/index.ts';
import type { EventName } from '../../../electron/api/index.ts';
import { createClient } from '../../../renderer/client/client.ts';
import { Listeners } from '../../../renderer/client/transport.ts';
import type { Transport } from '../../../renderer/client/transport.ts';

function transportOf(answer: () => Promise<unknown>) {
  const events = new Listeners<[EventName, unknown]>();
  const transport: Transport = {
    request: answer,
    onEvent: (listener) => events.add(listener),
    onConnection: () => () => undefined,
    reconnect: () => undefined,
  };
  return { transport, events };
}

const failureOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.catch((reason: unknown) => reason);
  if (!(error instanceof ApiError)) throw new Error('expected an ApiError');
  return error.failure;
};

describe('createClient', () => {
  it('gives the validated answer', async () => {
    const { transport } = transportOf(() => Promise.resolve({ cancelled: true, extra: 1 }));
    expect(await createClient(transport).call('engine.cancel', {})).toEqual({ cancelled: true });
  });

  it('refuses an answer that is not of the contract, naming the channel', async () => {
    const { transport } = transportOf(() => Promise.resolve({ cancelled: 'yes' }));
    const failure = await failureOf(createClient(transport).call('engine.cancel', {}));
    expect(failure.code).toBe('internal');
    expect(failure.message).toContain('engine.cancel');
  });

  it('passes failures on and makes other errors internal ones', async () => {
    const lost = new ApiError({ code: 'engine-lost', message: 'gone' });
    const passed = transportOf(() => Promise.reject(lost)).transport;
    expect((await failureOf(createClient(passed).call('models.list', {}))).code).toBe('engine-lost');
    const odd = transportOf(() => Promise.reject(new TypeError('odd'))).transport;
    expect(await failureOf(createClient(odd).call('models.list', {}))).toEqual({ code: 'internal', message: 'odd' });
  });

  it('hands on only valid events of the name asked for', () => {
    const { transport, events } = transportOf(() => Promise.resolve({}));
    const seen: unknown[] = [];
    const stop = createClient(transport).on('menu', (payload) => seen.push(payload));
    events.emit('menu', { command: 'help-keys' });
    events.emit('menu', { command: 7 });
    events.emit('engine', { state: 'ready', reason: null, restarts: 0 });
    stop();
    events.emit('menu', { command: 'export-svg' });
    expect(seen).toEqual([{ command: 'help-keys' }]);
  });
});

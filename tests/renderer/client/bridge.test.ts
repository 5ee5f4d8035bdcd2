import { expect, it } from 'vitest';
import type { Bridge, HostEvent, Reply } from '../../../electron/api/index.ts';
import { BridgeTransport } from '../../../renderer/client/bridge.ts';

function bridgeOf(reply: Reply) {
  const listeners: ((event: HostEvent) => void)[] = [];
  const bridge: Bridge = {
    request: () => Promise.resolve(reply),
    onEvent: (listener) => {
      listeners.push(listener);
      return () => undefined;
    },
  };
  return { bridge, listeners };
}

it('unpacks replies: the value, or the failure as an ApiError', async () => {
  const good = new BridgeTransport(bridgeOf({ ok: true, value: 3 }).bridge);
  expect(await good.request('models.list', {})).toBe(3);
  const bad = new BridgeTransport(bridgeOf({ ok: false, failure: { code: 'device', message: 'no' } }).bridge);
  await expect(bad.request('models.list', {})).rejects.toMatchObject({ failure: { code: 'device' } });
});

it('hands on events of the contract only, and is always open', () => {
  const { bridge, listeners } = bridgeOf({ ok: true, value: null });
  const transport = new BridgeTransport(bridge);
  const events: string[] = [];
  transport.onEvent((name) => events.push(name));
  listeners[0]?.({ name: 'engine', payload: {} });
  listeners[0]?.({ name: 'weather', payload: {} });
  expect(events).toEqual(['engine']);
  const states: string[] = [];
  transport.onConnection((state) => states.push(state));
  expect(states).toEqual(['open']);
});

/**
 * The engine process: native-models behind messages. Runs in an Electron utility process or as a child of plain Node, one request
 * at a time. `--settings FOLDER` says where the user's model folders are remembered.
 */
import { parseArgs } from 'node:util';

import * as nativeModels from '../../native-models/index.ts';
import { engineContract, type EngineChannel } from '../api/contract.ts';
import { toFailure } from '../host/failure.ts';
import { createEngine, type Engine, type OnStage } from './handlers.ts';
import type { EngineMessage, HostMessage } from '../host/messages.ts';
import { hostPort } from './port.ts';

type AnyHandler = (request: unknown, onStage: OnStage) => Promise<unknown>;

const { values } = parseArgs({ options: { settings: { type: 'string' } }, strict: false });
const port = hostPort();
const engine = createEngine(nativeModels, {
  settingsFolder: typeof values.settings === 'string' ? values.settings : null,
});

port.onMessage((message) => void receive(engine, message));
port.send({ kind: 'ready' });

async function receive(target: Engine, message: HostMessage): Promise<void> {
  if (message.kind === 'dispose') {
    await target.dispose();
    port.send({ kind: 'disposed' });
    return;
  }
  port.send(await answer(target, message));
}

async function answer(target: Engine, message: Extract<HostMessage, { kind: 'request' }>): Promise<EngineMessage> {
  const { id, channel, payload } = message;
  try {
    if (!Object.hasOwn(engineContract, channel)) throw new Error(`no channel ${channel}`);
    const handler = target.handlers[channel as EngineChannel] as AnyHandler;
    const value = await handler(payload, (stage, fraction) => {
      port.send({ kind: 'event', name: 'progress', payload: { stage, fraction: fraction ?? null } });
    });
    return { kind: 'response', id, ok: true, value };
  } catch (error) {
    return { kind: 'response', id, ok: false, failure: toFailure(error) };
  }
}

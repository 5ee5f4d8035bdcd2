/** Anything at all over the WebSocket of the real server, with the real engine and a small model behind it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { contract, type Channel } from '../../../electron/api/contract.ts';
import { decodeFrame, serverMessage, type ResponseMessage } from '../../../electron/api/wire.ts';
import { spawnNodeEngine } from '../../../electron/engine/spawn-node.ts';
import { Supervisor } from '../../../electron/host/supervisor.ts';
import { createHub, type Hub } from '../../../electron/hub/hub.ts';
import { startServer, type RunningServer } from '../../../electron/server/server.ts';
import {
  flipBytes,
  insertText,
  lieAboutANumber,
  replaceAPart,
  resize,
  seeded,
  type Random,
} from '../../native-models/checkpoint/mutations.ts';
import { drawRequest, type Known } from '../support/draw-request.ts';
import { openPage, type Page } from '../support/page.ts';

const CASES = 2_400;
const CASE_MILLISECONDS = 10_000;
const MODEL = fileURLToPath(new URL('../../fixtures/tiny-gpt2', import.meta.url));
/** `engine.cancel` ends the engine, as it should; whether it does is tested elsewhere. */
const CHANNELS = (Object.keys(contract) as Channel[]).filter((channel) => channel !== 'engine.cancel');

let settings: string;
let supervisor: Supervisor;
let hub: Hub;
let server: RunningServer;
let page: Page;
let known: Known;

beforeAll(async () => {
  settings = await mkdtemp(path.join(tmpdir(), 'headlight-fuzz-'));
  supervisor = new Supervisor({ spawn: () => spawnNodeEngine(['--settings', settings]) });
  hub = createHub({ settingsFolder: null, env: { HF_HUB_OFFLINE: '1', HF_HOME: settings } });
  server = await startServer({ port: 0, supervisor, staticFolder: settings, hub });
  page = await openPage(server);
  known = await meaningful();
});
afterAll(async () => {
  page.close();
  await server.close();
  await hub.stop();
  await supervisor.stop();
  await rm(settings, { recursive: true });
});

const run = (model: string): Promise<unknown> =>
  page.request('text.run', { model, device: 'cpu', input: { text: 'the cat' }, lane: 'good' });

/** Names of things that exist, so that drawn requests reach what lies behind the first check. */
async function meaningful(): Promise<Known> {
  const { id } = (await page.request('models.addFolder', { folder: MODEL })) as { id: string };
  const { traceId } = (await run(id)) as { traceId: string };
  const input = { text: 'the cat' };
  const started = await page.request('generate.start', { model: id, device: 'cpu', input });
  const { generationId } = started as { generationId: string };
  const traces = [traceId];
  return {
    model: [id],
    traceId: traces,
    before: traces,
    after: traces,
    generationId: [generationId],
    name: ['decoder.0.self.pattern', 'decoder.0.hidden', 'logits'],
    device: ['cpu'],
    lane: ['main', 'other'],
    text: ['the cat', 'a', ''],
    folder: [MODEL, settings, ''],
    token: ['x'],
  };
}

type Answer = { readonly closed: number } | { readonly response: ResponseMessage };

/** A connection that sends one thing at a time and waits for what comes of it. */
class Line {
  #socket: WebSocket | null = null;

  async ask(data: Uint8Array | string): Promise<Answer> {
    this.#socket ??= await this.#open();
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('neither answered nor closed')), CASE_MILLISECONDS);
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        socket.removeAllListeners();
        socket.on('error', () => undefined);
        if ('closed' in answer) this.#socket = null;
        resolve(answer);
      };
      socket.on('close', (closed) => settle({ closed }));
      socket.on('error', () => undefined);
      socket.on('message', (bytes: Buffer) => {
        const message = serverMessage.parse(decodeFrame(new Uint8Array(bytes)));
        if (message.kind === 'response') settle({ response: message });
      });
      socket.send(data);
    });
  }

  close(): void {
    this.#socket?.close();
  }

  #open(): Promise<WebSocket> {
    const origin = `http://127.0.0.1:${server.port}`;
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws?token=${server.token}`, { origin });
    return new Promise((resolve, reject) => socket.once('open', () => resolve(socket)).once('error', reject));
  }
}

/** A frame around any text at all, with the lengths that belong to it. */
function frameOf(header: string | Uint8Array, bufferBytes = 0): Buffer {
  const head = Buffer.from(header);
  const start = bufferBytes === 0 ? head.length : Math.ceil((8 + head.length) / 8) * 8 - 8;
  const frame = Buffer.alloc(8 + start + bufferBytes);
  frame.write('HLW1', 0, 'latin1');
  frame.writeUInt32LE(head.length, 4);
  head.copy(frame, 8);
  return frame;
}

function drawHeader(random: Random): { header: string; bytes: number } {
  const channel = random.pick(CHANNELS);
  const payload = drawRequest(channel, known, random);
  const bytes = JSON.stringify(payload).includes('"$buffer"') ? 16 : 0;
  const message = { kind: 'request', id: random.below(1000), channel, payload };
  return { header: JSON.stringify({ message, buffers: bytes === 0 ? [] : [bytes] }), bytes };
}

const WAYS: Readonly<Record<string, (random: Random) => Uint8Array | string>> = {
  'as the contract has it': (random) => {
    const { header, bytes } = drawHeader(random);
    return frameOf(header, bytes);
  },
  'wrong types, missing fields and keys of prototypes': (random) => {
    const { header, bytes } = drawHeader(random);
    return frameOf(replaceAPart(header, random), bytes);
  },
  'lying numbers': (random) => {
    const { header, bytes } = drawHeader(random);
    return frameOf(lieAboutANumber(header, random), bytes);
  },
  'inserted text and deep nesting': (random) => frameOf(insertText(drawHeader(random).header, random)),
  'flipped bytes': (random) => flipBytes(frameOf(drawHeader(random).header), random),
  'wrong lengths': (random) => resize(frameOf(drawHeader(random).header), random),
  noise: (random) => Uint8Array.from({ length: random.below(300) }, () => random.below(256)),
  'text instead of bytes': (random) => drawHeader(random).header,
};

function expectClear(answer: Answer, what: string): 'closed' | 'refused' | 'answered' {
  if ('closed' in answer) {
    expect(answer.closed, what).toBe(1002);
    return 'closed';
  }
  const { response } = answer;
  if (response.ok) return 'answered';
  expect(response.failure.code, `${what}: ${response.failure.message}`).not.toBe('internal');
  expect(response.failure.code, what).not.toBe('engine-lost');
  expect(response.failure.message, what).toMatch(/^.{5,}/u);
  return 'refused';
}

describe('messages that are not what they should be', () => {
  it(
    'are answered in a sentence or end the connection; the server and its engine go on (2,400 cases)',
    {
      timeout: 240_000,
    },
    async () => {
      const random = seeded(20261201);
      const line = new Line();
      const seen = { closed: 0, refused: 0, answered: 0 };
      for (let index = 0; index < CASES; index++) {
        // Drawn messages close the run and the text that is generated, too.
        if (index % 80 === 0) known = await meaningful();
        const way = Object.keys(WAYS)[index % Object.keys(WAYS).length] ?? '';
        const data = WAYS[way]?.(random) ?? '';
        const what = `case ${index}, ${way}: ${Buffer.from(data).toString('latin1').slice(8, 400)}`;
        const answer = await line.ask(data).catch((error: unknown) => expect.unreachable(`${what}: ${String(error)}`));
        seen[expectClear(answer, what)]++;
      }
      line.close();
      expect(Math.min(seen.closed, seen.refused, seen.answered), JSON.stringify(seen)).toBeGreaterThan(100);
      expect(({} as { admin?: unknown }).admin).toBeUndefined();
      expect(supervisor.state).toMatchObject({ state: 'ready', restarts: 0 });
      expect(await run(known['model']?.[0] ?? '')).toMatchObject({ tokens: expect.any(Array) as unknown });
    },
  );
});

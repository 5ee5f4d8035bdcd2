import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/cli.ts';
import { byteText, durationText } from '../../../electron/cli/sizes.ts';
import { filesOf, startHubServer } from '../../support/hub-server.ts';
import type { HubServer } from '../../support/hub-server.ts';
import { cli, TINY_BERT, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();
let hub: HubServer;

beforeEach(async () => {
  hub = await startHubServer({
    repos: {
      'someone/tiny-gpt2': { files: filesOf(TINY_GPT2) },
      'someone/tiny-bert': { files: filesOf(TINY_BERT), gatedBy: 'hf_secret' },
    },
  });
  vi.stubEnv('HF_ENDPOINT', hub.url);
  for (const name of ['HF_TOKEN', 'HF_HUB_OFFLINE', 'HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, '');
});
afterEach(() => hub.close());

describe('headlight fetch', () => {
  it('fetches a model that the other commands then open, and says where it is', async () => {
    const { code, out, err } = await cli('fetch', 'someone/tiny-gpt2');
    expect([code, err]).toEqual([0, '']);
    const commit = hub.commitOf('someone/tiny-gpt2');
    expect(out).toMatch(new RegExp(`^someone/tiny-gpt2@${commit.slice(0, 12)} {2}[\\d.]+ kB {2}/.*${commit}\\n$`));
    const listed = await cli('models');
    expect(listed.out).toMatch(new RegExp(`^someone/tiny-gpt2 .* hub cache @${commit.slice(0, 12)}$`, 'm'));
    expect(listed.out).toMatch(/The Hugging Face cache has [\d.]+ kB: /);
    const run = await cli('run', '--model', 'someone/tiny-gpt2', '--text', 'a b', '--json');
    expect([run.code, run.err]).toEqual([0, '']);
    const again = await cli('fetch', `https://huggingface.co/someone/tiny-gpt2/tree/${commit}`, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ repo: 'someone/tiny-gpt2', revision: commit, problem: null });
  });

  it('shows progress only where somebody watches', async () => {
    const shown: string[] = [];
    const output = { write: () => undefined, note: () => undefined, status: (text: string) => void shown.push(text) };
    hub.fault = ({ kind }) => (kind === 'cdn' ? { kind: 'drip', bytes: 5_000, pause: 120 } : null);
    expect(await runCli(['fetch', 'someone/tiny-gpt2'], output)).toBe(0);
    expect(shown[0]).toBe('Asking the hub…');
    expect(shown.some((text) => /^model\.safetensors {2}[\d.]+ kB of [\d.]+ kB {2}\d+ %/.test(text))).toBe(true);
    expect(shown.some((text) => /kB\/s {2}\d+ s left$/.test(text))).toBe(true);
    expect(shown.slice(-2)).toEqual(['Finishing…', '']);
  });

  it('takes the token of the environment for a gated model, and never shows it', async () => {
    const refused = await cli('fetch', 'someone/tiny-bert');
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/is gated: ask for access/);
    vi.stubEnv('HF_TOKEN', 'hf_secret');
    const { code, out, err } = await cli('fetch', 'someone/tiny-bert');
    expect(code).toBe(0);
    expect(out + err + refused.err).not.toContain('hf_secret');
  });

  it('ends with 2 for what is no repository, and 1 where the hub does not do its part', async () => {
    const codes = async (...words: string[]): Promise<[number, string]> => {
      const { code, err } = await cli('fetch', ...words);
      return [code, err];
    };
    expect(await codes()).toEqual([2, expect.stringContaining('Name what to fetch')]);
    expect(await codes('a/b', 'c/d')).toEqual([2, expect.stringContaining('one word too many')]);
    expect(await codes('../etc')).toEqual([2, expect.stringContaining('no repository')]);
    expect(await codes('someone/else')).toEqual([2, expect.stringContaining('without a token')]);
    vi.stubEnv('HF_HUB_OFFLINE', '1');
    expect(await codes('someone/tiny-gpt2')).toEqual([1, expect.stringContaining('HF_HUB_OFFLINE')]);
  });

  it('--list shows models to begin with', async () => {
    const { code, out } = await cli('fetch', '--list');
    expect(code).toBe(0);
    expect(out).toMatch(/^openai-community\/gpt2 +gpt2 +12 × 12 +548\.1 MB +mit +en$/m);
    expect(hub.requests).toEqual([]);
  });
});

describe('headlight models --delete', () => {
  it('takes a model out of the cache and says how much is free again', async () => {
    await cli('fetch', 'someone/tiny-gpt2');
    const folder = path.join(process.env['HF_HUB_CACHE'] ?? '', 'models--someone--tiny-gpt2');
    expect(existsSync(folder)).toBe(true);
    const unknown = await cli('models', '--delete', 'someone/tiny-gpt2@deadbeef');
    expect([unknown.code, unknown.err]).toEqual([
      2,
      expect.stringMatching(/not in the hub cache; there is [0-9a-f]{12} main/),
    ]);
    const { code, out } = await cli('models', '--delete', 'someone/tiny-gpt2@main');
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^someone\/tiny-gpt2@[0-9a-f]{12} is deleted; [\d.]+ kB are free again\.\n$/),
    ]);
    expect(existsSync(folder)).toBe(false);
    expect((await cli('models', '--delete', 'someone/tiny-gpt2')).code).toBe(2);
  });
});

it('bytes and times are short', () => {
  expect([0, 999, 1_000, 548_105_171, 2.5e9].map(byteText)).toEqual(['0 B', '999 B', '1.0 kB', '548.1 MB', '2.50 GB']);
  expect([0.2, 59, 125, 3_725].map(durationText)).toEqual(['1 s', '59 s', '2 min 05 s', '1 h 02 min']);
});

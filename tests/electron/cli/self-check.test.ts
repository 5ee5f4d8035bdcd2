import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { cli, temporaryFolder, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();

describe('headlight self-check', () => {
  it('says versions, devices, bundled models and folders as Markdown', async () => {
    const { code, out, err } = await cli('self-check');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^### Headlight \d+\.\d+\.\d+: Self-check\n/);
    for (const title of ['Versions', 'This machine', 'Devices', 'Bundled models', 'Folders'])
      expect(out).toContain(`**${title}**`);
    expect(out).toContain(`- Node.js: ${process.versions.node}`);
    expect(out).toMatch(/^- CPU: passed its self-test in /m);
    expect(out).toContain('- headlight-gpt: 4 files as they were shipped');
  }, 60_000);

  it('--json is the same as data, with the home folder as ~', async () => {
    vi.stubEnv('HF_HUB_CACHE', path.join(homedir(), 'somewhere', 'hub'));
    const { code, out } = await cli('self-check', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      host: { kind: 'cli', cacheFrom: 'HF_HUB_CACHE' },
      engine: { bundled: [{ id: 'headlight-bert', state: 'verified' }, { id: 'headlight-gpt' }] },
      browser: null,
    });
    expect(out).toContain('~/somewhere/hub'.replaceAll('/', JSON.stringify(path.sep).slice(1, -1)));
    expect(out).not.toContain('"home"');
  }, 60_000);

  it('fails, and still says everything, where a bundled model is not there', async () => {
    vi.stubEnv('HEADLIGHT_BUNDLED_MODELS', temporaryFolder());
    const { code, out, err } = await cli('self-check');
    expect(code).toBe(1);
    expect(out).toContain('headlight-bert/config.json cannot be read.');
    expect(err).toContain('something needs attention');
    vi.stubEnv('HEADLIGHT_BUNDLED_MODELS', path.dirname(TINY_GPT2));
    expect((await cli('self-check')).out).toContain('tiny-gpt2: not one of Headlight’s own');
  }, 60_000);
});

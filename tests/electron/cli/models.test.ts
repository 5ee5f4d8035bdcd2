import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { modelEntry } from '../../../electron/api/index.ts';
import { cli, temporaryFolder, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();

describe('headlight models', () => {
  it('--json is an array of the entries of the contract, the bundled models first', async () => {
    const { code, out, err } = await cli('models', '--json');
    expect([code, err]).toEqual([0, '']);
    const models = modelEntry.array().parse(JSON.parse(out));
    expect(models.map(({ id }) => id)).toEqual(expect.arrayContaining(['headlight-bert', 'headlight-gpt']));
    expect(models.every(({ problem }) => problem === null)).toBe(true);
  });

  it('lists them for people, with their family', async () => {
    const { code, out } = await cli('models');
    expect(code).toBe(0);
    expect(out).toMatch(/^MODEL +FAMILY/);
    expect(out).toMatch(/^headlight-gpt +gpt2 /m);
    expect(out).toMatch(/^headlight-bert +bert /m);
  });

  it("lists the folders that the user added in the app, and says why one can't be opened", async () => {
    const settings = temporaryFolder();
    const broken = path.join(settings, 'broken');
    mkdirSync(broken);
    writeFileSync(path.join(broken, 'config.json'), JSON.stringify({ model_type: '\u001B[31mmamba' }));
    writeFileSync(path.join(settings, 'folders.json'), JSON.stringify({ folders: [TINY_GPT2, broken] }));
    vi.stubEnv('HEADLIGHT_SETTINGS', settings);
    const { code, out } = await cli('models');
    expect(code).toBe(0);
    expect(out).toContain('tiny-gpt2');
    expect(out).toMatch(/broken cannot be opened: .*mamba/);
    expect(out).not.toContain('\u001B');
  });
});

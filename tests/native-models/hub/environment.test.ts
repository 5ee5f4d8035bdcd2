import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connect, endpointOf, findToken, huggingFaceFolder, isOffline } from '../../../native-models/hub/index.ts';
import { modelErrorOf, temporaryFolder } from '../checkpoint/support.ts';

describe('findToken', () => {
  it('takes HF_TOKEN before the file of `hf auth login`', async () => {
    const HF_HOME = temporaryFolder();
    expect(await findToken({ HF_HOME })).toBeNull();
    writeFileSync(join(HF_HOME, 'token'), 'hf_file\n');
    expect(await findToken({ HF_HOME })).toEqual({ token: 'hf_file', from: 'file' });
    expect(await findToken({ HF_HOME, HF_TOKEN: ' hf_env ' })).toEqual({ token: 'hf_env', from: 'environment' });
    expect(await findToken({ HF_HOME, HF_TOKEN: '' })).toEqual({ token: 'hf_file', from: 'file' });
    expect(await findToken({ HF_HOME, HF_HUB_DISABLE_IMPLICIT_TOKEN: '1' })).toBeNull();
  });

  it('takes nothing that could not stand in a header', async () => {
    const HOME = temporaryFolder();
    mkdirSync(join(HOME, '.cache', 'huggingface'), { recursive: true });
    writeFileSync(join(HOME, '.cache', 'huggingface', 'token'), 'hf_a\r\nHost: evil');
    expect(await findToken({ HOME })).toBeNull();
    expect(await findToken({ HOME, HF_TOKEN: 'hf é' })).toBeNull();
  });
});

describe('the hub’s address', () => {
  it.each([
    [undefined, 'https://huggingface.co'],
    ['', 'https://huggingface.co'],
    ['https://mirror.example/', 'https://mirror.example'],
    ['http://127.0.0.1:8000/hub/', 'http://127.0.0.1:8000/hub'],
  ])('of HF_ENDPOINT=%j', (HF_ENDPOINT, endpoint) => {
    expect(endpointOf({ HF_ENDPOINT })).toBe(endpoint);
  });

  it.each(['mirror.example', 'file:///etc', 'https://me:secret@mirror.example', 'https://x.example/?a=1'])(
    'refuses %s without repeating it',
    async (HF_ENDPOINT) => {
      const error = await modelErrorOf(() => endpointOf({ HF_ENDPOINT }));
      expect(error.reason).toBe('hub-endpoint');
      expect(error.message).not.toContain('secret');
    },
  );

  it('is not asked where HF_HUB_OFFLINE is set', async () => {
    expect([isOffline({}), isOffline({ HF_HUB_OFFLINE: '0' }), isOffline({ TRANSFORMERS_OFFLINE: 'yes' })]).toEqual([
      false,
      false,
      true,
    ]);
    const error = await modelErrorOf(() => connect({ env: { HF_HUB_OFFLINE: '1' }, token: null }));
    expect(error).toMatchObject({ code: 'network', reason: 'hub-offline' });
  });
});

it.each([
  [{ HF_HUB_CACHE: '/a', HF_HOME: '/b' }, '/a'],
  [{ HF_HOME: '/b', XDG_CACHE_HOME: '/c' }, '/b/hub'],
  [{ HF_HOME: '', XDG_CACHE_HOME: '/c' }, '/c/huggingface/hub'],
  [{ HOME: '/home/me' }, '/home/me/.cache/huggingface/hub'],
  [{ HOME: '/home/me', HF_HOME: '~/hf' }, '/home/me/hf/hub'],
])('the cache of %j', (env, folder) => {
  if (process.platform !== 'win32') expect(huggingFaceFolder(env)).toBe(folder);
});

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { safeTokenStore } from '../../../electron/main/token-store.ts';
import type { Safe } from '../../../electron/main/token-store.ts';
import { temporaryFolder } from '../../native-models/checkpoint/support.ts';

/** Encrypts by turning every byte round; throws for what it did not encrypt. */
const safe: Safe = {
  isEncryptionAvailable: () => true,
  encryptString: (text) => Buffer.concat([Buffer.from([1]), Buffer.from(text).map((byte) => byte ^ 0xff)]),
  decryptString: (bytes) => {
    if (bytes[0] !== 1) throw new Error('not encrypted here');
    return Buffer.from(bytes.subarray(1).map((byte) => byte ^ 0xff)).toString();
  },
};

describe('safeTokenStore', () => {
  it('keeps a token encrypted, and forgets it', async () => {
    const folder = temporaryFolder();
    const store = safeTokenStore(safe, folder, 'darwin');
    expect([store.kind, await store.read()]).toEqual(['stored', null]);
    await store.write('hf_secret');
    expect(await safeTokenStore(safe, folder, 'darwin').read()).toBe('hf_secret');
    for (const name of readdirSync(folder))
      expect(readFileSync(path.join(folder, name), 'latin1')).not.toContain('secret');
    await store.write(null);
    expect([await store.read(), readdirSync(folder)]).toEqual([null, []]);
    await store.write(null);
  });

  it('reads nothing that another key encrypted', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'hub-token'), 'hf_plain');
    expect(await safeTokenStore(safe, folder, 'win32').read()).toBeNull();
  });

  it.each<[string, Safe, NodeJS.Platform]>([
    ['no encryption', { ...safe, isEncryptionAvailable: () => false }, 'darwin'],
    ['a Linux without a key store', { ...safe, getSelectedStorageBackend: () => 'basic_text' }, 'linux'],
  ])('writes nothing with %s', async (_name, weak, platform) => {
    const folder = temporaryFolder();
    const store = safeTokenStore(weak, folder, platform);
    await store.write('hf_secret');
    expect([store.kind, await store.read(), readdirSync(folder)]).toEqual(['session', 'hf_secret', []]);
  });
});

/** The hub's token in the system's key store: encrypted by Electron's safeStorage, in a file of the app's own folder. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { writeAtomically } from '../host/atomic-write.ts';
import { sessionTokenStore, type TokenStore } from '../hub/tokens.ts';

/** What of Electron's safeStorage is needed; it works after `ready`. */
export interface Safe {
  isEncryptionAvailable(): boolean;
  /** `basic_text` on a Linux without a key store: anybody could read what it "encrypts". */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(bytes: Buffer): string;
}

/** A token is kept only where the system encrypts it; elsewhere it is forgotten when the app ends. */
export function safeTokenStore(safe: Safe, folder: string, platform = process.platform): TokenStore {
  const isOpen = platform === 'linux' && safe.getSelectedStorageBackend?.() === 'basic_text';
  if (!safe.isEncryptionAvailable() || isOpen) return sessionTokenStore();
  const file = path.join(folder, 'hub-token');
  return {
    kind: 'stored',
    read: async () => {
      try {
        return safe.decryptString(await readFile(file));
      } catch {
        // None yet, or one that another user or machine encrypted.
        return null;
      }
    },
    write: async (token) => {
      if (token === null) {
        await rm(file, { force: true });
        return;
      }
      await mkdir(folder, { recursive: true });
      await writeAtomically(file, safe.encryptString(token));
    },
  };
}

/** Repositories of random bytes, a cache of the test's own, and a connection that does not wait. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { connect, fetchModel } from '../../../native-models/hub/index.ts';
import type { Connection, FetchedModel, FetchOptions } from '../../../native-models/hub/index.ts';
import { startHubServer } from '../../support/hub-server.ts';
import type { HubRepo, HubServer } from '../../support/hub-server.ts';
import { gitSha1Of, sha256Of } from '../../support/hub-server.ts';
import { temporaryFolder } from '../checkpoint/support.ts';

export const REPO = 'someone/tiny';

/** Numbers 0…1 that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A repository whose weights are `bytes` random bytes: a download looks at hashes, not at what they mean. */
export function randomRepo(seed: number, bytes = 200_000): HubRepo {
  const random = randomOf(seed);
  const text = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
  return {
    files: {
      'config.json': text({ model_type: 'gpt2', seed }),
      'tokenizer.json': text({ seed, padding: 'x'.repeat(5_000) }),
      'README.md': Buffer.from('---\nlicense: mit\n---\n'),
      'model.safetensors': Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256)),
      'pytorch_model.bin': Buffer.from('not wanted'),
    },
  };
}

/** A hub with `repos`, closed when the test ends. */
export async function hubWith(repos: Readonly<Record<string, HubRepo>>): Promise<HubServer> {
  const hub = await startHubServer({ repos });
  onTestFinished(() => hub.close());
  return hub;
}

export interface Line {
  readonly connection: Connection;
  /** Milliseconds that it was asked to wait. */
  readonly waits: number[];
}

export async function lineTo(hub: HubServer, token: string | null = null): Promise<Line> {
  const waits: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    await new Promise((resolve) => setTimeout(resolve, 1));
  };
  const connection = await connect({ env: { HF_ENDPOINT: hub.url }, token, stall: 500, wait });
  onTestFinished(() => connection.close());
  return { connection, waits };
}

export interface Fetching {
  readonly cacheFolder: string;
  readonly fetch: (changes?: Partial<FetchOptions>) => Promise<FetchedModel>;
}

export function fetching(connection: Connection, cacheFolder = temporaryFolder()): Fetching {
  const standard = { repo: REPO, revision: 'main', cacheFolder, connection };
  return {
    cacheFolder,
    fetch: (changes = {}) => fetchModel({ ...standard, signal: new AbortController().signal, ...changes }),
  };
}

/** Every file below `folder`, links followed, by its path with slashes. */
export function filesBelow(folder: string, prefix = ''): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesBelow(file, `${prefix}${name}/`) : [`${prefix}${name}`];
  });
}

/** The wanted files of the snapshot are those of the hub, byte for byte. */
export function expectSnapshot({ folder }: Pick<FetchedModel, 'folder'>, repo: HubRepo): void {
  const wanted = Object.keys(repo.files).filter((name) => name !== 'pytorch_model.bin');
  expect(filesBelow(folder).sort()).toEqual(wanted.sort());
  for (const name of wanted)
    expect(sha256Of(readFileSync(path.join(folder, name))), name).toBe(sha256Of(repo.files[name]!));
}

/** No blob that has its final name is anything else than that name says. */
export function expectNoWrongBlob(cacheFolder: string): void {
  for (const file of filesBelow(cacheFolder)) {
    const name = path.basename(file);
    if (!file.includes('/blobs/') || name.endsWith('.incomplete')) continue;
    const bytes = readFileSync(path.join(cacheFolder, file));
    expect(name.length === 64 ? sha256Of(bytes) : gitSha1Of(bytes), file).toBe(name);
  }
}

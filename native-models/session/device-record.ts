/**
 * What past self-tests found, in a small file of the user's cache. A test is recorded as `testing` before it starts, so that a device
 * which ends the process is found out at the next start and left out.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DeviceId } from '../types.ts';
import { runtimeVersion } from './runtime.ts';

export interface DeviceRecord {
  readonly state: 'testing' | 'ready' | 'failed' | 'unavailable';
  readonly reason?: string;
  readonly seconds?: number;
  /** The process that is testing; only with `testing`. */
  readonly pid?: number;
}

/** The folder for what Headlight remembers between starts: HEADLIGHT_STATE, else `headlight` in the user's cache folder. */
export function stateFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env['HEADLIGHT_STATE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'headlight');
}

function recordFile(): string {
  return join(stateFolder(), `devices-${runtimeVersion()}-${process.platform}-${process.arch}.json`);
}

/** The record of a device; null when it was never tested, or when the file cannot be read. */
export function readDeviceRecord(device: DeviceId): DeviceRecord | null {
  return readAll()[device] ?? null;
}

/** Keeps a record; a folder that cannot be written only means that the next start tests again. */
export function writeDeviceRecord(device: DeviceId, record: DeviceRecord): void {
  const file = recordFile();
  try {
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify({ ...readAll(), [device]: record }, null, 2));
    renameSync(temporary, file);
  } catch {
    return;
  }
}

function readAll(): Partial<Record<DeviceId, DeviceRecord>> {
  try {
    const stored: unknown = JSON.parse(readFileSync(recordFile(), 'utf8'));
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, record]) => isRecord(record)));
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is DeviceRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'state' in value &&
    ['testing', 'ready', 'failed', 'unavailable'].includes(String(value.state))
  );
}

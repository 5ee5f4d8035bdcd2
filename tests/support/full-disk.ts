/** A disk that is full after some bytes: the file handles of this process write that many, and then fail as the system's do. */
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';

function noSpace(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    errno: -28,
    syscall: 'write',
  });
}

/** All that any `FileHandle` writes counts. Returns a function that makes room again; at the test's end there is room too. */
export async function fullAfter(bytes: number): Promise<() => void> {
  const probe = path.join(tmpdir(), `headlight-probe-${process.pid}`);
  const handle = await open(probe, 'w');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  await rm(probe);
  let room = bytes;
  type Write = (
    data: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ) => Promise<{ bytesWritten: number }>;
  const writeOf = (file: FileHandle): Write => (original as (...given: unknown[]) => ReturnType<Write>).bind(file);
  const original: unknown = Reflect.get(prototype, 'write');
  /** Writes what there is room for, as a disk does before it says that it is full. */
  const spent = async (file: FileHandle, data: Uint8Array, position: number | null): Promise<number> => {
    const fitting = data.subarray(0, Math.max(0, room));
    room -= data.length;
    if (fitting.length === 0 && data.length > 0) throw noSpace();
    const done = await writeOf(file)(fitting, 0, fitting.length, position);
    return done.bytesWritten;
  };
  const spies = [
    vi.spyOn(prototype, 'write').mockImplementation(async function (this: FileHandle, ...given: unknown[]) {
      const [buffer, offset = 0, length, position = null] = given as [Uint8Array, number?, number?, number?];
      const data = buffer.subarray(offset, length === undefined ? undefined : offset + length);
      return { bytesWritten: await spent(this, data, position), buffer };
    } as FileHandle['write']),
    vi.spyOn(prototype, 'writeFile').mockImplementation(async function (this: FileHandle, given) {
      const data = typeof given === 'string' ? Buffer.from(given) : given;
      if ((await spent(this, data, null)) < data.length) throw noSpace();
    }),
  ];
  return () => spies.forEach((spy) => spy.mockRestore());
}

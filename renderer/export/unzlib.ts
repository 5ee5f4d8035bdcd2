/** fflate's `unzlib` with its callback, without a worker: see the page's build configuration. */
import { unzlibSync } from 'fflate';

export function unzlib(data: Uint8Array, done: (error: Error | null, data: Uint8Array | null) => void): void {
  try {
    done(null, unzlibSync(data));
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)), null);
  }
}

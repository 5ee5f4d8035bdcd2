/** Keeps the window's state in `window.json` of the app's own folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { writeAtomicallySync } from '../host/atomic-write.ts';
import { FIRST_STATE, readState, type WindowState } from './window-state.ts';

/** Moving a window changes its place many times a second; it is written when it has been still so long, in ms. */
const STILL = 500;

export class WindowFile {
  readonly #file: string;
  #state: WindowState;
  #timer: NodeJS.Timeout | null = null;

  /** Reads what is there; a missing or damaged file counts as none. */
  constructor(folder: string) {
    this.#file = path.join(folder, 'window.json');
    this.#state = read(this.#file);
  }

  get state(): WindowState {
    return this.#state;
  }

  /** Changes some of the state, and writes it after a while. */
  change(part: Partial<WindowState>): void {
    this.#state = { ...this.#state, ...part };
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), STILL);
  }

  /** Writes what is not written yet. A place that cannot be written to forgets the window's state and nothing else. */
  flush(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    try {
      writeAtomicallySync(this.#file, `${JSON.stringify(this.#state, null, 2)}\n`);
    } catch {
      // The disk is full or read-only; the app works all the same.
    }
  }
}

function read(file: string): WindowState {
  try {
    return readState(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return FIRST_STATE;
  }
}

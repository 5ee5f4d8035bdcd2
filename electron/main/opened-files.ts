/** Notebooks that the system opens with Headlight: by double click, from the command line, on the Dock. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { SESSION_EXTENSION } from '../api/session-file.ts';

/**
 * The notebook among a start's arguments, as a full path; null where there is none. Chromium puts switches of its own among the
 * arguments, and file managers of Linux pass `file:` addresses.
 * @param argv the arguments with the executable in front
 * @param folder where relative paths start
 */
export function openedFileFromArgv(argv: readonly string[], folder: string): string | null {
  for (const argument of argv.slice(1)) {
    if (argument.startsWith('-')) continue;
    const file = pathOf(argument);
    if (file !== null && isNotebook(file)) return path.resolve(folder, file);
  }
  return null;
}

/** True for a name with a notebook's extension. */
export function isNotebook(file: string): boolean {
  return path.extname(file).toLowerCase() === `.${SESSION_EXTENSION}` && !file.includes('\0');
}

function pathOf(argument: string): string | null {
  if (!argument.startsWith('file:')) return argument;
  try {
    return fileURLToPath(argument);
  } catch {
    return null;
  }
}

/** Keeps what was opened until a page is there to hear it. */
export class OpenedFiles {
  #waiting: string[] = [];
  #tell: ((file: string) => void) | null = null;

  /** A notebook was opened. Files of other kinds are left alone. */
  open(file: string | null): void {
    if (file === null || !isNotebook(file)) return;
    if (this.#tell === null) this.#waiting.push(file);
    else this.#tell(file);
  }

  /** A page is there: it hears what waits and what comes. */
  attach(tell: (file: string) => void): void {
    this.#tell = tell;
    for (const file of this.#waiting.splice(0)) tell(file);
  }

  /** The page is gone; what comes waits for the next one. */
  detach(): void {
    this.#tell = null;
  }
}

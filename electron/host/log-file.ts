/** A log that stays small: a line an entry; a file that is full becomes the old one, and the one before it goes. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

export type LogLevel = 'info' | 'warning' | 'error';

export interface LogOptions {
  /** A file that would grow beyond it is started anew, in bytes. Default 500,000. */
  readonly limit?: number;
  readonly now?: () => Date;
}

export interface Log {
  /** The file that is written to; the one before it has `.old` in its name. */
  readonly file: string;
  write(level: LogLevel, message: string): void;
}

/** The longest entry, in UTF-16 units: a stack trace fits, a text of the user's is never meant to be in one. */
const LONGEST = 8000;

/** Opens `name`.log in `folder`. A log that cannot be written is silent: nothing may fail because of it. */
export function openLog(folder: string, name: string, options: LogOptions = {}): Log {
  const { limit = 500_000, now = () => new Date() } = options;
  const file = path.join(folder, `${name}.log`);
  const write = (level: LogLevel, message: string): void => {
    const text = message.replaceAll(/\r?\n/gu, '\n    ').slice(0, LONGEST);
    const line = `${now().toISOString()} ${level} ${text}\n`;
    try {
      mkdirSync(folder, { recursive: true });
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (size > 0 && size + Buffer.byteLength(line) > limit) renameSync(file, path.join(folder, `${name}.old.log`));
      appendFileSync(file, line);
    } catch {
      // A full or read-only disk.
    }
  };
  return { file, write };
}

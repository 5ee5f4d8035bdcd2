/** Files that commands write: checked before the work begins, and whole or not there at all. */
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './command.ts';

/** Where relative paths start: npm runs scripts in the package's folder, the user typed the path in theirs. */
export function userFolder(env: NodeJS.ProcessEnv = process.env): string {
  return (env['npm_lifecycle_event'] === 'headlight' ? env['INIT_CWD'] : undefined) ?? process.cwd();
}

/**
 * The absolute path of a file to write.
 * @param extensions allowed ones, without the dot
 * @throws UsageError for another extension, a missing folder, or a folder in the file's place
 */
export async function outputPath(typed: string, extensions: readonly string[]): Promise<string> {
  const file = path.resolve(userFolder(), typed);
  const lower = file.toLowerCase();
  if (!extensions.some((extension) => lower.endsWith(`.${extension}`))) {
    const wanted = extensions.map((extension) => `.${extension}`).join(' or ');
    throw new UsageError(`--out takes a file that ends in ${wanted}; "${typed}" does not.`);
  }
  const folder = await stat(path.dirname(file)).catch(() => null);
  if (!folder?.isDirectory()) throw new UsageError(`--out: there is no folder ${path.dirname(file)}.`);
  const existing = await stat(file).catch(() => null);
  if (existing?.isDirectory()) throw new UsageError(`--out: ${file} is a folder.`);
  return file;
}

/**
 * All of a text file.
 * @throws UsageError for a file that cannot be read as text, naming `--file`
 */
export async function readTextFile(typed: string): Promise<string> {
  const file = path.resolve(userFolder(), typed);
  const bytes = await readFile(file).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new UsageError(`--file: ${file} cannot be read: ${why}.`);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`--file: ${file} is not UTF-8 text.`);
  }
}

/**
 * Writes a file piece by piece beside its final name, and gives it that name at the end; after an error nothing is left.
 * @param produce calls `write` with each piece, in order
 * @throws Error that names the file when it cannot be written; what `produce` throws
 */
export async function writeInPieces(
  file: string,
  produce: (write: (piece: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  const explain = (error: unknown): never => {
    throw new Error(`The file ${file} could not be written: ${(error as Error).message}.`, { cause: error });
  };
  const handle = await open(temporary, 'w').catch(explain);
  try {
    try {
      await produce(async (piece) => {
        await handle.writeFile(piece).catch(explain);
      });
    } finally {
      await handle.close();
    }
    await rename(temporary, file).catch(explain);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What of saving a file needs no dialog: a safe suggestion for its name, its filter, and writing it whole or not at all. */
import { ApiError } from '../api/errors.ts';
import { writeAtomically } from '../host/atomic-write.ts';

const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'image/svg+xml': ['svg'],
  'image/png': ['png'],
  'application/pdf': ['pdf'],
  'text/csv': ['csv'],
  'application/json': ['json'],
};

/** A name without folders and without what Windows forbids; `headlight` where nothing is left. */
export function safeFileName(name: string): string {
  const bare = name.replace(/[\u0000-\u001f<>:"/\\|?*]/gu, '-').replace(/^[\s.]+|[\s.]+$/gu, '');
  return bare.slice(0, 120) || 'headlight';
}

/** The file dialog's filter for a MIME type; every file where the type is not known. */
export function filtersOf(mimeType: string): { name: string; extensions: string[] }[] {
  const extensions = EXTENSIONS[mimeType];
  return extensions === undefined ? [] : [{ name: (extensions[0] ?? '').toUpperCase(), extensions: [...extensions] }];
}

/** Writes the file. @throws ApiError `bad-request` with reason `save-failed` in words of the file system */
export async function saveFile(file: string, data: ArrayBuffer): Promise<void> {
  try {
    await writeAtomically(file, new Uint8Array(data));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const cause = CAUSES[code] ?? (error instanceof Error ? error.message : String(error));
    const message = `${file} could not be written: ${cause}.`;
    throw new ApiError({ code: 'bad-request', message, reason: 'save-failed', values: { file, cause } });
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOENT: 'its folder does not exist',
  EISDIR: 'it is a folder',
};

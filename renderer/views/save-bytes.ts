/** Gives a file to the user: through the host's dialog, or as a download. */
import type { Session } from '../state/session.ts';

export async function saveBytes(
  session: Session,
  name: string,
  mimeType: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<'saved' | 'declined'> {
  // The dialog's channel takes a buffer of its own; the download reads the same bytes.
  const saved = await session.saveFile(name, mimeType, bytes.slice().buffer);
  if (saved === 'unsupported') download(name, mimeType, bytes);
  return saved === 'declined' ? 'declined' : 'saved';
}

function download(name: string, mimeType: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: mimeType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after this task; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The system's clipboard. */

/** @throws Error where the page may not write to it */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

/** The picture may still be on its way: browsers want to be asked within the user's own click. */
export async function copyPicture(png: Promise<Blob>): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}

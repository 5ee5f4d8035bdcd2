/** Answers `app://bundle/…` with the built page's files; knows no Electron, so that it can be tested without. */
import { readFile } from 'node:fs/promises';

import { SECURITY_HEADERS } from '../host/csp.ts';
import { findStaticFile } from '../host/static-files.ts';
import { isAppUrl } from './app-url.ts';

/** The response for one request of the page; 404 for what is not in `folder`, 405 for anything but GET and HEAD. */
export async function answerAppRequest(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  if (!isAppUrl(request.url)) return refuse(404);
  const found = await findStaticFile(folder, new URL(request.url).pathname);
  if (found === null) return refuse(404);
  const body = request.method === 'HEAD' ? null : new Uint8Array(await readFile(found.file));
  return new Response(body, { headers: { ...SECURITY_HEADERS, 'Content-Type': found.mimeType } });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { ...SECURITY_HEADERS } });
}

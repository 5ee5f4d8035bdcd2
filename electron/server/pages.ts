/** The HTTP part: the renderer's files for who has the token, and a readable page for everyone else. */
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { SECURITY_HEADERS } from '../host/csp.ts';
import { findStaticFile } from '../host/static-files.ts';
import { cookieHeader, isLoopbackHost, proofOf, type Access } from './access.ts';

/** Answers one HTTP request with a file of `folder`; never throws. */
export async function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  access: Access,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  if (!isLoopbackHost(request.headers.host)) {
    refuse(response, 403, 'This server answers to 127.0.0.1 and localhost only.');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    refuse(response, 405, 'Only GET and HEAD are answered here.');
    return;
  }
  const proof = proofOf(request, access);
  if (proof === null) {
    refuse(response, 403, 'Open the whole address that Headlight printed when it started, with its token.');
    return;
  }
  const urlPath = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (proof === 'url' && urlPath === '/') exchange(request, response, access);
  else await sendFile(request, response, folder, urlPath);
}

/**
 * Token for cookie, so that the token leaves the address bar. A cross-site click would not carry a strict cookie through a
 * redirect, so there the page itself goes on to the clean address.
 */
function exchange(request: IncomingMessage, response: ServerResponse, access: Access): void {
  response.setHeader('Set-Cookie', cookieHeader(access));
  response.setHeader('Cache-Control', 'no-store');
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'none' || site === 'same-origin') {
    response.writeHead(303, { Location: '/' }).end();
    return;
  }
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  const body = '<!doctype html><title>Headlight</title><meta http-equiv="refresh" content="0; url=/">';
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : body);
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  urlPath: string,
): Promise<void> {
  const found = await findStaticFile(folder, urlPath);
  if (found === null) {
    refuse(response, 404, 'There is nothing at this address.');
    return;
  }
  response.setHeader('Content-Type', found.mimeType);
  response.setHeader('Content-Length', found.bytes);
  // Built files carry a hash in their names, the page does not; both may be kept, but never shown to who lost the token.
  response.setHeader('Cache-Control', 'no-cache, private');
  response.writeHead(200);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stream = createReadStream(found.file);
  stream.on('error', () => response.destroy());
  stream.pipe(response);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.writeHead(status).end(`${sentence}\n`);
}

/**
 * Who may talk to the server. It listens on 127.0.0.1 only, but every page in the user's browser can send requests there, so:
 * - the Host must be a loopback name (a page that rebinds its DNS name to 127.0.0.1 sends its own name);
 * - a WebSocket must come from the server's own origin (browsers always tell the true one);
 * - everything needs the token of this start: once in the URL that Headlight prints, from then on in a cookie that scripts cannot
 *   read and other sites cannot send.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Access {
  /** 43 characters, 256 random bits, new at every start. */
  readonly token: string;
  readonly cookieName: string;
}

export function createAccess(port: number): Access {
  // Cookies do not know ports, so two servers need two names.
  return { token: randomBytes(32).toString('base64url'), cookieName: `headlight-${port}` };
}

/** True for 127.0.0.1 or localhost with any port (an SSH tunnel may change it). */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/iu.test(host);
}

/** True where the Origin is that of the very server the request was sent to. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  return (
    isLoopbackHost(host) && origin !== undefined && origin.toLowerCase() === `http://${String(host).toLowerCase()}`
  );
}

export type Proof = 'url' | 'cookie' | null;

/** How the request shows the token: in `?token=`, in the cookie, or not at all. */
export function proofOf(request: IncomingMessage, access: Access): Proof {
  const query = new URLSearchParams((request.url ?? '').split('?', 2)[1] ?? '');
  if (sameSecret(query.get('token'), access.token)) return 'url';
  return cookiesOf(request, access.cookieName).some((value) => sameSecret(value, access.token)) ? 'cookie' : null;
}

export function cookieHeader(access: Access): string {
  return `${access.cookieName}=${access.token}; Path=/; HttpOnly; SameSite=Strict`;
}

function cookiesOf(request: IncomingMessage, name: string): string[] {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}

/** Compares without telling by its timing how much matched. */
function sameSecret(given: string | null, secret: string): boolean {
  if (given === null) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

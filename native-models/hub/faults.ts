/** What goes wrong between here and the hub, in words of a user, and which of it is worth another try. */
import { ModelError } from '../errors.ts';

/** Something that may be gone a moment later. `retryAfter`: seconds that the server asks for. */
export class TransientFault extends Error {
  readonly status: number | null;
  readonly retryAfter: number | null;
  readonly host: string;

  constructor(message: string, host: string, status: number | null = null, retryAfter: number | null = null) {
    super(message);
    this.name = 'TransientFault';
    this.status = status;
    this.retryAfter = retryAfter;
    this.host = host;
  }
}

const TRANSIENT_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What an answer other than 2xx means: a ModelError, or a TransientFault. `what` is what was asked for, of `repo`. */
export function statusFault(
  status: number,
  headers: Readonly<Record<string, string | undefined>>,
  { what, repo, host, hasToken }: { what: string; repo: string; host: string; hasToken: boolean },
): Error {
  if (TRANSIENT_STATUS.has(status)) {
    const retryAfter = retrySeconds(headers['retry-after']);
    return new TransientFault(`${host} answered ${status}`, host, status, retryAfter);
  }
  const code = headers['x-error-code'];
  const values = { what, host, status };
  if (code === 'GatedRepo' || (status === 403 && hasToken)) {
    const message = `${repo} is gated: ask for access on its page at ${host}, and give the token of that account.`;
    return new ModelError('not-found', 'hub-gated', message, { ...values, what: repo });
  }
  if (status === 401 || status === 403) return unauthorized(hasToken, { ...values, what: repo });
  if (status === 404 || code === 'RepoNotFound') {
    const message = `${host} has no ${what}.`;
    return new ModelError('not-found', 'hub-not-found', message, values);
  }
  return new ModelError('network', 'hub-status', `${host} answered ${status} when asked for ${what}.`, values);
}

/** The hub says 401 for what does not exist as well, so that nobody can find out what is private. */
function unauthorized(hasToken: boolean, values: { what: string; host: string; status: number }): ModelError {
  const { what, host } = values;
  if (hasToken) {
    const message = `${host} does not accept the token, or ${what} does not exist.`;
    return new ModelError('not-found', 'hub-token-refused', message, values);
  }
  const message = `${host} has no ${what} that may be read without a token: it does not exist, or it is private.`;
  return new ModelError('not-found', 'hub-unauthorized', message, values);
}

/** Seconds of a Retry-After header, which is a number or a date; null where it says neither. */
export function retrySeconds(header: string | undefined, now = Date.now()): number | null {
  if (header === undefined) return null;
  if (/^\s*\d+\s*$/u.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}

/** A fault that stayed after every try. */
export function lastingFault(fault: TransientFault, what: string): ModelError {
  const { host, status, retryAfter } = fault;
  const values = { what, host, status: status ?? 0, cause: fault.message, seconds: Math.ceil(retryAfter ?? 0) };
  if (status === 429) {
    const message = `${host} has had too many requests${retryAfter === null ? '' : `; it asks to wait ${values.seconds} s`}.`;
    return new ModelError('network', 'hub-too-many', message, values);
  }
  if (status !== null) {
    return new ModelError('network', 'hub-status', `${host} answered ${status} when asked for ${what}.`, values);
  }
  const message = `${what} could not be fetched from ${host}: ${fault.message}. What came so far is kept.`;
  return new ModelError('network', 'hub-unreachable', message, values);
}

/** Why a connection failed, in plain words. */
export function connectionCause(error: unknown): string {
  const chain: unknown[] = [error];
  for (let at = error; at instanceof Error && at.cause !== undefined && chain.length < 5; at = at.cause)
    chain.push(at.cause);
  for (const each of chain) {
    const code = each instanceof Error && 'code' in each ? String(each.code) : '';
    const words = CONNECTION_CAUSES[code];
    if (words !== undefined) return words;
    if (/CERT|SELF_SIGNED|UNABLE_TO/u.test(code)) return 'its certificate is not trusted here';
  }
  return error instanceof Error ? error.message.replace(/\s+/gu, ' ').slice(0, 200) : String(error);
}

const CONNECTION_CAUSES: Readonly<Partial<Record<string, string>>> = {
  ENOTFOUND: 'its name was not found (is there a network?)',
  EAI_AGAIN: 'its name was not found (is there a network?)',
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'it took too long',
  UND_ERR_CONNECT_TIMEOUT: 'it took too long',
  UND_ERR_HEADERS_TIMEOUT: 'it took too long',
  UND_ERR_BODY_TIMEOUT: 'it stopped sending',
};

/** An error of the file system as a user can act on it. */
export function diskFault(error: unknown, path: string): unknown {
  if (error instanceof ModelError || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ModelError('disk', 'disk-full', `The disk is full: ${path} could not be written.`, { path });
  }
  const why = DISK_CAUSES[code];
  if (why === undefined) return error;
  return new ModelError('disk', 'disk-refused', `${path} could not be written: ${why}.`, { path, cause: why });
}

const DISK_CAUSES: Readonly<Partial<Record<string, string>>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk is read-only',
  EBUSY: 'it is in use',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its path is too long',
  EIO: 'the disk reports an error',
};

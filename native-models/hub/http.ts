/** One GET to the hub: redirects followed by hand, so that the token goes to the hub's own address and nowhere else. */
import type { Dispatcher } from 'undici';
import { endpointOf, isOffline } from './environment.ts';
import type { Environment } from './environment.ts';
import { connectionCause, lastingFault, statusFault, TransientFault } from './faults.ts';
import { ModelError } from '../errors.ts';

/** How the hub is reached. */
export interface Connection {
  readonly endpoint: string;
  readonly token: string | null;
  /** Waits that many milliseconds, or until the signal says stop. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  get(url: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  /** Ends the open connections. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly env: Environment;
  readonly token: string | null;
  /** A connection that sends nothing for this long is cut, in milliseconds. Default 30,000. */
  readonly stall?: number;
  readonly wait?: Connection['wait'];
}

/** An answer of 2xx or 3xx whose redirects were followed. */
export interface HubAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Dispatcher.ResponseData['body'];
  /** Address that answered in the end. */
  readonly url: string;
  /** Headers of the first answer, the hub's own. */
  readonly hubHeaders: Readonly<Record<string, string | undefined>>;
}

export interface Asked {
  /** Path and query on the hub, or a whole address. */
  readonly path: string;
  /** What is asked for, for an error: `openai-community/gpt2`. */
  readonly what: string;
  /** The repository, where `what` is a file of it: access is a matter of the whole. */
  readonly repo?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const MAX_REDIRECTS = 5;
/** Tries in a row without a byte. */
const TRIES = 5;
/** Longest wait that a server may ask for, in seconds. */
const LONGEST_WAIT = 120;

/**
 * Opens nothing yet; proxies are those of HTTPS_PROXY, HTTP_PROXY and NO_PROXY.
 *
 * @throws ModelError 'network' `hub-offline` where HF_HUB_OFFLINE is set, 'bad-request' `hub-endpoint`
 */
export async function connect({ env, token, stall = 30_000, wait = pause }: ConnectOptions): Promise<Connection> {
  const endpoint = endpointOf(env);
  if (isOffline(env)) {
    const message = 'HF_HUB_OFFLINE is set, so the hub is not asked; models that are here can be opened.';
    throw new ModelError('network', 'hub-offline', message);
  }
  const { EnvHttpProxyAgent, request } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'] ?? '',
    httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '',
    noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
    headersTimeout: stall,
    bodyTimeout: stall,
    connect: { timeout: stall },
  });
  return {
    endpoint,
    token,
    wait,
    get: (url, headers, signal) => request(url, { dispatcher, headers, signal, method: 'GET' }),
    close: () => dispatcher.destroy(),
  };
}

/** One try. @throws TransientFault, ModelError, or the signal's reason */
export async function ask(
  connection: Connection,
  { path, what, repo = what, headers = {}, signal }: Asked,
): Promise<HubAnswer> {
  let url = new URL(path.startsWith('/') ? `${connection.endpoint}${path}` : path);
  let hubHeaders: HubAnswer['hubHeaders'] | null = null;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await send(connection, url, headers, signal);
    const given = plainHeaders(response.headers);
    hubHeaders ??= given;
    const location = given['location'];
    if (response.statusCode < 300) {
      return { status: response.statusCode, headers: given, body: response.body, url: url.href, hubHeaders };
    }
    await response.body.dump({ limit: 65_536 }).catch(() => undefined);
    if (response.statusCode >= 400 || location === undefined) {
      const hasToken = authorization(connection, url) !== null;
      throw statusFault(response.statusCode, given, { what, repo, host: url.host, hasToken });
    }
    url = redirected(url, location, what);
  }
  throw new ModelError('network', 'hub-redirects', `${url.host} leads in circles when asked for ${what}.`, { what });
}

/**
 * Does `attempt` again after a TransientFault: five times in a row, waiting longer each time, or as long as the server says.
 *
 * @param progressed true when the last attempt brought something, which starts the
 * count of tries anew
 * @throws ModelError of the last fault, what `attempt` throws besides, or the signal's reason
 */
export async function patiently<T>(
  connection: Connection,
  { what, signal }: Pick<Asked, 'what' | 'signal'>,
  attempt: () => Promise<T>,
  progressed: () => boolean = () => false,
): Promise<T> {
  for (let failed = 0; ;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransientFault)) throw error;
      failed = progressed() ? 1 : failed + 1;
      const seconds = error.retryAfter ?? 2 ** (failed - 2);
      if (failed >= TRIES || seconds > LONGEST_WAIT) throw lastingFault(error, what);
      await connection.wait(seconds * 1000, signal);
    }
  }
}

async function send(
  connection: Connection,
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const token = authorization(connection, url);
  try {
    const own = { 'user-agent': 'headlight', 'accept-encoding': 'identity', ...headers };
    return await connection.get(url.href, token === null ? own : { ...own, authorization: `Bearer ${token}` }, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new TransientFault(connectionCause(error), url.host);
  }
}

/** The token for the hub's own origin; null for any other, a CDN's say. */
function authorization({ endpoint, token }: Connection, url: URL): string | null {
  return url.origin === new URL(endpoint).origin ? token : null;
}

/** @throws ModelError 'network' `hub-redirects` for an address that is no http(s), or that would leave https */
function redirected(from: URL, location: string, what: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : null;
  const sound = to !== null && (to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:'));
  if (sound) return to;
  const message = `${from.host} leads to an address that is not safe when asked for ${what}.`;
  throw new ModelError('network', 'hub-redirects', message, { what });
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value[0] : value]),
  );
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
}

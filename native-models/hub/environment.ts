/** What the environment says about the hub: its address, its cache, whether it may be asked, and a token. As huggingface_hub reads it. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ModelError } from '../errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The public hub. */
export const PUBLIC_ENDPOINT = 'https://huggingface.co';

/** A path as the user wrote it, absolute; a leading ~ is the home folder. */
export function expand(path: string, env: Environment): string {
  return resolve(/^~(?=$|[/\\])/u.test(path) ? home(env) + path.slice(1) : path);
}

export function home(env: Environment): string {
  const named = env['HOME'] ?? env['USERPROFILE'];
  return named === undefined || named === '' ? homedir() : named;
}

/** Where the hub cache is, and the variable that decides it. */
export interface CachePlace {
  readonly folder: string;
  readonly from: (typeof CACHE_VARIABLES)[number] | 'default';
}

const CACHE_VARIABLES = [
  'HF_HUB_CACHE',
  'HUGGINGFACE_HUB_CACHE',
  'HF_HOME',
  'HEADLIGHT_HUB_CACHE',
  'XDG_CACHE_HOME',
] as const;

/** What follows a variable's folder. */
const BELOW: Readonly<Partial<Record<CachePlace['from'], readonly string[]>>> = {
  HF_HOME: ['hub'],
  XDG_CACHE_HOME: ['huggingface', 'hub'],
};

/**
 * The hub cache, found as huggingface_hub finds it: HF_HUB_CACHE, HUGGINGFACE_HUB_CACHE, HF_HOME/hub,
 * XDG_CACHE_HOME/huggingface/hub, ~/.cache/huggingface/hub; between those of the hub and the system's own stands HEADLIGHT_HUB_CACHE,
 * which carries Headlight's setting. Empty variables count as unset.
 */
export function cachePlace(env: Environment): CachePlace {
  for (const from of CACHE_VARIABLES) {
    const folder = pathOf(env, from);
    if (folder !== null) return { folder: join(folder, ...(BELOW[from] ?? [])), from };
  }
  return { folder: join(home(env), '.cache', 'huggingface', 'hub'), from: 'default' };
}

export function huggingFaceFolder(env: Environment): string {
  return cachePlace(env).folder;
}

/**
 * The hub's address without a slash at its end: HF_ENDPOINT, else the public hub.
 *
 * @throws ModelError 'bad-request' `hub-endpoint` for what is no http(s) address
 */
export function endpointOf(env: Environment): string {
  const given = env['HF_ENDPOINT']?.trim() ?? '';
  if (given === '') return PUBLIC_ENDPOINT;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url !== null && /^https?:$/u.test(url.protocol) && url.username === '' && url.search === '' && url.hash === '') {
    return url.href.replace(/\/+$/u, '');
  }
  const message =
    'HF_ENDPOINT must be an address such as https://huggingface.co, without a name, a query or a password.';
  throw new ModelError('bad-request', 'hub-endpoint', message);
}

/** True where HF_HUB_OFFLINE (or TRANSFORMERS_OFFLINE) forbids every request. */
export function isOffline(env: Environment): boolean {
  return isTrue(env['HF_HUB_OFFLINE']) || isTrue(env['TRANSFORMERS_OFFLINE']);
}

export interface FoundToken {
  readonly token: string;
  readonly from: 'environment' | 'file';
}

/** HF_TOKEN, else the file that `hf auth login` writes (HF_TOKEN_PATH, or `token` in HF_HOME); null where there is none. */
export async function findToken(env: Environment): Promise<FoundToken | null> {
  if (isTrue(env['HF_HUB_DISABLE_IMPLICIT_TOKEN'])) return null;
  const named = cleanToken(env['HF_TOKEN'] ?? '') ?? cleanToken(env['HUGGING_FACE_HUB_TOKEN'] ?? '');
  if (named !== null) return { token: named, from: 'environment' };
  const file = pathOf(env, 'HF_TOKEN_PATH') ?? join(huggingFaceHome(env), 'token');
  const token = cleanToken(await readFile(file, 'utf8').catch(() => ''));
  return token === null ? null : { token, from: 'file' };
}

/** A token without the white space around it; null for an empty one and for what could not stand in a header. */
export function cleanToken(text: string): string | null {
  const token = text.trim();
  return /^[\x21-\x7e]{1,500}$/u.test(token) ? token : null;
}

function huggingFaceHome(env: Environment): string {
  const cache = pathOf(env, 'XDG_CACHE_HOME') ?? join(home(env), '.cache');
  return pathOf(env, 'HF_HOME') ?? join(cache, 'huggingface');
}

function pathOf(env: Environment, key: string): string | null {
  const value = env[key];
  return value === undefined || value === '' ? null : expand(value, env);
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && ['1', 'ON', 'YES', 'TRUE'].includes(value.toUpperCase());
}

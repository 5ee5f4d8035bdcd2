/** What the hub knows of a model, asked through `@huggingface/hub`; every answer is checked, because it is a stranger's. */
import type { listFiles } from '@huggingface/hub';
import { ModelError } from '../errors.ts';
import { connectionCause, TransientFault } from './faults.ts';
import { ask, patiently } from './http.ts';
import type { Connection } from './http.ts';
import { checkedRevision, isCommit, isSafePath } from './layout.ts';
import type { RepoRevision } from './layout.ts';

/** One file of a repository at one commit. */
export interface HubFile {
  readonly path: string;
  readonly bytes: number;
  /** Name of its blob and what its content is checked against: SHA-256 of the content, or the SHA-1 of git's blob. */
  readonly oid: string;
  readonly hash: 'sha256' | 'git-sha1';
}

export interface HubModel {
  readonly repo: string;
  /** The commit that the asked revision is now. */
  readonly commit: string;
  /** config.json's `model_type` as the hub read it; null where it does not say. */
  readonly family: string | null;
  readonly license: string | null;
  readonly gated: boolean;
  readonly files: readonly HubFile[];
}

export interface HubResult {
  readonly repo: string;
  readonly family: string | null;
  readonly license: string | null;
  readonly downloads: number;
  readonly gated: boolean;
}

type Fetch = NonNullable<Parameters<typeof listFiles>[0]['fetch']>;

const MAX_ANSWER_BYTES = 20_000_000;
const MAX_FILES = 10_000;
const MAX_QUERY = 200;

/**
 * The model at a revision and its files.
 *
 * @throws ModelError 'not-found' `hub-not-found`, `hub-unauthorized`, `hub-token-refused`, `hub-gated`; 'network' `hub-unreachable`,
 *   `hub-too-many`, `hub-status`, `hub-answer`
 */
export async function describeModel(
  connection: Connection,
  { repo, revision }: RepoRevision,
  signal: AbortSignal,
): Promise<HubModel> {
  checkedRevision(repo, revision);
  const { listFiles, modelInfo } = await import('@huggingface/hub');
  const line = { hubUrl: connection.endpoint, fetch: fetcher(connection, repo, signal) };
  return understood(repo, signal, async () => {
    const info = await modelInfo({ ...line, name: repo, revision, additionalFields: ['sha', 'config', 'tags'] });
    const commit: unknown = info.sha;
    if (typeof commit !== 'string' || !isCommit(commit)) throw new Error('it names no commit');
    const files: HubFile[] = [];
    for await (const entry of listFiles({
      ...line,
      repo: { type: 'model', name: repo },
      revision: commit,
      recursive: true,
    })) {
      if (entry.type === 'file') files.push(hubFile(entry));
      if (files.length > MAX_FILES) throw new Error(`it lists more than ${MAX_FILES} files`);
    }
    return { repo: canonical(repo, info.name), commit, gated: isGated(info.gated), files, ...facts(info) };
  });
}

/** Models whose name has the words of `query`, those downloaded most first. Throws as `describeModel`. */
export async function searchModels(
  connection: Connection,
  query: string,
  limit: number,
  signal: AbortSignal,
): Promise<HubResult[]> {
  const { listModels } = await import('@huggingface/hub');
  const found: HubResult[] = [];
  await understood('the list of models', signal, async () => {
    const models = listModels({
      hubUrl: connection.endpoint,
      fetch: fetcher(connection, 'the list of models', signal),
      search: { query: query.trim().slice(0, MAX_QUERY), tags: ['transformers', 'safetensors'] },
      sort: 'downloads',
      limit,
      additionalFields: ['config', 'tags'],
    });
    for await (const model of models) {
      const downloads = Number.isSafeInteger(model.downloads) ? Math.max(0, model.downloads) : 0;
      if (isRepo(model.name)) found.push({ repo: model.name, downloads, gated: isGated(model.gated), ...facts(model) });
    }
  });
  return found;
}

/** A renamed repository answers under its new name, which is what Python's cache is named by only when it was asked for so. */
function canonical(asked: string, answered: string): string {
  return asked.toLowerCase() === answered.toLowerCase() && isRepo(answered) ? answered : asked;
}

function isGated(gated: unknown): boolean {
  return gated === 'auto' || gated === 'manual' || gated === true;
}

function isRepo(name: unknown): name is string {
  try {
    checkedRevision(String(name), 'main');
    return typeof name === 'string';
  } catch {
    return false;
  }
}

function facts({ config, tags }: { config?: unknown; tags?: unknown }): Pick<HubModel, 'family' | 'license'> {
  const type: unknown =
    typeof config === 'object' && config !== null && 'model_type' in config ? config.model_type : null;
  const license = Array.isArray(tags)
    ? tags.find((tag): tag is string => typeof tag === 'string' && tag.startsWith('license:'))
    : undefined;
  return {
    family: typeof type === 'string' ? type.slice(0, 80) : null,
    license: license === undefined ? null : license.slice('license:'.length).slice(0, 80),
  };
}

function hubFile(entry: {
  path?: unknown;
  size?: unknown;
  oid?: unknown;
  lfs?: { oid?: unknown; size?: unknown };
}): HubFile {
  const { path, lfs } = entry;
  const bytes = lfs?.size ?? entry.size;
  const oid = lfs?.oid ?? entry.oid;
  if (typeof path !== 'string' || !isSafePath(path)) throw new Error('it lists a file with a name that is not safe');
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0)
    throw new Error(`it gives no size of ${path}`);
  const digits = lfs === undefined ? 40 : 64;
  if (typeof oid !== 'string' || oid.length !== digits || !/^[0-9a-f]+$/u.test(oid)) {
    throw new Error(`it gives no hash of ${path}`);
  }
  return { path, bytes, oid, hash: lfs === undefined ? 'git-sha1' : 'sha256' };
}

/** Whatever the package makes of an answer that is no answer becomes one error of ours. */
async function understood<T>(what: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ModelError) throw error;
    const why = (error instanceof Error ? error.message : String(error)).replace(/\s+/gu, ' ').slice(0, 200);
    const message = `The hub's answer about ${what} cannot be understood: ${why}.`;
    throw new ModelError('network', 'hub-answer', message, { what, cause: why });
  }
}

/** `fetch` for the package: our tries, our redirects, our token. */
function fetcher(connection: Connection, what: string, signal: AbortSignal): Fetch {
  return async (input) => {
    const path = input instanceof Request ? input.url : String(input);
    const headers = { accept: 'application/json' };
    const { status, text, given } = await patiently(connection, { what, signal }, async () => {
      const answer = await ask(connection, { path, what, headers, signal });
      return {
        status: answer.status,
        given: answer.headers,
        text: await limitedText(answer.body, connection.endpoint),
      };
    });
    const kept = ['content-type', 'link'].flatMap((name): [string, string][] => {
      const value = given[name];
      return value === undefined ? [] : [[name, value]];
    });
    return new Response(text, { status, headers: kept });
  };
}

/** @throws TransientFault where the connection ends before the answer does */
async function limitedText(body: AsyncIterable<Uint8Array>, endpoint: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of body) {
      length += piece.length;
      if (length > MAX_ANSWER_BYTES) break;
      pieces.push(piece);
    }
  } catch (error) {
    throw new TransientFault(connectionCause(error), new URL(endpoint).host);
  }
  if (length > MAX_ANSWER_BYTES) throw new Error(`it has more than ${MAX_ANSWER_BYTES} bytes`);
  return new TextDecoder().decode(Buffer.concat(pieces));
}

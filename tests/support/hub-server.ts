/**
 * A hub of our own on loopback: the API's shapes as the Hugging Face hub has them, weights behind a redirect to a second port (its CDN),
 * and faults on request.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface HubRepo {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly family?: string;
  readonly license?: string;
  /** Answers 403 without this token (and with any other). */
  readonly gatedBy?: string;
  /** Answers as if it did not exist without this token. */
  readonly privateFor?: string;
  readonly downloads?: number;
}

export type RequestKind = 'search' | 'info' | 'tree' | 'resolve' | 'cdn';

export interface SeenRequest {
  readonly kind: RequestKind;
  readonly method: string;
  readonly url: string;
  readonly authorization: string | null;
  readonly range: string | null;
  readonly ifRange: string | null;
}

/** What goes wrong with one answer. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** The connection ends after `bytes` of the body; `whole`: of the whole file, whatever part was asked for. */
  | { readonly kind: 'cut'; readonly bytes: number; readonly whole?: boolean }
  /** One byte of the body is another. */
  | { readonly kind: 'flip'; readonly at: number }
  /** `bytes` more (or, negative, less) than the file has, and a Content-Length that says so. */
  | { readonly kind: 'length'; readonly bytes: number }
  /** The whole file with 200, whatever part was asked for. */
  | { readonly kind: 'no-range' }
  /** A part that begins elsewhere. */
  | { readonly kind: 'other-part'; readonly by: number }
  /** `bytes` at a time, `pause` milliseconds apart. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly pause: number }
  /** Some bytes, and then nothing, while the connection stays open. */
  | { readonly kind: 'stall'; readonly bytes: number }
  /** Something that is no JSON. */
  | { readonly kind: 'nonsense' };

export interface HubServerOptions {
  readonly repos: Readonly<Record<string, HubRepo>>;
  /** Asked for every request, in the order that they come. */
  readonly fault?: (request: SeenRequest) => Fault | null;
}

export interface HubServer {
  /** For HF_ENDPOINT. */
  readonly url: string;
  readonly cdnUrl: string;
  readonly requests: SeenRequest[];
  /** Bytes of file bodies that went out. */
  readonly sent: { bytes: number };
  fault: NonNullable<HubServerOptions['fault']> | null;
  commitOf(repo: string): string;
  close(): Promise<void>;
}

interface Facts {
  readonly bytes: number;
  readonly sha256: string;
  readonly sha1: string;
}

/** Large files are in LFS, as the hub's .gitattributes has it. */
export function isLfs(name: string): boolean {
  return name.endsWith('.safetensors');
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The SHA-1 that git gives a blob of this content. */
export function gitSha1Of(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** The files of a folder, as a repository's. */
export function filesOf(folder: string): Record<string, Uint8Array> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name))]));
}

export async function startHubServer(options: HubServerOptions): Promise<HubServer> {
  const hub = new Hub(options);
  const pages = createServer((request, response) => hub.answerHub(request, response));
  const cdn = createServer((request, response) => hub.answerCdn(request, response));
  hub.cdnUrl = await listen(cdn);
  const url = await listen(pages);
  return {
    url,
    cdnUrl: hub.cdnUrl,
    requests: hub.requests,
    sent: hub.sent,
    get fault() {
      return hub.fault;
    },
    set fault(fault) {
      hub.fault = fault;
    },
    commitOf: (repo) => hub.commitOf(repo),
    close: async () => {
      for (const server of [pages, cdn]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

class Hub {
  readonly requests: SeenRequest[] = [];
  readonly sent = { bytes: 0 };
  cdnUrl = '';
  fault: NonNullable<HubServerOptions['fault']> | null;
  readonly #repos: HubServerOptions['repos'];
  readonly #facts = new Map<Uint8Array, Facts>();

  constructor({ repos, fault }: HubServerOptions) {
    this.#repos = repos;
    this.fault = fault ?? null;
  }

  commitOf(repo: string): string {
    const hash = createHash('sha1').update(repo);
    for (const [name, bytes] of Object.entries(this.#repos[repo]?.files ?? {}))
      hash.update(name + this.#factsOf(bytes).sha256);
    return hash.digest('hex');
  }

  answerHub(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://hub');
    if (pathname === '/api/models') this.#search(request, response, searchParams);
    else if (pathname.startsWith('/api/models/')) this.#api(request, response, pathname.slice('/api/models/'.length));
    else this.#resolve(request, response, pathname);
  }

  answerCdn(request: IncomingMessage, response: ServerResponse): void {
    const fault = this.#note('cdn', request);
    const sha256 = (request.url ?? '').split('/').at(-1);
    const files = Object.values(this.#repos).flatMap(({ files }) => Object.values(files));
    const content = files.find((bytes) => this.#factsOf(bytes).sha256 === sha256);
    if (content === undefined) refuse(response, 404, 'EntryNotFound');
    else this.#send(request, response, content, { etag: `"md5-${sha256?.slice(0, 8)}"` }, fault);
  }

  #search(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
    const fault = this.#note('search', request);
    if (faulty(response, fault)) return;
    const words = (query.get('search') ?? '').toLowerCase().split(/\s+/u);
    const names = Object.keys(this.#repos).filter((name) => words.every((word) => name.toLowerCase().includes(word)));
    json(
      response,
      names.slice(0, Number(query.get('limit') ?? 20)).map((name) => this.#infoOf(name)),
    );
  }

  #api(request: IncomingMessage, response: ServerResponse, rest: string): void {
    const [, repo = '', kind, revision = ''] = /^([^/]+(?:\/[^/]+)?)\/(revision|tree)\/([^/]+)$/u.exec(rest) ?? [];
    const fault = this.#note(kind === 'tree' ? 'tree' : 'info', request);
    if (faulty(response, fault)) return;
    const found = this.#found(request, response, repo, decodeURIComponent(revision), false);
    if (found === null) return;
    if (kind !== 'tree') {
      json(response, this.#infoOf(repo));
      return;
    }
    json(
      response,
      Object.entries(found.files).map(([name, bytes]) => this.#treeEntry(name, bytes)),
    );
  }

  #treeEntry(name: string, bytes: Uint8Array): object {
    const { sha256, sha1, bytes: size } = this.#factsOf(bytes);
    const lfs = isLfs(name) ? { lfs: { oid: sha256, size, pointerSize: 134 } } : {};
    return { type: 'file', oid: sha1, size, path: name, ...lfs };
  }

  #infoOf(repo: string): object {
    const { family = 'gpt2', license = 'mit', gatedBy, privateFor, files, downloads = 1 } = this.#repos[repo]!;
    return {
      _id: sha256Of(Buffer.from(repo)).slice(0, 24),
      id: repo,
      private: privateFor !== undefined,
      gated: gatedBy === undefined ? false : 'auto',
      downloads,
      likes: 1,
      pipeline_tag: 'text-generation',
      lastModified: '2024-02-19T10:57:45.000Z',
      sha: this.commitOf(repo),
      config: { model_type: family },
      tags: ['transformers', 'safetensors', family, `license:${license}`],
      siblings: Object.keys(files).map((rfilename) => ({ rfilename })),
    };
  }

  #resolve(request: IncomingMessage, response: ServerResponse, pathname: string): void {
    const fault = this.#note('resolve', request);
    const [, repo = '', revision = '', file = ''] = /^\/(.+?)\/resolve\/([^/]+)\/(.+)$/u.exec(pathname) ?? [];
    if (faulty(response, fault)) return;
    const found = this.#found(request, response, repo, decodeURIComponent(revision), true);
    if (found === null) return;
    const content = found.files[decodeURIComponent(file)];
    if (content === undefined) {
      response.setHeader('X-Repo-Commit', this.commitOf(repo));
      refuse(response, 404, 'EntryNotFound');
      return;
    }
    const { sha256, sha1, bytes } = this.#factsOf(content);
    response.setHeader('X-Repo-Commit', this.commitOf(repo));
    if (!isLfs(file)) {
      this.#send(request, response, content, { etag: `"${sha1}"` }, fault);
      return;
    }
    response.setHeader('X-Linked-Size', bytes);
    response.setHeader('X-Linked-Etag', `"${sha256}"`);
    response.writeHead(302, { Location: `${this.cdnUrl}/blobs/${sha256}`, ETag: `"${sha256}"` }).end();
  }

  #found(
    request: IncomingMessage,
    response: ServerResponse,
    repo: string,
    revision: string,
    isFile: boolean,
  ): HubRepo | null {
    const found = this.#repos[repo];
    const token = request.headers.authorization?.replace(/^Bearer /u, '');
    if (found === undefined || (found.privateFor !== undefined && found.privateFor !== token)) {
      refuse(response, 401, 'RepoNotFound');
      return null;
    }
    if (isFile && found.gatedBy !== undefined && found.gatedBy !== token) {
      refuse(response, token === undefined ? 401 : 403, 'GatedRepo');
      return null;
    }
    if (revision !== 'main' && revision !== this.commitOf(repo)) {
      refuse(response, 404, 'RevisionNotFound');
      return null;
    }
    return found;
  }

  #note(kind: RequestKind, request: IncomingMessage): Fault | null {
    const seen: SeenRequest = {
      kind,
      method: request.method ?? 'GET',
      url: request.url ?? '',
      authorization: request.headers.authorization ?? null,
      range: request.headers.range ?? null,
      ifRange: request.headers['if-range']?.toString() ?? null,
    };
    this.requests.push(seen);
    return this.fault?.(seen) ?? null;
  }

  /** A file's content, or the part that is asked for. */
  #send(
    request: IncomingMessage,
    response: ServerResponse,
    content: Uint8Array,
    headers: Readonly<Record<string, string>>,
    fault: Fault | null,
  ): void {
    if (faulty(response, fault)) return;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('Accept-Ranges', 'bytes');
    const asked = /^bytes=(\d+)-$/u.exec(request.headers.range ?? '');
    const same = request.headers['if-range'] === undefined || request.headers['if-range'] === headers['etag'];
    let start = asked !== null && same && !sendsWhole(fault) ? Number(asked[1]) : 0;
    if (start >= content.length && content.length > 0) {
      response.writeHead(416, { 'Content-Range': `bytes */${content.length}` }).end();
      return;
    }
    if (fault?.kind === 'other-part') start = Math.max(0, Math.min(content.length - 1, start + fault.by));
    let body = Buffer.from(content.subarray(start));
    if (fault?.kind === 'flip' && body.length > 0) body[fault.at % body.length]! ^= 0xff;
    if (fault?.kind === 'length') {
      body =
        fault.bytes < 0
          ? body.subarray(0, Math.max(0, body.length + fault.bytes))
          : Buffer.concat([body, Buffer.alloc(fault.bytes)]);
    }
    const isPart = asked !== null && same && !sendsWhole(fault);
    if (isPart) response.setHeader('Content-Range', `bytes ${start}-${content.length - 1}/${content.length}`);
    response.writeHead(isPart ? 206 : 200, { 'Content-Length': body.length });
    if (request.method === 'HEAD') response.end();
    else void this.#write(response, body, fault);
  }

  async #write(response: ServerResponse, body: Buffer, fault: Fault | null): Promise<void> {
    const end = fault?.kind === 'cut' || fault?.kind === 'stall' ? Math.min(fault.bytes, body.length) : body.length;
    const step = fault?.kind === 'drip' ? fault.bytes : 65_536;
    for (let at = 0; at < end && !response.destroyed; at += step) {
      const piece = body.subarray(at, Math.min(end, at + step));
      this.sent.bytes += piece.length;
      if (!response.write(piece))
        await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
      if (fault?.kind === 'drip') await new Promise((resolve) => setTimeout(resolve, fault.pause));
    }
    if (fault?.kind === 'stall' && end < body.length) return;
    // What was written shall arrive before the connection ends.
    if (end < body.length) setTimeout(() => response.destroy(), 2);
    else response.end();
  }

  #factsOf(bytes: Uint8Array): Facts {
    const known = this.#facts.get(bytes);
    if (known !== undefined) return known;
    const facts = { bytes: bytes.length, sha256: sha256Of(bytes), sha1: gitSha1Of(bytes) };
    this.#facts.set(bytes, facts);
    return facts;
  }
}

/** Answers with the fault where it concerns the whole answer. */
function faulty(response: ServerResponse, fault: Fault | null): boolean {
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, fault.headers ?? {}).end('');
    return true;
  }
  if (fault?.kind === 'nonsense') {
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end('<!doctype html><title>Sign in to the network</title>');
    return true;
  }
  return false;
}

function sendsWhole(fault: Fault | null): boolean {
  return fault?.kind === 'no-range' || (fault?.kind === 'cut' && fault.whole === true);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'X-Error-Code': code, 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ error: code }));
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

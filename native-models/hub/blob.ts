/** One file from the hub to its blob: resumed where it stopped, checked by length and hash, named only when both are right. */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { ModelError } from '../errors.ts';
import type { HubFile } from './api.ts';
import { connectionCause, TransientFault } from './faults.ts';
import { ask, patiently } from './http.ts';
import type { Connection, HubAnswer } from './http.ts';

export interface BlobTask {
  readonly connection: Connection;
  readonly file: HubFile;
  /** Path and query of the file on the hub. */
  readonly path: string;
  /** What an error names: the repository and the file. */
  readonly what: string;
  readonly repo: string;
  /** Where the bytes gather, and the name they get in the end. */
  readonly partial: string;
  readonly blob: string;
  readonly signal: AbortSignal;
  /** Bytes of this file that are here. May fall back to 0 when it has to begin anew. */
  onBytes(bytes: number): void;
  /** Called before bytes are written; throws where they may not be. */
  assertHeld(): Promise<void>;
}

/** What one download of a file remembers between tries. */
interface Progress {
  written: number;
  hash: Hash;
  /** Furthest byte that any try came to, and where that was when the last try began. */
  furthest: number;
  furthestBefore: number;
  /** Strong validator of the server that sent what is here. */
  validator: { readonly host: string; readonly etag: string } | null;
}

/** Bytes further than any try before that count as progress: with less, a server that always cuts would be asked for ever. */
const PROGRESS = 1024;
/** How often a content that is wrong is fetched anew. */
const RESTARTS = 1;

/**
 * Fetches the file into `blob`.
 *
 * @throws ModelError 'network' `hub-hash`, `hub-length`, `hub-changed`, `hub-unreachable`…; the file system's error; the signal's reason.
 *   What came so far stays in `partial`, unless it is wrong.
 */
export async function fetchBlob(task: BlobTask): Promise<void> {
  for (let restarts = 0; ; restarts++) {
    const { fault } = await fetchOnce(task);
    if (fault === null) break;
    await rm(task.partial, { force: true });
    if (restarts >= RESTARTS) throw fault;
  }
  await task.assertHeld();
  await rename(task.partial, task.blob);
}

/** True when the file at `path` has the length and the hash that the hub gives. */
export async function isVerified(path: string, file: HubFile, signal: AbortSignal): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  if (facts?.isFile() !== true || facts.size !== file.bytes) return false;
  const hash = startHash(file);
  await addFile(hash, path, file.bytes, signal);
  return hash.digest('hex') === file.oid;
}

async function fetchOnce(task: BlobTask): Promise<{ fault: ModelError | null }> {
  const { connection, file, partial, what, signal } = task;
  const progress = await takeUp(task);
  task.onBytes(progress.written);
  let fault: ModelError | null = null;
  const handle = await open(partial, progress.written === 0 ? 'w' : 'r+');
  try {
    const progressed = (): boolean => progress.furthest - progress.furthestBefore >= PROGRESS;
    fault = await patiently(connection, { what, signal }, () => receive(task, handle, progress), progressed);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (fault === null && progress.hash.digest('hex') !== file.oid) fault = wrongHash(task);
  return { fault };
}

/** What an earlier download left, read through the hash; nothing of it when it is longer than the file. */
async function takeUp({ file, partial, signal }: BlobTask): Promise<Progress> {
  const size = await stat(partial).then(
    (facts) => (facts.isFile() ? facts.size : 0),
    () => 0,
  );
  const written = size > file.bytes ? 0 : size;
  const hash = startHash(file);
  await addFile(hash, partial, written, signal);
  return { written, hash, furthest: written, furthestBefore: written, validator: null };
}

/** One request for what is missing. Returns a fault where the content cannot be right. */
async function receive(task: BlobTask, handle: FileHandle, progress: Progress): Promise<ModelError | null> {
  const { file } = task;
  progress.furthestBefore = progress.furthest;
  if (progress.written === file.bytes) return null;
  const answer = await askForRest(task, progress);
  if (answer === null) return wrongLength(task, 'less');
  try {
    const fault = answerFault(task, answer, progress.written);
    if (fault !== null) return fault;
    if (answer.status !== 206 && progress.written > 0) await restart(task, handle, progress);
    progress.validator = validatorOf(answer);
    return await receiveBody(task, handle, progress, answer);
  } finally {
    answer.body.on('error', () => undefined).destroy();
  }
}

/** Null where the server's file ends before what is here does (416). */
async function askForRest(
  { connection, path, what, repo, signal }: BlobTask,
  progress: Progress,
): Promise<HubAnswer | null> {
  try {
    return await ask(connection, { path, what, repo, signal, headers: rangeHeaders(progress) });
  } catch (error) {
    if (error instanceof ModelError && error.values['status'] === 416) return null;
    throw error;
  }
}

async function receiveBody(
  task: BlobTask,
  handle: FileHandle,
  progress: Progress,
  answer: HubAnswer,
): Promise<ModelError | null> {
  const { file, signal } = task;
  const host = new URL(answer.url).host;
  const pieces: AsyncIterator<Uint8Array> = answer.body[Symbol.asyncIterator]();
  for (;;) {
    const piece = await pieces.next().catch((error: unknown) => {
      signal.throwIfAborted();
      throw new TransientFault(connectionCause(error), host);
    });
    signal.throwIfAborted();
    if (piece.done === true) break;
    if (progress.written + piece.value.length > file.bytes) return wrongLength(task, 'more');
    await writeAll(task, handle, progress, piece.value);
  }
  if (progress.written < file.bytes) throw new TransientFault('it sent less than the whole file', host);
  return null;
}

async function writeAll(task: BlobTask, handle: FileHandle, progress: Progress, piece: Uint8Array): Promise<void> {
  await task.assertHeld();
  for (let at = 0; at < piece.length;) {
    const { bytesWritten } = await handle.write(piece, at, piece.length - at, progress.written + at);
    at += bytesWritten;
  }
  progress.hash.update(piece);
  progress.written += piece.length;
  progress.furthest = Math.max(progress.furthest, progress.written);
  task.onBytes(progress.written);
}

/** The server sends the file from its beginning (it knows no ranges, or what it has is another one). */
async function restart(task: BlobTask, handle: FileHandle, progress: Progress): Promise<void> {
  await task.assertHeld();
  await handle.truncate(0);
  progress.written = 0;
  progress.hash = startHash(task.file);
  task.onBytes(0);
}

function rangeHeaders({ written, validator }: Progress): Record<string, string> {
  if (written === 0) return {};
  const range = `bytes=${written}-`;
  return validator === null ? { range } : { range, 'if-range': validator.etag };
}

function validatorOf({ headers, url }: HubAnswer): Progress['validator'] {
  const etag = headers['etag'];
  return etag === undefined || !etag.startsWith('"') ? null : { host: new URL(url).host, etag };
}

/** What the headers say that cannot be right: another content, another length, another part than was asked for. */
function answerFault(task: BlobTask, { status, headers, hubHeaders }: HubAnswer, written: number): ModelError | null {
  const { file, what } = task;
  const linked = hubHeaders['x-linked-etag']?.replace(/^(?:W\/)?"|"$/gu, '');
  if (linked !== undefined && /^[0-9a-f]{64}$/u.test(linked) && file.hash === 'sha256' && linked !== file.oid) {
    const message = `${what} is another file now than the hub's list says; try again.`;
    return new ModelError('network', 'hub-changed', message, { what });
  }
  const length = Number(headers['content-length'] ?? NaN);
  if (status !== 206) return length > file.bytes ? wrongLength(task, 'more') : null;
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(headers['content-range'] ?? '');
  if (Number(range?.[1]) !== written) return wrongLength(task, 'another part');
  return range?.[2] !== '*' && Number(range?.[2]) !== file.bytes ? wrongLength(task, 'another length') : null;
}

function wrongLength({ what, file }: BlobTask, got: string): ModelError {
  const message = `${what} should have ${file.bytes} bytes, but the server sends ${got}. It was not kept.`;
  return new ModelError('network', 'hub-length', message, { what, bytes: file.bytes });
}

function wrongHash({ what, file }: BlobTask): ModelError {
  const message = `${what} arrived damaged: its ${file.hash === 'sha256' ? 'SHA-256' : 'git hash'} is not ${file.oid}. It was not kept.`;
  return new ModelError('network', 'hub-hash', message, { what });
}

function startHash(file: HubFile): Hash {
  if (file.hash === 'sha256') return createHash('sha256');
  return createHash('sha1').update(`blob ${file.bytes}\0`);
}

async function addFile(hash: Hash, path: string, bytes: number, signal: AbortSignal): Promise<void> {
  if (bytes === 0) return;
  const stream = createReadStream(path, { end: bytes - 1, highWaterMark: 1 << 20, signal });
  for await (const piece of stream as AsyncIterable<Buffer>) hash.update(piece);
}

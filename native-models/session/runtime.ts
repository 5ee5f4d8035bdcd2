/** The only importer of onnxruntime-node: sessions on a device, one run at a time, and a dispose that frees. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as ort from 'onnxruntime-node';
import type { DeviceId } from '../types.ts';

export type Feed =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }
  | { readonly type: 'bool'; readonly data: Uint8Array; readonly dims: readonly number[] };

export type Feeds = Readonly<Record<string, Feed>>;

export interface Fetched {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

export interface SessionOptions {
  readonly device: DeviceId;
  /** Real path of the folder with the files that external weights point into. */
  readonly weightsFolder?: string;
  /**
   * False leaves the matrices where the file is mapped into memory. That saves a copy of each and most of the opening time, and
   * costs nothing where only a few rows are multiplied; many rows are faster with packed copies. Default true.
   */
  readonly packWeights?: boolean;
  /**
   * False lets threads sleep as soon as they have nothing to do. Threads of a session that wait awake take a core from the next
   * session that runs; that is worth it for long runs only. Default true.
   */
  readonly spins?: boolean;
  /** CPU threads; by default ONNX Runtime's own choice (one a core). */
  readonly threads?: number;
}

/** Runs overlap nowhere in the process: concurrent runs crash WebGPU and are forbidden on DirectML (ecosystem facts). */
let lastRun: Promise<unknown> = Promise.resolve();

function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const result = lastRun.then(work, work);
  lastRun = result.catch(() => undefined);
  return result;
}

export class Session {
  readonly device: DeviceId;
  readonly #session: ort.InferenceSession;
  #disposed = false;

  private constructor(session: ort.InferenceSession, device: DeviceId) {
    this.#session = session;
    this.device = device;
  }

  /**
   * @param model bytes of an ONNX model
   * @throws Error of ONNX Runtime when the device is not available or the model is not valid
   */
  static async create(model: Uint8Array, options: SessionOptions): Promise<Session> {
    const session = await oneAtATime(() => ort.InferenceSession.create(model, sessionOptions(options)));
    return new Session(session, options.device);
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  get outputNames(): readonly string[] {
    return this.#session.outputNames;
  }

  /** Runs the graph and returns copies of the named f32 outputs. */
  async run(feeds: Feeds, fetches: readonly string[]): Promise<ReadonlyMap<string, Fetched>> {
    if (this.#disposed) throw new Error('invalid session: it was disposed');
    const tensors = Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, tensorOf(feed)]));
    const results = await oneAtATime(() => this.#session.run(tensors, [...fetches]));
    const fetched = new Map<string, Fetched>();
    for (const name of fetches) {
      const tensor = results[name];
      if (tensor?.type !== 'float32') throw new Error(`invalid output ${name}: expected float32`);
      fetched.set(name, { dims: tensor.dims, data: tensor.data as Float32Array });
    }
    return fetched;
  }

  /** Frees the session's native memory; a second call does nothing. */
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await oneAtATime(() => this.#session.release());
  }
}

function tensorOf(feed: Feed): ort.Tensor {
  return new ort.Tensor(feed.type, feed.data, feed.dims);
}

/**
 * The memory arena is off: it asks for single blocks of up to 2 GiB, which Electron's allocator answers by ending the process.
 * The memory pattern is off for the same reason: it plans one block for a whole run.
 */
function sessionOptions(options: SessionOptions): ort.InferenceSession.SessionOptions {
  const { device, weightsFolder, packWeights = true, spins = true, threads } = options;
  return {
    executionProviders: [device],
    enableCpuMemArena: false,
    enableMemPattern: false,
    executionMode: 'sequential',
    logSeverityLevel: 3,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    extra: {
      session: {
        disable_prepacking: packWeights ? '0' : '1',
        ...(spins ? {} : { intra_op: { allow_spinning: '0' } }),
        ...(weightsFolder === undefined ? {} : { model_external_initializers_file_folder_path: weightsFolder }),
      },
    },
  };
}

/** Version of ONNX Runtime, e.g. `1.30.0`. */
export function runtimeVersion(): string {
  return ort.env.versions.node ?? ort.env.versions.common;
}

/** True where the CUDA provider was downloaded beside the binding; the npm package alone does not carry it. */
export function hasCudaLibrary(): boolean {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  const binaries = join(dirname(entry), '..', 'bin', 'napi-v6', process.platform, process.arch);
  return existsSync(join(binaries, 'libonnxruntime_providers_cuda.so'));
}

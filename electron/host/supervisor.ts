/**
 * Keeps one engine process alive and gives it one request at a time. Lives in the process that owns the window or the server;
 * imports nothing of native-models, so nothing here can block.
 */
import type { EventPayload } from '../api/contract.ts';
import { ApiError, type ApiFailure } from '../api/errors.ts';
import type { EngineChild, EngineMessage } from './messages.ts';
import { JobQueue, type Job } from './queue.ts';

export type EngineState = EventPayload<'engine'>;
type Progress = EventPayload<'progress'>;

export interface SupervisorOptions {
  /** Starts an engine process; may throw. */
  readonly spawn: () => EngineChild;
  /** Waits before the 1st, 2nd, … restart after quick crashes, in milliseconds; after the last one the engine stays stopped. */
  readonly backoff?: readonly number[];
  /** A crash after this many milliseconds of being ready starts the count anew. Default 30,000. */
  readonly calmAfter?: number;
  /** How long a new process may take to say `ready`, in milliseconds. Default 60,000. */
  readonly startLimit?: number;
  /** How long `stop` waits for the engine to free its memory before it kills it, in milliseconds. Default 1,000. */
  readonly grace?: number;
  /** Most requests that may wait. Default 256. */
  readonly queueLimit?: number;
}

export interface SupervisorListener {
  onEngine?(state: EngineState): void;
  /** Progress of the request of `client`. */
  onProgress?(progress: Progress, client: string): void;
}

const DEFAULTS = {
  backoff: [100, 500, 2000, 5000],
  calmAfter: 30_000,
  startLimit: 60_000,
  grace: 1000,
  queueLimit: 256,
} as const;

export class Supervisor {
  readonly #options: Required<SupervisorOptions>;
  readonly #queue = new JobQueue();
  readonly #listeners = new Set<SupervisorListener>();
  #child: EngineChild | null = null;
  #running: Job | null = null;
  #state: EngineState = { state: 'starting', cause: null, reason: null, restarts: 0 };
  #readyAt: number | null = null;
  #quickCrashes = 0;
  #nextId = 1;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: SupervisorOptions) {
    this.#options = { ...DEFAULTS, ...options };
    this.#start();
  }

  /** The engine's state now; changes arrive through `subscribe`. */
  get state(): EngineState {
    return this.#state;
  }

  /** Calls `listener` for every change of state and every progress event; returns a function that ends it. */
  subscribe(listener: SupervisorListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Runs a validated request of the contract's engine part.
   * @param client who asks; lanes and `drop` go by it
   * @returns the response, not yet validated
   * @throws ApiError with the engine's failure, or `superseded`, `cancelled`, `engine-lost`
   */
  request(channel: string, payload: unknown, client: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusal();
      if (refusal !== null) {
        reject(new ApiError(refusal));
        return;
      }
      const lane = channel === 'text.run' ? laneOf(payload) : null;
      this.#queue.push({ id: this.#nextId++, channel, payload, client, lane, resolve, reject });
      this.#next();
    });
  }

  /**
   * Ends the running request by restarting the engine; it and all waiting ones fail as `cancelled`. A stopped engine is started
   * again. @returns whether there was something to cancel
   */
  cancel(): boolean {
    if (this.#closed) return false;
    const busy = this.#running !== null || this.#queue.size > 0;
    this.#queue.rejectAll(CANCELLED);
    if (this.#running !== null || this.#state.state === 'stopped') {
      this.#quickCrashes = 0;
      this.#discardChild();
      this.#settleRunning(CANCELLED);
      this.#set('restarting', 'cancelled', 'The running request was stopped.', this.#state.restarts + 1);
      this.#start();
    }
    return busy;
  }

  /** Rejects what `client` waits for (its window or connection is gone). What runs for it runs on; nobody hears the result. */
  drop(client: string): void {
    this.#queue.rejectClient(client, CANCELLED);
  }

  /** Ends the engine for good: lets it free its memory, then kills it. Every request fails as `cancelled`. */
  async stop(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#clearTimer();
    this.#queue.rejectAll(CANCELLED);
    const idle = this.#running === null && this.#state.state === 'ready';
    this.#settleRunning(CANCELLED);
    const child = this.#child;
    this.#child = null;
    this.#set('stopped', 'closed', null);
    if (child === null) return;
    if (idle) await this.#disposed(child);
    child.kill();
  }

  #disposed(child: EngineChild): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.grace);
      const done = (): void => {
        clearTimeout(timer);
        resolve();
      };
      child.onMessage((message) => {
        if (message.kind === 'disposed') done();
      });
      child.onExit(done);
      child.send({ kind: 'dispose' });
    });
  }

  #start(): void {
    this.#clearTimer();
    this.#readyAt = null;
    let child: EngineChild;
    try {
      child = this.#options.spawn();
    } catch (error) {
      this.#crashed(`it could not be started: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    this.#child = child;
    child.onMessage((message) => {
      if (this.#child === child) this.#receive(message);
    });
    child.onExit((detail) => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#crashed(detail);
    });
    this.#timer = setTimeout(() => {
      this.#discardChild();
      this.#crashed(`it did not start within ${this.#options.startLimit / 1000} s`);
    }, this.#options.startLimit);
  }

  #receive(message: EngineMessage): void {
    if (message.kind === 'ready') {
      this.#clearTimer();
      this.#readyAt = Date.now();
      this.#set('ready', null, null);
      this.#next();
    } else if (message.kind === 'response' && message.id === this.#running?.id) {
      const job = this.#running;
      this.#running = null;
      if (message.ok) job.resolve(message.value);
      else job.reject(new ApiError(message.failure));
      this.#next();
    } else if (message.kind === 'event' && message.name === 'progress' && this.#running !== null) {
      const { client, channel, lane } = this.#running;
      const progress = { ...(message.payload as Pick<Progress, 'stage' | 'fraction'>), channel, lane };
      for (const listener of this.#listeners) listener.onProgress?.(progress, client);
    }
  }

  /** Hands the engine its next request when it is ready and idle. */
  #next(): void {
    if (this.#running !== null || this.#state.state !== 'ready' || this.#child === null) return;
    const job = this.#queue.shift();
    if (job === undefined) return;
    this.#running = job;
    this.#child.send({ kind: 'request', id: job.id, channel: job.channel, payload: job.payload });
  }

  /** The process is gone: the running request fails, waiting ones wait for its successor, unless there will be none. */
  #crashed(detail: string): void {
    this.#clearTimer();
    const calm = this.#readyAt !== null && Date.now() - this.#readyAt >= this.#options.calmAfter;
    this.#quickCrashes = calm ? 1 : this.#quickCrashes + 1;
    const lost = lostFailure(this.#running, detail);
    this.#settleRunning(lost);
    const wait = this.#options.backoff[this.#quickCrashes - 1];
    if (wait === undefined) {
      const reason = `The part of Headlight that runs the models ended ${this.#quickCrashes} times in a row (${detail}).`;
      this.#set('stopped', 'gave-up', reason);
      this.#queue.rejectAll(this.#stoppedFailure());
      return;
    }
    this.#set('restarting', 'crashed', lost.message, this.#state.restarts + 1);
    this.#timer = setTimeout(() => this.#start(), wait);
  }

  #settleRunning(failure: ApiFailure): void {
    const job = this.#running;
    this.#running = null;
    job?.reject(new ApiError(failure));
  }

  #discardChild(): void {
    const child = this.#child;
    this.#child = null;
    child?.kill();
  }

  #refusal(): ApiFailure | null {
    if (this.#closed || this.#state.state === 'stopped') return this.#stoppedFailure();
    return this.#queue.size < this.#options.queueLimit ? null : queueFull(this.#options.queueLimit);
  }

  #stoppedFailure(): ApiFailure {
    if (this.#closed) return CANCELLED;
    const message = this.#state.reason ?? 'The part of Headlight that runs the models has stopped.';
    return { code: 'engine-lost', message: `${message} Restart it to go on.`, reason: 'engine-stopped' };
  }

  #set(state: EngineState['state'], cause: EngineState['cause'], reason: string | null, restarts?: number): void {
    this.#state = { state, cause, reason, restarts: restarts ?? this.#state.restarts };
    for (const listener of this.#listeners) listener.onEngine?.(this.#state);
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

const CANCELLED: ApiFailure = { code: 'cancelled', message: 'The request was stopped.', reason: 'cancelled' };

function queueFull(limit: number): ApiFailure {
  return {
    code: 'bad-request',
    message: `More than ${limit} requests are waiting.`,
    reason: 'queue-full',
    values: { limit },
  };
}

function lostFailure(job: Job | null, detail: string): ApiFailure {
  const work = job === null ? '' : ` while it worked on ${WORK[job.channel] ?? 'a request'}`;
  return {
    code: 'engine-lost',
    message: `The part of Headlight that runs the models ended${work} (${detail}); it is being restarted. Nothing you typed is lost.`,
    reason: 'engine-lost',
    values: { channel: job?.channel ?? '', detail },
  };
}

const WORK: Readonly<Record<string, string>> = {
  'model.open': 'opening a model',
  'text.run': 'running your text',
  'trace.slice': 'computing a figure',
  'trace.predict': 'computing a prediction',
  'engine.info': 'looking for devices',
};

function laneOf(payload: unknown): string | null {
  if (typeof payload !== 'object' || payload === null || !('lane' in payload)) return null;
  return typeof payload.lane === 'string' ? payload.lane : null;
}

/** What the host process and the engine process say to each other; plain data and ArrayBuffers, by structured clone. */
import type { ApiFailure } from '../api/errors.ts';

export type HostMessage =
  | { readonly kind: 'request'; readonly id: number; readonly channel: string; readonly payload: unknown }
  /** Free everything; the engine answers `disposed` and may be killed from then on. */
  | { readonly kind: 'dispose' };

export type EngineMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'response'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly kind: 'response'; readonly id: number; readonly ok: false; readonly failure: ApiFailure }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'disposed' };

/** An engine process as its supervisor sees it. Spawning is injected: a Node child, an Electron utility process, a test's fake. */
export interface EngineChild {
  send(message: HostMessage): void;
  onMessage(listener: (message: EngineMessage) => void): void;
  /** Called once, after the process ended; `detail` says how, for the log. */
  onExit(listener: (detail: string) => void): void;
  /** Ends the process at once (SIGKILL), even in the middle of native code. */
  kill(): void;
}

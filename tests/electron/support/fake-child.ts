/** An engine process that does nothing by itself: the test says what it sends and when it dies. */
import type { EngineChild, EngineMessage, HostMessage } from '../../../electron/host/messages.ts';

export class FakeChild implements EngineChild {
  readonly received: HostMessage[] = [];
  killed = false;
  readonly #onMessage: ((message: EngineMessage) => void)[] = [];
  readonly #onExit: ((detail: string) => void)[] = [];

  send(message: HostMessage): void {
    this.received.push(message);
  }

  onMessage(listener: (message: EngineMessage) => void): void {
    this.#onMessage.push(listener);
  }

  onExit(listener: (detail: string) => void): void {
    this.#onExit.push(listener);
  }

  kill(): void {
    this.killed = true;
  }

  /** The process says something. */
  say(message: EngineMessage): void {
    for (const listener of this.#onMessage) listener(message);
  }

  /** The process ends. */
  exit(detail: string): void {
    for (const listener of this.#onExit) listener(detail);
  }

  /** The requests that reached it, by channel. */
  get requests(): { id: number; channel: string; payload: unknown }[] {
    return this.received.filter((message) => message.kind === 'request');
  }

  /** Answers the newest request. */
  answer(value: unknown): void {
    const request = this.requests.at(-1);
    if (request === undefined) throw new Error('no request to answer');
    this.say({ kind: 'response', id: request.id, ok: true, value });
  }
}

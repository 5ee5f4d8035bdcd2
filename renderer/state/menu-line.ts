/** Commands that any part of the window may answer: from the application's menu, and from the window's own. */
import type { MenuCommand } from '../../electron/api/index.ts';
import type { Client } from '../client/client.ts';

type Listener = (command: MenuCommand) => void;

export class MenuLine {
  readonly #listeners = new Set<Listener>();

  constructor(client: Pick<Client, 'on'>) {
    client.on('menu', ({ command }) => this.send(command));
  }

  /** Returns a function that ends it. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(command: MenuCommand): void {
    for (const listener of [...this.#listeners]) listener(command);
  }
}

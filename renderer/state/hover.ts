/** The cell under the pointer, outside React's state: the figure's overlay moves without it, only the inspector listens. */
import { Listeners } from '../client/transport.ts';

export interface HoverCell {
  readonly query: number;
  readonly key: number;
}

export class HoverStore {
  readonly #changed = new Listeners<[]>();
  #cell: HoverCell | null = null;

  /** Sets the cell; tells listeners only when it is another one. */
  set(cell: HoverCell | null): void {
    if (cell?.query === this.#cell?.query && cell?.key === this.#cell?.key) return;
    this.#cell = cell;
    this.#changed.emit();
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);
  readonly getSnapshot = (): HoverCell | null => this.#cell;
}

/** The figure that the mounted view offers for export, where the view itself knows what it shows. */
import { Listeners } from '../client/transport.ts';

/** Draws what is shown; `T` is what a drawing is, `D` its numbers. */
export interface ShownFigure<T, D = unknown> {
  readonly draw: (theme: 'light' | 'dark' | 'contrast') => T;
  /** The numbers of what is shown; left out: none of its own. */
  readonly data?: () => D;
  /** How the view was set, for the file's provenance: plain data. */
  readonly options: Readonly<Record<string, unknown>>;
}

export class ShownFigureStore<T, D = unknown> {
  readonly #changed = new Listeners<[]>();
  #shown: ShownFigure<T, D> | null = null;

  /** Offers a figure; returns a function that takes it back, unless another has been offered since. */
  offer(figure: ShownFigure<T, D>): () => void {
    this.#set(figure);
    return () => {
      if (this.#shown === figure) this.#set(null);
    };
  }

  #set(figure: ShownFigure<T, D> | null): void {
    this.#shown = figure;
    this.#changed.emit();
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);
  readonly getSnapshot = (): ShownFigure<T, D> | null => this.#shown;
}

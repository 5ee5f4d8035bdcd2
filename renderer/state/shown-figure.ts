/** The figure that the mounted view offers for export, where the view itself knows what it shows. */
import { Listeners } from '../client/transport.ts';

/** Draws what is shown; `T` is what a drawing is. */
export interface ShownFigure<T> {
  readonly draw: (theme: 'light' | 'dark' | 'contrast') => T;
  /** How the view was set, for the file's provenance: plain data. */
  readonly options: Readonly<Record<string, unknown>>;
}

export class ShownFigureStore<T> {
  readonly #changed = new Listeners<[]>();
  #shown: ShownFigure<T> | null = null;

  /** Offers a figure; returns a function that takes it back, unless another has been offered since. */
  offer(figure: ShownFigure<T>): () => void {
    this.#set(figure);
    return () => {
      if (this.#shown === figure) this.#set(null);
    };
  }

  #set(figure: ShownFigure<T> | null): void {
    this.#shown = figure;
    this.#changed.emit();
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);
  readonly getSnapshot = (): ShownFigure<T> | null => this.#shown;
}

/** The models that are open, most recently used last. Opening the same model on the same device again reuses it. */
import type { DeviceChoice } from '../../native-models/types.ts';
import type { Backend, Model, OpenOptions } from './backend.ts';

interface OpenModel {
  readonly id: string;
  readonly choice: DeviceChoice;
  readonly model: Model;
}

/** How many models stay open, and how many bytes of weights they may have together (the newest one always stays). */
export interface OpenModelLimits {
  readonly models: number;
  readonly bytes: number;
}

export class OpenModels {
  #open: OpenModel[] = [];
  readonly #backend: Backend;
  readonly #limits: OpenModelLimits;
  readonly #onClose: (model: Model) => void;

  /** @param onClose called before a model is disposed, so that its traces can go first */
  constructor(backend: Backend, limits: OpenModelLimits, onClose: (model: Model) => void) {
    this.#backend = backend;
    this.#limits = limits;
    this.#onClose = onClose;
  }

  /** The model `id` on `options.device`, opened if it is not open; older ones are disposed when there are too many. */
  async get(id: string, options: OpenOptions): Promise<Model> {
    const found = this.#find(id, (open) => open.choice === options.device || open.model.device.id === options.device);
    if (found !== undefined) return found;
    const model = await this.#backend.openModel(id, options);
    this.#open.push({ id, choice: options.device, model });
    await this.#evict();
    return model;
  }

  /** The model `id` on whichever device it was used last, else opened on `options.device`. */
  async any(id: string, options: OpenOptions): Promise<Model> {
    return this.#find(id, () => true) ?? (await this.get(id, options));
  }

  async disposeAll(): Promise<void> {
    const all = this.#open;
    this.#open = [];
    for (const { model } of all) await this.#close(model);
  }

  #find(id: string, matches: (open: OpenModel) => boolean): Model | undefined {
    const index = this.#open.findLastIndex((open) => open.id === id && matches(open));
    const [found] = index < 0 ? [] : this.#open.splice(index, 1);
    if (found !== undefined) this.#open.push(found);
    return found?.model;
  }

  async #evict(): Promise<void> {
    const tooMany = (): boolean => this.#open.length > this.#limits.models || this.#bytes() > this.#limits.bytes;
    while (this.#open.length > 1 && tooMany()) {
      const oldest = this.#open.shift();
      if (oldest !== undefined) await this.#close(oldest.model);
    }
  }

  #bytes(): number {
    return this.#open.reduce((sum, { model }) => sum + (model.entry.bytes ?? 0), 0);
  }

  async #close(model: Model): Promise<void> {
    this.#onClose(model);
    await model.dispose();
  }
}

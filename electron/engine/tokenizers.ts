/** Tokenizers that are looked into, without their models; most recently used last. */
import type * as native from '../../native-models/index.ts';
import type { VocabularyPage, WordSteps } from '../api/tokens.ts';
import type { Backend } from './backend.ts';

/** Two side by side, and those that were looked at before. */
const MOST_TOKENIZERS = 4;

export class OpenTokenizers {
  readonly #backend: Pick<Backend, 'inspectTokenizer'>;
  readonly #folders: () => Promise<readonly string[]>;
  readonly #open = new Map<string, Promise<native.TokenizerInspector>>();

  /** @param folders the user's folders with models */
  constructor(backend: Pick<Backend, 'inspectTokenizer'>, folders: () => Promise<readonly string[]>) {
    this.#backend = backend;
    this.#folders = folders;
  }

  /** The tokenizer of a model, opened if it is not open. @throws ModelError as `inspectTokenizer` */
  async get(model: string): Promise<native.TokenizerInspector> {
    const found =
      this.#open.get(model) ?? this.#folders().then((folders) => this.#backend.inspectTokenizer(model, { folders }));
    this.#open.delete(model);
    this.#open.set(model, found);
    // What failed may have been mended by the next question.
    found.catch(() => {
      if (this.#open.get(model) === found) this.#open.delete(model);
    });
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_TOKENIZERS && oldest !== undefined) this.#open.delete(oldest);
    return found;
  }
}

/** The same in the words of the contract. */
export function wordSteps({ source, normalised, forming, pieces }: native.WordSteps): WordSteps {
  return { source, normalised, forming: formed(forming), pieces: [...pieces] };
}

function formed(forming: native.WordForming): WordSteps['forming'] {
  switch (forming.kind) {
    case 'merges':
      return { kind: 'merges', symbols: [...forming.symbols], merges: [...forming.merges] };
    case 'tries':
      return { kind: 'tries', tries: [...forming.tries], tooLong: forming.tooLong };
    default:
      return forming;
  }
}

export function vocabularyPage({ size, found, entries }: native.VocabularyPage): VocabularyPage {
  return { size, found, entries: entries.map((entry) => ({ ...entry, roles: [...entry.roles] })) };
}

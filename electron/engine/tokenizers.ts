/** Tokenizers that are looked into, without their models; most recently used last. */
import type * as native from '../../native-models/index.ts';
import type { TokenizedText, VocabularyPage, WordSteps } from '../api/tokens.ts';
import type { Backend } from './backend.ts';

/** Two side by side, and those that were looked at before. */
const MOST_TOKENIZERS = 4;

export class OpenTokenizers {
  readonly #backend: Pick<Backend, 'inspectTokenizer'>;
  readonly #library: () => Promise<native.LibraryOptions>;
  readonly #open = new Map<string, Promise<native.TokenizerInspector>>();

  /** @param library where models are looked for */
  constructor(backend: Pick<Backend, 'inspectTokenizer'>, library: () => Promise<native.LibraryOptions>) {
    this.#backend = backend;
    this.#library = library;
  }

  /** The tokenizer of a model, opened if it is not open. @throws ModelError as `inspectTokenizer` */
  async get(model: string): Promise<native.TokenizerInspector> {
    const found =
      this.#open.get(model) ?? this.#library().then((library) => this.#backend.inspectTokenizer(model, library));
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

/** A text in tokens and words, by the tokenizer alone. */
export async function tokenizedText(
  inspector: native.TokenizerInspector,
  input: native.TextInput,
): Promise<TokenizedText> {
  const { tokens, words } = await inspector.words(input);
  return { kind: inspector.kind, unknown: inspector.unknownToken, tokens: [...tokens], words: [...words] };
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

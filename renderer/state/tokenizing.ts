/** What tokenizers say about a text: asked for by model and text, without running the model. */
import type { TextInput, TokenizedText, VocabularyPage, WordSteps } from '../../electron/api/index.ts';
import type { Client } from '../client/client.ts';
import { AskedParts } from './asked-parts.ts';

export interface TextQuestion {
  readonly model: string;
  readonly input: TextInput;
}

export interface WordQuestion extends TextQuestion {
  /** Place among the text's words, from 0. */
  readonly word: number;
}

export interface VocabularyQuestion {
  readonly model: string;
  /** As `tokens.vocabulary` takes it. */
  readonly query: string;
  readonly special: boolean;
  /** The page: which of the found entries is its first, and how many it has at most. */
  readonly from: number;
  readonly count: number;
}

/** More answers than these are forgotten before the next is asked for. */
const MOST_KEPT = 60;

/** Answers that are whole at once. */
export class Answers<Q, P> extends AskedParts<Q, P> {
  #count = 0;

  constructor(fetch: (question: Q) => Promise<P>) {
    super({ fetch, isLast: () => true, keyOf: (question) => JSON.stringify(question) });
  }

  override want(question: Q): void {
    if (this.peek(question).status !== 'none') return;
    this.#count += 1;
    if (this.#count > MOST_KEPT) {
      this.#count = 1;
      this.forget((_, { status }) => status !== 'pending');
    }
    super.want(question);
  }
}

export class Tokenizing {
  readonly words: AskedParts<TextQuestion, TokenizedText>;
  readonly steps: AskedParts<WordQuestion, WordSteps>;
  readonly vocabulary: AskedParts<VocabularyQuestion, VocabularyPage>;

  constructor(client: Client) {
    this.words = new Answers((question) => client.call('tokens.words', question));
    this.steps = new Answers((question) => client.call('tokens.steps', question));
    this.vocabulary = new Answers((question) => client.call('tokens.vocabulary', question));
  }
}

/** What `headlight generate` writes while a text grows: the text itself, or a line of JSON a token. */
import type { Choosing, GeneratedToken, Generation } from '../../native-models/index.ts';
import type { Output } from './command.ts';
import { counted, plainLine } from './table.ts';

export interface GenerationEnd {
  /** True where somebody stopped it. */
  readonly interrupted: boolean;
  /** Of all steps together. */
  readonly seconds: number;
}

export interface GenerationReport {
  /** A token was generated. */
  token(token: GeneratedToken): void;
  end(end: GenerationEnd): void;
}

/** The given text, and each piece of what follows as soon as its characters are whole; then a line about it on stderr. */
export class GenerationText implements GenerationReport {
  readonly #generation: Generation;
  readonly #choosing: Choosing;
  readonly #output: Output;
  #written = '';

  constructor(generation: Generation, choosing: Choosing, output: Output) {
    this.#generation = generation;
    this.#choosing = choosing;
    this.#output = output;
    this.#write(generation.state.text);
  }

  token(): void {
    // A character that falls apart into several pieces ends in U+FFFD until its last piece is there.
    this.#write(this.#generation.state.text.replace(/\uFFFD+$/u, ''));
  }

  end({ interrupted, seconds }: GenerationEnd): void {
    const { state, model } = this.#generation;
    this.#write(state.text);
    this.#output.write('\n');
    const made = state.path.length;
    const facts = [
      plainLine(model.entry.id),
      `${counted(made, 'token')} after ${state.prompt.length}`,
      choosingWords(this.#choosing),
      ...(made === 0 ? [] : [`${((seconds * 1000) / made).toFixed(1)} ms a token`]),
      ...endWords(state.stopped, interrupted, state.maxTokens),
    ];
    this.#output.note(`${facts.join(' · ')}\n`);
  }

  #write(text: string): void {
    if (text.length <= this.#written.length) return;
    this.#output.write(plainText(text.slice(this.#written.length)));
    this.#written = text;
  }
}

/** JSON lines: `start` with model, device, tokens and choosing; `token` for each; `end` with the text and why it ended. */
export class GenerationLines implements GenerationReport {
  readonly #generation: Generation;
  readonly #output: Output;

  constructor(generation: Generation, choosing: Choosing, output: Output) {
    this.#generation = generation;
    this.#output = output;
    const { entry, device } = generation.model;
    this.#line({ kind: 'start', model: entry.id, device: device.id, tokens: generation.state.prompt, choosing });
  }

  token(token: GeneratedToken): void {
    const { node: _node, parent: _parent, ...told } = token;
    this.#line({ kind: 'token', ...told });
  }

  end({ interrupted, seconds }: GenerationEnd): void {
    const { stopped, text, path } = this.#generation.state;
    this.#line({ kind: 'end', text, generated: path.length, stopped: interrupted ? 'interrupted' : stopped, seconds });
  }

  #line(value: object): void {
    this.#output.write(`${JSON.stringify(value)}\n`);
  }
}

function choosingWords({ mode, seed, temperature, topK, topP }: Choosing): string {
  if (mode === 'greedy') return 'greedy';
  const filters = [`seed ${seed}`, `temperature ${temperature}`];
  if (topK !== null) filters.push(`top-k ${topK}`);
  if (topP < 1) filters.push(`top-p ${topP}`);
  return filters.join(', ');
}

function endWords(stopped: 'end-of-text' | 'longest-text' | null, interrupted: boolean, maxTokens: number): string[] {
  if (interrupted) return ['stopped by you'];
  if (stopped === 'end-of-text') return ['the model ended the text'];
  return stopped === 'longest-text' ? [`the model reads at most ${maxTokens} tokens`] : [];
}

/** Text that a model wrote, without what a terminal would obey; line breaks and tabs stay. */
function plainText(text: string): string {
  return text.replace(/[\p{Control}\p{Surrogate}]/gu, (found) => (found === '\n' || found === '\t' ? found : '\uFFFD'));
}

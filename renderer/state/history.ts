/** What was used last: texts, models and commands, newest first; kept on this machine, and not at all where the user says so. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

export interface RecentText {
  readonly text: string;
  /** Empty where there was one sentence only. */
  readonly pair: string;
}

export interface HistoryState {
  readonly texts: readonly RecentText[];
  readonly models: readonly string[];
  readonly commands: readonly string[];
}

export const MOST_TEXTS = 20;
const MOST_MODELS = 6;
const MOST_COMMANDS = 5;
/** A longer text is none to choose from a list. */
const LONGEST_TEXT = 5000;
const KEY = 'headlight.history';
const NOTHING: HistoryState = { texts: [], models: [], commands: [] };

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class History {
  readonly store: StoreApi<HistoryState>;
  readonly #storage: Storage | null;
  readonly #remembers: () => boolean;

  /** @param remembers false while nothing may be kept: then nothing is noted, in memory neither */
  constructor(storage: Storage | null, remembers: () => boolean) {
    this.#storage = storage;
    this.#remembers = remembers;
    this.store = createStore<HistoryState>(() => (remembers() ? parseHistory(read(storage)) : NOTHING));
    if (!remembers()) this.clear();
  }

  /** Notes a text that was run. One that goes on with the newest, or is its beginning, takes its place. */
  addText({ text, pair }: RecentText): void {
    if (text.trim() === '' || text.length > LONGEST_TEXT) return;
    const { texts } = this.store.getState();
    const [newest, ...older] = texts;
    const kept = newest !== undefined && isSameTyping(newest, { text, pair }) ? older : texts;
    const others = kept.filter((other) => other.text !== text || other.pair !== pair);
    this.#set({ texts: [{ text, pair }, ...others].slice(0, MOST_TEXTS) });
  }

  addModel(id: string): void {
    this.#set({ models: newestFirst(this.store.getState().models, id, MOST_MODELS) });
  }

  addCommand(id: string): void {
    this.#set({ commands: newestFirst(this.store.getState().commands, id, MOST_COMMANDS) });
  }

  /** Forgets all of it, here and on the disk. */
  clear(): void {
    this.store.setState(NOTHING);
    try {
      this.#storage?.removeItem(KEY);
    } catch {
      // What cannot be reached was not written either.
    }
  }

  #set(change: Partial<HistoryState>): void {
    if (!this.#remembers()) return;
    this.store.setState(change);
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.store.getState()));
    } catch {
      // A full or forbidden storage: the list then lasts as long as the window.
    }
  }
}

/** Reads leniently: what is damaged or unknown is left out. */
export function parseHistory(text: string | null): HistoryState {
  let raw: unknown;
  try {
    raw = JSON.parse(text ?? 'null');
  } catch {
    return NOTHING;
  }
  if (typeof raw !== 'object' || raw === null) return NOTHING;
  const { texts, models, commands } = raw as Record<string, unknown>;
  return {
    texts: listOf(texts, isText).slice(0, MOST_TEXTS),
    models: listOf(models, isString).slice(0, MOST_MODELS),
    commands: listOf(commands, isString).slice(0, MOST_COMMANDS),
  };
}

function read(storage: Storage | null): string | null {
  try {
    return storage?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
}

function isSameTyping(newest: RecentText, now: RecentText): boolean {
  const begins = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);
  return newest.pair === now.pair
    ? begins(newest.text, now.text)
    : newest.text === now.text && begins(newest.pair, now.pair);
}

const newestFirst = (list: readonly string[], id: string, most: number): string[] =>
  [id, ...list.filter((other) => other !== id)].slice(0, most);

const isString = (value: unknown): value is string => typeof value === 'string';

const isText = (value: unknown): value is RecentText =>
  typeof value === 'object' &&
  value !== null &&
  isString((value as Record<string, unknown>)['text']) &&
  isString((value as Record<string, unknown>)['pair']);

function listOf<T>(value: unknown, is: (item: unknown) => item is T): T[] {
  return Array.isArray(value) ? value.filter(is) : [];
}

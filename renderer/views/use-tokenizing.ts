/** What is asked of tokenizers, from a view. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { TextInput, TokenizedText, VocabularyPage, WordSteps } from '../../electron/api/index.ts';
import type { Asked, AskedParts } from '../state/asked-parts.ts';
import type { VocabularyQuestion } from '../state/tokenizing.ts';
import { useSession } from './context.tsx';

/** Asks as soon as the question is there; null asks nothing. */
export function useAnswer<Q, P>(asked: AskedParts<Q, P>, question: Q | null): Asked<P> {
  useSyncExternalStore(asked.subscribe, asked.getSnapshot);
  const key = question === null ? null : JSON.stringify(question);
  useEffect(() => {
    if (key !== null) asked.want(JSON.parse(key) as Q);
  }, [asked, key]);
  return question === null ? { status: 'none' } : asked.peek(question);
}

/** The latest answer and its question, until the next one is there; so that typing does not blink. */
export function useSettledAnswer<Q, P>(asked: Asked<P>, question: Q): { readonly part: P; readonly of: Q } | null {
  const [last, setLast] = useState<{ readonly part: P; readonly of: Q } | null>(null);
  if (asked.status === 'failed' && last !== null) setLast(null);
  if (asked.status !== 'ready') return last;
  const { part } = asked;
  if (part !== last?.part) setLast({ part, of: question });
  return { part, of: question };
}

export interface TokensAnswer {
  readonly asked: Asked<TokenizedText>;
  /** The answer, or the one before it while it is on its way. */
  readonly text: TokenizedText | null;
  /** What `text` is of: numbers of a text are counted with its own tokens. */
  readonly of: { readonly model: string | null; readonly input: TextInput };
}

export function useTokenWords(model: string | null, input: TextInput): TokensAnswer {
  const { tokenizing } = useSession();
  const isEmpty = input.text === '';
  const asked = useAnswer(tokenizing.words, model === null || isEmpty ? null : { model, input });
  const settled = useSettledAnswer(asked, { model, input });
  return { asked, text: settled?.part ?? null, of: settled?.of ?? { model, input } };
}

export function useWordSteps(model: string, input: TextInput, word: number | null): Asked<WordSteps> {
  const { tokenizing } = useSession();
  return useAnswer(tokenizing.steps, word === null ? null : { model, input, word });
}

export function useVocabulary(
  question: VocabularyQuestion | null,
): Asked<VocabularyPage> & { shown: VocabularyPage | null } {
  const { tokenizing } = useSession();
  const asked = useAnswer(tokenizing.vocabulary, question);
  const shown = useSettledAnswer(asked, question);
  return { ...asked, shown: shown?.part ?? null };
}

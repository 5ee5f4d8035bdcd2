/** The words of a text with the borders of their tokens, to choose one from. */
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TokenizedText, TokenWord } from '../../electron/api/index.ts';
import { tokenLabel } from '../view-models/format.ts';
import { ListPages, pageOf } from './list-pages.tsx';

/** Words that are drawn at once. */
const WORDS = 300;

interface WordsProps {
  readonly text: TokenizedText;
  /** Which word, from 0. */
  readonly chosen: number;
  readonly onChoose: (word: number) => void;
}

export function TokenWords({ text, chosen, onChoose }: WordsProps): ReactElement {
  const { t } = useTranslation();
  const count = text.words.length;
  const { from, to } = pageOf(chosen, count, WORDS);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : by === 0 ? null : chosen + by;
    if (next === null || text.words[next] === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next);
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-checked=true]')?.focus());
  };
  return (
    <>
      <ListPages from={from} to={to} count={count} onPage={(first) => onChoose(pageOf(first, count, WORDS).from)} />
      <div
        className="token-words"
        role="radiogroup"
        aria-label={t('tokenizer.words')}
        onKeyDown={onKeyDown}
        data-own-keys
      >
        {text.words.slice(from, to).map((word, at) => (
          <WordButton key={word.first} {...{ text, word, onChoose }} at={from + at} isChosen={from + at === chosen} />
        ))}
      </div>
    </>
  );
}

interface WordButtonProps {
  readonly text: TokenizedText;
  readonly word: TokenWord;
  readonly at: number;
  readonly isChosen: boolean;
  readonly onChoose: (word: number) => void;
}

function WordButton({ text, word, at, isChosen, onChoose }: WordButtonProps): ReactElement {
  const tokens = text.tokens.slice(word.first, word.last + 1);
  return (
    <button
      type="button"
      role="radio"
      aria-checked={isChosen}
      tabIndex={isChosen ? 0 : -1}
      className={`token-word ${word.kind}`}
      onClick={() => onChoose(at)}
      data-testid={`word-${at}`}
    >
      {tokens.map(({ index, text: label, piece }) => (
        <span key={index} className="token-part" title={tokenLabel(piece)}>
          {tokenLabel(label)}
        </span>
      ))}
    </button>
  );
}

/** The text as it was typed, each token coloured by its bits; one token is chosen. */
import { memo, useEffect, useId, useMemo, useRef } from 'react';
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Surprise, Token } from '../../electron/api/index.ts';
import { colourScale } from '../figures/colour-scale.ts';
import type { ColourScaleSpec } from '../figures/colour-scale.ts';
import { inkOn } from '../figures/contrast.ts';
import { THEMES } from '../figures/theme.ts';
import type { Frame } from '../state/frames.ts';
import { typedTokens } from '../view-models/reading-text.ts';
import type { Typed } from '../view-models/reading-text.ts';
import { tokenText } from '../view-models/surprise.ts';
import { useApp, useSession, useTheme, useWords } from './context.tsx';

interface SurpriseTextProps {
  readonly frame: Frame;
  readonly surprise: Surprise;
  readonly scale: ColourScaleSpec;
}

export function SurpriseText({ frame, surprise, scale }: SurpriseTextProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const theme = useTheme();
  const help = useId();
  const list = useRef<HTMLDivElement>(null);
  const { tokens } = frame.run;
  const chosen = useApp((state) => Math.min(state.selection.query, tokens.length - 1));
  const typed = useMemo(() => typedTokens(tokens, frame.input), [tokens, frame.input]);
  const looks = useMemo(() => {
    const { colour } = colourScale(scale, THEMES[theme]);
    return surprise.tokens.map(({ bits }) => (bits === null ? undefined : lookOf(colour(bits))));
  }, [surprise, scale, theme]);
  useEffect(() => {
    list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = tokens.length - 1;
    const goals: Record<string, number> = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: last };
    const goal = goals[event.key];
    if (goal === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const query = Math.max(0, Math.min(last, goal));
    session.select({ query });
    list.current?.querySelector<HTMLElement>(`[data-at="${query}"]`)?.focus();
  };
  const onClick = ({ target }: MouseEvent): void => {
    const at = target instanceof Element ? target.closest<HTMLElement>('[data-at]')?.dataset['at'] : undefined;
    if (at !== undefined) session.select({ query: Number(at) });
  };
  return (
    <>
      <div
        ref={list}
        className="surprise-text"
        role="toolbar"
        aria-label={t('surprise.text')}
        aria-describedby={help}
        onKeyDown={onKeyDown}
        onClick={onClick}
        data-testid="surprise-text"
      >
        {tokens.map((token, at) => (
          <Piece
            key={token.index}
            token={token}
            typed={typed[at]}
            look={looks[at]}
            label={tokenText(token, surprise.tokens[at], words)}
            isChosen={at === chosen}
          />
        ))}
      </div>
      <p id={help} className="hidden">
        {t('surprise.keys')}
      </p>
    </>
  );
}

function lookOf(backgroundColor: string): CSSProperties {
  return { backgroundColor, color: inkOn(backgroundColor) };
}

interface PieceProps {
  readonly token: Token;
  readonly typed: Typed | undefined;
  readonly look: CSSProperties | undefined;
  /** Its numbers in a sentence. */
  readonly label: string;
  readonly isChosen: boolean;
}

const Piece = memo(function Piece({ token, typed, look, label, isChosen }: PieceProps): ReactElement {
  return (
    <>
      {typed?.before}
      <button
        type="button"
        className={`surprise-token ${typed?.kind ?? 'mark'}`}
        style={look}
        aria-pressed={isChosen}
        aria-label={label}
        title={label}
        tabIndex={isChosen ? 0 : -1}
        data-at={token.index}
        data-testid={`surprise-token-${token.index}`}
      >
        {typed?.text ?? token.text}
      </button>
    </>
  );
});

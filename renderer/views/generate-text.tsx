/** The generated text, its tokens coloured by what the chosen one looks at, and the scrubber that chooses it. */
import { memo, useEffect, useId, useMemo, useRef } from 'react';
import type { KeyboardEvent, MouseEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { colourScale, largestMagnitude, weightScale } from '../figures/colour-scale.ts';
import { inkOn } from '../figures/contrast.ts';
import { THEMES } from '../figures/theme.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { Frame } from '../state/frames.ts';
import type { SeenRow } from '../state/generation.ts';
import { shownIndex } from '../view-models/format.ts';
import type { TextToken } from '../view-models/generation.ts';
import { useSession, useTheme, useWords } from './context.tsx';
import { generateExport } from '../view-models/export-answers.ts';
import { useShownFigure } from './use-shown-figure.ts';

interface GenerateTextProps {
  readonly frame: Frame;
  readonly tokens: readonly TextToken[];
  /** The place that is looked at; as many as there are tokens: the next one. */
  readonly shown: number;
  readonly seen: SeenRow | null;
}

export function GenerateText({ frame, tokens, shown, seen }: GenerateTextProps): ReactElement {
  const { t } = useTranslation();
  const { generation } = useSession();
  const theme = useTheme();
  const help = useId();
  const list = useRef<HTMLDivElement>(null);
  const looks = useMemo(() => looksOf(seen, theme), [seen, theme]);
  useShownFigure(useExported(frame, tokens, seen));
  useEffect(() => {
    list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown, tokens]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const goals: Record<string, number> = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: tokens.length };
    const goal = goals[event.key];
    if (goal === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const at = Math.max(0, Math.min(tokens.length, goal));
    generation.look(at);
    list.current?.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus();
  };
  const onClick = ({ target }: MouseEvent): void => {
    const at = target instanceof Element ? target.closest<HTMLElement>('[data-at]')?.dataset['at'] : undefined;
    if (at !== undefined) generation.look(Number(at));
  };
  return (
    <>
      <div
        ref={list}
        className="generate-text"
        role="toolbar"
        aria-label={t('generate.text')}
        aria-describedby={help}
        onKeyDown={onKeyDown}
        onClick={onClick}
        data-testid="generate-text"
      >
        {tokens.map((token) => (
          <Token key={token.index} token={token} isShown={token.index === shown} look={looks[token.index]} />
        ))}
        <button
          type="button"
          className="generate-token next"
          data-at={tokens.length}
          aria-pressed={shown === tokens.length}
          tabIndex={shown === tokens.length ? 0 : -1}
          data-testid="generate-token-next"
        >
          {t('generate.nextButton')}
        </button>
      </div>
      <p id={help} className="hidden">
        {t('generate.textHelp')}
      </p>
    </>
  );
}

interface Look {
  readonly backgroundColor: string;
  readonly color: string;
}

/** The colour of each token that is looked at; a weight of 0 has none. */
function looksOf(seen: SeenRow | null, theme: ThemeName): readonly (Look | undefined)[] {
  if (seen === null) return [];
  const scale = colourScale(weightScale({ max: largestMagnitude(seen.weights) }), THEMES[theme]);
  return Array.from(seen.weights, (weight) => {
    if (!(weight > 0)) return undefined;
    const backgroundColor = scale.colour(weight);
    return { backgroundColor, color: inkOn(backgroundColor) };
  });
}

interface TokenProps {
  readonly token: TextToken;
  readonly isShown: boolean;
  readonly look: Look | undefined;
}

const Token = memo(function Token({ token, isShown, look }: TokenProps): ReactElement {
  const { t } = useTranslation();
  const { index, before, text, label, kind, generated } = token;
  const classes = ['generate-token', kind, generated === null ? 'given' : 'made'];
  const name = t('generate.token', { token: label, index: shownIndex(index) });
  return (
    <>
      {before}
      <button
        type="button"
        className={classes.join(' ')}
        style={look}
        data-at={index}
        aria-pressed={isShown}
        aria-label={generated === null ? `${name}, ${t('generate.given')}` : name}
        tabIndex={isShown ? 0 : -1}
        data-testid={`generate-token-${index}`}
      >
        {text}
      </button>
    </>
  );
});

/** A slider over the tokens of the text. */
export function Scrubber({ tokens, shown }: { tokens: readonly TextToken[]; shown: number }): ReactElement {
  const { t } = useTranslation();
  const { generation } = useSession();
  const id = useId();
  const token = tokens[shown];
  const value =
    token === undefined
      ? t('generate.next')
      : t('generate.scrubberValue', { index: shown, count: tokens.length, token: token.label });
  return (
    <div className="generate-scrubber">
      <label htmlFor={id}>{t('generate.scrubber')}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={tokens.length}
        step={1}
        value={shown}
        aria-valuetext={value}
        data-own-keys
        onChange={({ target }) => generation.look(target.valueAsNumber)}
        data-testid="generate-scrubber"
      />
      <output data-testid="generate-looked">{value}</output>
    </div>
  );
}

/** The coloured text as a figure to take along; null until the weights are there. */
function useExported(frame: Frame, tokens: readonly TextToken[], seen: SeenRow | null) {
  const words = useWords();
  return useMemo(
    () => (seen === null ? null : generateExport(frame, tokens, seen, words)),
    [frame, tokens, seen, words],
  );
}

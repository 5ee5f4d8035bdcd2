/** The text whose tokens can be masked: a click masks one, another puts it back. */
import { useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Token } from '../../electron/api/index.ts';
import { toolbarGoal } from '../components/toolbar-keys.ts';
import type { Frame } from '../state/frames.ts';
import { toggleMasked } from '../state/lens-view.ts';
import { isMaskable } from '../view-models/fill.ts';
import { shownIndex, tokenLabel } from '../view-models/format.ts';
import { typedTokens } from '../view-models/reading-text.ts';
import type { Typed } from '../view-models/reading-text.ts';
import { useApp, useSession } from './context.tsx';

interface FillTextProps {
  readonly frame: Frame;
  readonly masked: readonly number[];
  readonly textKey: string;
}

export function FillText({ frame, masked, textKey }: FillTextProps): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const view = useApp((state) => state.lensView);
  const help = useId();
  const list = useRef<HTMLDivElement>(null);
  const { tokens } = frame.run;
  const typed = useMemo(() => typedTokens(tokens, frame.input), [tokens, frame.input]);
  const places = useMemo(() => tokens.filter(isMaskable).map(({ index }) => index), [tokens]);
  const [moved, setMoved] = useState<number | null>(null);
  const stop = moved !== null && places.includes(moved) ? moved : (places[0] ?? 0);
  const onKeyDown = (event: KeyboardEvent): void => {
    const place = toolbarGoal(event, places, stop);
    if (place === null) return;
    event.preventDefault();
    setMoved(place);
    list.current?.querySelector<HTMLElement>(`[data-at="${place}"]`)?.focus();
  };
  return (
    <>
      <div
        ref={list}
        className="fill-text"
        role="toolbar"
        aria-label={t('fill.text')}
        aria-describedby={help}
        onKeyDown={onKeyDown}
        data-testid="fill-text"
      >
        {tokens.map((token, at) => (
          <Piece
            key={token.index}
            token={token}
            typed={typed[at] ?? { before: '', text: tokenLabel(token.text), kind: 'mark' }}
            mask={frame.model.maskToken ?? '[MASK]'}
            isMasked={masked.includes(token.index)}
            isStop={token.index === stop}
            onToggle={() => {
              setMoved(token.index);
              session.setLensView({ masked: toggleMasked(view, textKey, token.index) });
            }}
          />
        ))}
      </div>
      <p id={help} className="hidden">
        {t('fill.keys')}
      </p>
    </>
  );
}

interface PieceProps {
  readonly token: Token;
  readonly typed: Typed;
  readonly mask: string;
  readonly isMasked: boolean;
  /** Whether Tab goes to it. */
  readonly isStop: boolean;
  readonly onToggle: () => void;
}

function Piece({ token, typed, mask, isMasked, isStop, onToggle }: PieceProps): ReactElement {
  const { t } = useTranslation();
  const { index, text } = token;
  const label = tokenLabel(text);
  if (!isMaskable(token)) {
    const title = text === mask ? t('fill.ownMask') : t('fill.special', { token: label });
    return (
      <>
        {typed.before}
        <span className={text === mask ? 'fill-token mono own-mask' : 'fill-token mono special'} title={title}>
          {typed.text}
        </span>
      </>
    );
  }
  const name = t('fill.token', { token: label, index: shownIndex(index) });
  return (
    <>
      {typed.before}
      <button
        type="button"
        className={isMasked ? 'fill-token masked mono' : 'fill-token'}
        aria-pressed={isMasked}
        aria-label={isMasked ? `${name}, ${t('fill.masked')}` : name}
        title={isMasked ? `${label}: ${t('fill.back')}` : undefined}
        tabIndex={isStop ? 0 : -1}
        data-at={index}
        onClick={onToggle}
        data-testid={`fill-token-${index}`}
      >
        {isMasked ? mask : typed.text}
      </button>
    </>
  );
}

/** The tokens under the sentence: click chooses the query, shift-click the key. One tab stop; arrows move along. */
import { memo, useEffect, useRef } from 'react';
import type { KeyboardEvent, MouseEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Token } from '../../electron/api/index.ts';
import type { Lens, TokenSpan } from '../state/lens.ts';
import { tokenLabel } from '../view-models/format.ts';
import { useApp, useSession } from './context.tsx';
import { useShownKey } from './use-cell.ts';

export function TokenChips(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const tokens = useApp((state) => state.run.result?.tokens);
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  const brush = useApp((state) => state.lens.brush);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('.chip.query')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [query, tokens]);

  const choose = (event: MouseEvent | KeyboardEvent): void => {
    const index = indexOf(event.target);
    if (index !== null) session.select(event.shiftKey ? { key: index } : { query: index });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chips = [...(list.current?.querySelectorAll<HTMLElement>('.chip') ?? [])];
    const at = chips.findIndex((chip) => chip === event.target);
    const goals: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: chips.length - 1 };
    const goal = goals[event.key];
    if (goal !== undefined) {
      event.preventDefault();
      chips[Math.max(0, Math.min(chips.length - 1, goal))]?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(event);
    }
  };

  return (
    <div
      ref={list}
      className="chips"
      role="toolbar"
      aria-label={t('sentence.tokens')}
      title={t('sentence.tokenHint')}
      data-testid="tokens"
      onClick={choose}
      onKeyDown={onKeyDown}
    >
      {tokens?.map((token) => (
        <Chip
          key={token.index}
          token={token}
          isQuery={token.index === query}
          isKey={token.index === key}
          mark={markOf(token.index, brush)}
        />
      ))}
    </div>
  );
}

interface ChipProps {
  readonly token: Token;
  readonly isQuery: boolean;
  readonly isKey: boolean;
  readonly mark: string;
}

/** Of a token in the marked region: as a query, as a key, or as both. */
function markOf(index: number, brush: Lens['brush']): string {
  if (brush === null) return '';
  const inside = ({ first, last }: TokenSpan): boolean => index >= first && index <= last;
  return [inside(brush.queries) && 'marked-query', inside(brush.keys) && 'marked-key'].filter(Boolean).join(' ');
}

const Chip = memo(function Chip({ token, isQuery, isKey, mark }: ChipProps): ReactElement {
  const { t } = useTranslation();
  const kind = isQuery && isKey ? 'tokenBoth' : isQuery ? 'tokenQuery' : isKey ? 'tokenKey' : 'tokenPlain';
  const classes = [
    'chip',
    token.special && 'special',
    isQuery && 'query',
    isKey && 'key',
    !token.startsWord && 'joined',
    mark,
  ];
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(' ')}
      data-index={token.index}
      data-testid={`token-${token.index}`}
      tabIndex={isQuery ? 0 : -1}
      aria-pressed={isQuery || isKey}
      aria-label={t(`sentence.${kind}`, { token: token.text, index: token.index })}
    >
      {tokenLabel(token.text)}
    </button>
  );
});

function indexOf(target: EventTarget): number | null {
  const chip = target instanceof Element ? target.closest<HTMLElement>('.chip') : null;
  const index = chip?.dataset['index'];
  return index === undefined ? null : Number(index);
}

/** One weight of a drawn row: a bar to drag, and a slider for the keyboard. */
import type { KeyboardEvent, PointerEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber, tokenLabel } from '../view-models/format.ts';
import { steppedWeight } from '../view-models/what-if-row.ts';

interface RowBarProps {
  readonly index: number;
  readonly token: string;
  /** The token with its place in the text. */
  readonly name: string;
  readonly weight: number;
  readonly isVisible: boolean;
  /** True for the one bar that Tab reaches. */
  readonly isCurrent: boolean;
  readonly onFocus: (key: number) => void;
  readonly onSet: (key: number, weight: number) => void;
  readonly onEnd: () => void;
  readonly onGo: (key: number) => void;
}

export function RowBar(props: RowBarProps): ReactElement {
  const { t } = useTranslation();
  const { index, token, name, weight, isVisible, isCurrent, onFocus, onEnd } = props;
  const help = isVisible ? `${name}: ${formatNumber(weight, 3)}` : t('whatIf.rowHidden', { key: name });
  return (
    <div
      className={isVisible ? 'row-bar' : 'row-bar unseen'}
      role="slider"
      tabIndex={isCurrent ? 0 : -1}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={Math.round(weight * 1000) / 1000}
      aria-valuetext={isVisible ? formatNumber(weight, 3) : help}
      aria-disabled={!isVisible}
      aria-label={t('whatIf.rowKey', { key: name })}
      title={help}
      data-key={index}
      data-weight={weight}
      data-testid={`what-if-weight-${index}`}
      onFocus={() => onFocus(index)}
      onBlur={onEnd}
      onKeyDown={(event) => pressed(event, props)}
      {...draggable(props)}
    >
      <span className="row-track" aria-hidden="true" data-track>
        <span className="row-fill" style={{ height: `${100 * weight}%` }} />
      </span>
      <span className="row-token mono" aria-hidden="true">
        {tokenLabel(token)}
      </span>
    </div>
  );
}

function pressed(event: KeyboardEvent, { index, weight, onSet, onGo }: RowBarProps): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const next = steppedWeight(event.key, weight);
  const move = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : null;
  if (next === null && move === null) return;
  event.preventDefault();
  event.stopPropagation();
  if (next !== null) onSet(index, next);
  if (move !== null) onGo(index + move);
}

interface DragHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
}

/** The weight follows the pointer while it is down, as high as it stands in the bar. */
function draggable({ index, onSet, onEnd }: RowBarProps): DragHandlers {
  const follow = (event: PointerEvent<HTMLElement>): void => {
    const track = event.currentTarget.querySelector('[data-track]')?.getBoundingClientRect();
    if (track !== undefined) onSet(index, (track.bottom - event.clientY) / track.height);
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      event.currentTarget.focus();
      onEnd();
      follow(event);
    },
    onPointerMove: (event) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
    },
    onPointerUp: (event) => {
      event.currentTarget.releasePointerCapture(event.pointerId);
      onEnd();
    },
  };
}

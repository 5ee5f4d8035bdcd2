/** Which weights have lines in the head view, whose, and how much of a long text is readable. */
import type { CSSProperties, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ListBox, ListBoxItem, Popover, Select } from 'react-aria-components';
import { Chevron } from '../components/icons.tsx';
import { THEMES } from '../figures/theme.ts';
import { flowEntries, placeOf, THRESHOLD_STEPS, thresholdAt, thresholdText, TOP_K } from '../view-models/token-flow.ts';
import type { FlowEntry, FlowView } from '../view-models/token-flow.ts';
import { useApp, useSession, useTheme } from './context.tsx';
import type { FocusControl } from './flow-focus.ts';
import { DirectionSwitch } from './reading-stage.tsx';

export function FlowTools(): ReactElement {
  return (
    <div className="flow-tools">
      <DirectionSwitch />
      <Threshold />
      <TopK />
    </div>
  );
}

function Threshold(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const threshold = useApp((state) => state.lens.threshold);
  const value = thresholdText(threshold);
  return (
    <label className="flow-tool" title={t('tokenFlow.thresholdHelp')}>
      {t('tokenFlow.threshold')}
      <input
        type="range"
        min={0}
        max={THRESHOLD_STEPS}
        step={1}
        value={placeOf(threshold)}
        aria-valuetext={t('tokenFlow.thresholdValue', { value })}
        data-own-keys
        onChange={({ target }) => session.setLens({ threshold: thresholdAt(target.valueAsNumber) })}
        data-testid="flow-threshold"
      />
      <output className="mono" data-testid="flow-threshold-value">
        {value}
      </output>
    </label>
  );
}

function TopK(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const topK = useApp((state) => state.lens.topK);
  const choices = topK === null || TOP_K.some((count) => count === topK) ? TOP_K : [...TOP_K, topK];
  const textOf = (count: number | null): string => (count === null ? t('tokenFlow.topKAll') : String(count));
  return (
    <span title={t('tokenFlow.topKHelp')}>
      <Select
        aria-label={t('tokenFlow.topK')}
        value={textOf(topK)}
        onChange={(key) => session.setLens({ topK: choices.find((count) => String(count) === key) ?? null })}
      >
        <Button className="index-button" data-testid="flow-top-k">
          <span>
            {t('tokenFlow.topK')}: {textOf(topK)}
          </span>
          <Chevron />
        </Button>
        <Popover className="popover" placement="bottom start">
          <ListBox className="menu indices">
            {[null, ...choices].map((count) => (
              <ListBoxItem
                key={textOf(count)}
                id={textOf(count)}
                className="menu-item"
                textValue={textOf(count)}
                data-testid={`flow-top-k-${count ?? 'all'}`}
              >
                {textOf(count)}
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      </Select>
    </span>
  );
}

interface FlowHeadsProps {
  readonly view: FlowView;
  readonly alone: number | null;
  readonly onAlone: (panel: number | null) => void;
}

/** The legend: a stroke a head. Pressing one shows its lines alone. */
export function FlowHeads({ view, alone, onAlone }: FlowHeadsProps): ReactElement {
  const { t } = useTranslation();
  const theme = useTheme();
  const entries = flowEntries(view, THEMES[theme]);
  return (
    <ul className="flow-heads" aria-label={t('tokenFlow.heads')} data-testid="flow-heads">
      {entries.map((entry) => {
        const { label, panel } = entry;
        const isAlone = panel !== null && panel === alone;
        const text = (
          <>
            <Stroke entry={entry} /> {label}
          </>
        );
        return (
          <li key={label}>
            {panel === null ? (
              <span className="flow-head">{text}</span>
            ) : (
              <button
                type="button"
                className="tool-button flow-head"
                aria-pressed={isAlone}
                title={isAlone ? t('tokenFlow.headsAll') : t('tokenFlow.headAlone', { head: label })}
                onClick={() => onAlone(isAlone ? null : panel)}
                data-testid={`flow-head-${panel}`}
              >
                {text}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Stroke({ entry: { colour, dash } }: { entry: FlowEntry }): ReactElement {
  return (
    <svg
      className="flow-stroke"
      width={24}
      height={8}
      aria-hidden="true"
      style={{ '--stroke': colour } as CSSProperties}
    >
      <line x1={0} x2={24} y1={4} y2={4} strokeDasharray={dash?.join(' ')} />
    </svg>
  );
}

/** @param tokens how many are readable now; @param count of all */
export function FlowFocusTools({
  control,
  tokens,
  count,
}: {
  control: FocusControl;
  tokens: number;
  count: number;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="flow-focus" role="group" aria-label={t('tokenFlow.readable')}>
      <button
        type="button"
        className="tool-button"
        title={t('tokenFlow.shorter')}
        aria-label={t('tokenFlow.shorter')}
        disabled={tokens <= 4}
        onClick={() => control.resize(Math.max(4, Math.round(tokens / 1.5)))}
        data-testid="flow-shorter"
      >
        +
      </button>
      <button
        type="button"
        className="tool-button"
        title={t('tokenFlow.longer')}
        aria-label={t('tokenFlow.longer')}
        disabled={control.isWhole}
        onClick={() => control.resize(Math.min(count, Math.round(tokens * 1.5)))}
        data-testid="flow-longer"
      >
        −
      </button>
      <button
        type="button"
        className="tool-button"
        aria-pressed={control.isWhole}
        onClick={() => control.resize(control.isWhole ? null : Infinity)}
        data-testid="flow-whole"
      >
        {t('tokenFlow.whole')}
      </button>
    </div>
  );
}

/** Temperature, top-k and top-p: a slider each, and a field for an exact number. */
import { useId, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isPlain, LEAST_TOP_P, TEMPERATURES, topKPlace, topKSteps } from '../state/sampling.ts';
import { typedTemperature, typedTopK, typedTopP } from '../state/sampling.ts';
import { useApp, useSession } from './context.tsx';

interface FilterToolsProps {
  readonly vocabulary: number;
  /** True where nothing is drawn. */
  readonly disabled?: boolean;
}

export function FilterTools({ vocabulary, disabled = false }: FilterToolsProps): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { temperature, topK, topP } = useApp((state) => state.sampling);
  const steps = topKSteps(vocabulary);
  const plain = isPlain({ temperature, topK, topP });
  return (
    <div className="filter-tools" role="group" aria-label={t('sampling.tools')} data-testid="filter-tools">
      <Filter
        name="temperature"
        range={{ min: TEMPERATURES.coldest, max: TEMPERATURES.warmest, step: TEMPERATURES.step, value: temperature }}
        text={String(temperature)}
        disabled={disabled}
        onSlide={(value) => session.setSampling({ temperature: rounded(value) })}
        onType={(typed) => take(typedTemperature(typed), (value) => session.setSampling({ temperature: value }))}
      />
      <Filter
        name="topK"
        range={{ min: 0, max: steps.length - 1, step: 1, value: topKPlace(steps, topK) }}
        text={topK === null ? '' : String(topK)}
        placeholder={t('sampling.topKAll')}
        disabled={disabled}
        onSlide={(place) => session.setSampling({ topK: steps[place] ?? null })}
        onType={(typed) => {
          const value = typedTopK(typed, vocabulary);
          if (value !== undefined) session.setSampling({ topK: value });
          return value !== undefined;
        }}
      />
      <Filter
        name="topP"
        range={{ min: LEAST_TOP_P, max: 1, step: LEAST_TOP_P, value: topP }}
        text={String(topP)}
        disabled={disabled}
        onSlide={(value) => session.setSampling({ topP: rounded(value) })}
        onType={(typed) => take(typedTopP(typed), (value) => session.setSampling({ topP: value }))}
      />
      <button
        type="button"
        className="tool-button"
        title={t('sampling.resetHelp')}
        disabled={plain}
        onClick={() => session.setSampling({ temperature: 1, topK: null, topP: 1 })}
        data-testid="filter-reset"
      >
        {t('sampling.reset')}
      </button>
    </div>
  );
}

/** Without the last bits of a step like 0.05. */
const rounded = (value: number): number => Number(value.toFixed(2));

function take(value: number | null, set: (value: number) => void): boolean {
  if (value !== null) set(value);
  return value !== null;
}

interface FilterProps {
  readonly name: 'temperature' | 'topK' | 'topP';
  readonly range: { readonly min: number; readonly max: number; readonly step: number; readonly value: number };
  /** The exact number, as it is typed. */
  readonly text: string;
  readonly placeholder?: string;
  readonly disabled: boolean;
  readonly onSlide: (value: number) => void;
  /** False for what is no such number. */
  readonly onType: (typed: string) => boolean;
}

function Filter({ name, range, text, placeholder = '', disabled, onSlide, onType }: FilterProps): ReactElement {
  const { t } = useTranslation();
  const slider = useId();
  const label = t(`sampling.${name}`);
  return (
    <span className="filter-tool" title={t(`sampling.${name}Help`)}>
      <label htmlFor={slider}>{label}</label>
      <input
        id={slider}
        type="range"
        {...range}
        value={Math.min(range.max, Math.max(range.min, range.value))}
        aria-valuetext={text === '' ? placeholder : text}
        disabled={disabled}
        data-own-keys
        onChange={({ target }) => onSlide(target.valueAsNumber)}
        data-testid={`filter-${name}`}
      />
      <TypedNumber
        label={t('sampling.exact', { name: label })}
        text={text}
        placeholder={placeholder}
        wrong={t(`sampling.${name}Wrong`)}
        disabled={disabled}
        onType={onType}
        testId={`filter-${name}-number`}
      />
    </span>
  );
}

interface TypedNumberProps {
  readonly label: string;
  readonly text: string;
  readonly placeholder?: string;
  /** What is expected, said where something else was typed. */
  readonly wrong: string;
  readonly disabled?: boolean;
  readonly wide?: boolean;
  readonly onType: (typed: string) => boolean;
  readonly testId: string;
}

/** A field that takes its number at Enter or when it is left; what is none stays, marked, until it is mended or Escape is pressed. */
export function TypedNumber(props: TypedNumberProps): ReactElement {
  const { label, text, placeholder = '', wrong, disabled = false, wide = false, onType, testId } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const settle = (): void => {
    if (typed === null) return;
    const ok = onType(typed);
    setWrong(!ok);
    if (ok) setTyped(null);
  };
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter') settle();
    if (key !== 'Escape') return;
    setTyped(null);
    setWrong(false);
  };
  return (
    <input
      className={wide ? 'number-field wide mono' : 'number-field mono'}
      inputMode="decimal"
      aria-label={label}
      aria-invalid={isWrong}
      title={isWrong ? wrong : undefined}
      placeholder={placeholder}
      value={typed ?? text}
      disabled={disabled}
      autoComplete="off"
      onChange={({ target }) => {
        setTyped(target.value);
        setWrong(false);
      }}
      onBlur={settle}
      onKeyDown={onKeyDown}
      data-testid={testId}
    />
  );
}

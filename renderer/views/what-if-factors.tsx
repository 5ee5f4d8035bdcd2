/** The two numbers that every head has: how much of what it writes counts, and the temperature of its softmax. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Site } from '../state/what-if-site.ts';
import { exactDouble, formatNumber } from '../view-models/format.ts';
import {
  factorAt,
  factorOf,
  readTemperature,
  SLIDER_TEMPERATURES,
  sliderPosition,
  temperatureAt,
  temperatureOf,
  TYPED_TEMPERATURES,
  withFactor,
} from '../view-models/what-if-edit.ts';
import type { FactorKind } from '../view-models/what-if-edit.ts';
import { useApp } from './context.tsx';
import { useGesture } from './what-if-gesture.ts';

/** Steps of the sliders: of the strength, and of the temperature's power of ten. */
const STRENGTH_STEP = 0.05;
const POWER_STEP = 0.02;

interface FactorControl {
  /** What the list sets; null: the model's own. */
  readonly factor: number | null;
  readonly set: (factor: number) => void;
  readonly end: () => void;
}

function useFactor(kind: FactorKind, site: Site): FactorControl {
  const changes = useApp((state) => state.whatIf.list.changes);
  const { edit, end } = useGesture();
  return {
    factor: factorAt(changes, kind, site),
    set: (factor) =>
      edit(
        () => null,
        (list, _, merge) => withFactor(list, kind, site, factor, merge),
      ),
    end,
  };
}

export function StrengthSlider({ site }: { site: Site }): ReactElement {
  const { t } = useTranslation();
  const { factor, set, end } = useFactor('head', site);
  const value = factor ?? 1;
  return (
    <div className="what-if-group" title={t('whatIf.strengthHelp')}>
      <div className="what-if-label">
        <span>{t('whatIf.strength')}</span>
        <output title={exactDouble(value)}>× {formatNumber(value, 3)}</output>
        <input
          type="range"
          min={0}
          max={2}
          step={STRENGTH_STEP}
          value={value}
          aria-label={t('whatIf.strength')}
          aria-valuetext={`× ${formatNumber(value, 3)}`}
          onChange={(event) => set(Number(event.target.value))}
          onPointerUp={end}
          onBlur={end}
          data-testid="what-if-strength"
        />
      </div>
    </div>
  );
}

export function TemperatureSlider({ site, dHead }: { site: Site; dHead: number }): ReactElement {
  const { t } = useTranslation();
  const { factor, set, end } = useFactor('scale', site);
  const [typed, setTyped] = useState<string | null>(null);
  const temperature = factor === null ? 1 : temperatureOf(factor, dHead);
  const [least, most] = SLIDER_TEMPERATURES;
  const setTemperature = (next: number): void => set(factorOf(next, dHead));
  /** A step of its own, whatever moved before. */
  const step = (act: () => void): void => {
    end();
    act();
    end();
  };
  return (
    <div className="what-if-group">
      <div className="what-if-label" title={t('whatIf.temperatureHelp')}>
        <span>{t('whatIf.temperature')}</span>
        <TemperatureField
          temperature={temperature}
          typed={typed}
          onType={setTyped}
          onSet={(next) => step(() => setTemperature(next))}
        />
        <input
          type="range"
          min={Math.log10(least)}
          max={Math.log10(most)}
          step={POWER_STEP}
          value={sliderPosition(temperature)}
          aria-label={t('whatIf.temperature')}
          aria-valuetext={`T = ${formatNumber(temperature, 3)}`}
          onChange={(event) => setTemperature(temperatureAt(Number(event.target.value)))}
          onPointerUp={end}
          onBlur={end}
          data-testid="what-if-temperature"
        />
      </div>
      <div className="what-if-line">
        {isBad(typed) ? <BadTemperature /> : <Multiplier factor={factor} dHead={dHead} />}
        <button type="button" className="tool-button" onClick={() => step(() => set(1))} data-testid="what-if-unscaled">
          {t('whatIf.unscaled')}
        </button>
      </div>
    </div>
  );
}

/** What q·k is multiplied by. */
function Multiplier({ factor, dHead }: { factor: number | null; dHead: number }): ReactElement {
  const { t } = useTranslation();
  const root = formatNumber(1 / Math.sqrt(dHead), 3);
  return (
    <span className="quiet" title={factor === null ? undefined : exactDouble(factor)} data-testid="what-if-factor">
      {factor === null
        ? t('whatIf.trained', { dHead, root })
        : t('whatIf.multiplier', { factor: formatNumber(factor, 3), dHead, root })}
    </span>
  );
}

const PROBLEM = 'what-if-temperature-problem';

function isBad(typed: string | null): boolean {
  return typed !== null && typed.trim() !== '' && readTemperature(typed) === null;
}

/** In the place of the multiplier, so that nothing moves under the pointer when it goes. */
function BadTemperature(): ReactElement {
  const { t } = useTranslation();
  const [least, most] = TYPED_TEMPERATURES;
  return (
    <span className="problem" id={PROBLEM} role="alert">
      {t('whatIf.temperatureBad', { least, most })}
    </span>
  );
}

interface FieldProps {
  readonly temperature: number;
  /** What is being typed; null: nothing. */
  readonly typed: string | null;
  readonly onType: (typed: string | null) => void;
  readonly onSet: (temperature: number) => void;
}

/** The temperature as a number to type: taken over with Enter or when the field is left. */
function TemperatureField({ temperature, typed, onType, onSet }: FieldProps): ReactElement {
  const { t } = useTranslation();
  const bad = isBad(typed);
  const finish = (): void => {
    const value = typed === null ? null : readTemperature(typed);
    onType(null);
    if (value !== null) onSet(value);
  };
  return (
    <input
      className="number-field"
      type="text"
      inputMode="decimal"
      aria-label={t('whatIf.temperatureField')}
      aria-invalid={bad}
      aria-describedby={bad ? PROBLEM : undefined}
      value={typed ?? formatNumber(temperature, 3)}
      onChange={(event) => onType(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !bad) finish();
        if (event.key === 'Escape') onType(null);
      }}
      onBlur={finish}
      data-testid="what-if-temperature-field"
    />
  );
}

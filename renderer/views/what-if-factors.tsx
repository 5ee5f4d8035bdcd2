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
  const temperature = factor === null ? 1 : temperatureOf(factor, dHead);
  const root = formatNumber(1 / Math.sqrt(dHead), 3);
  const [least, most] = SLIDER_TEMPERATURES;
  const setTemperature = (next: number): void => set(factorOf(next, dHead));
  return (
    <div className="what-if-group">
      <div className="what-if-label" title={t('whatIf.temperatureHelp')}>
        <span>{t('whatIf.temperature')}</span>
        <TemperatureField temperature={temperature} onSet={setTemperature} onEnd={end} />
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
        <span className="quiet" title={factor === null ? undefined : exactDouble(factor)} data-testid="what-if-factor">
          {factor === null
            ? t('whatIf.trained', { dHead, root })
            : t('whatIf.multiplier', { factor: formatNumber(factor, 3), dHead, root })}
        </span>
        <button
          type="button"
          className="tool-button"
          onClick={() => {
            end();
            set(1);
            end();
          }}
          data-testid="what-if-unscaled"
        >
          {t('whatIf.unscaled')}
        </button>
      </div>
    </div>
  );
}

interface FieldProps {
  readonly temperature: number;
  readonly onSet: (temperature: number) => void;
  readonly onEnd: () => void;
}

/** The temperature as a number to type: taken over with Enter or when the field is left. */
function TemperatureField({ temperature, onSet, onEnd }: FieldProps): ReactElement {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [least, most] = TYPED_TEMPERATURES;
  const isBad = typed !== null && typed.trim() !== '' && readTemperature(typed) === null;
  const finish = (): void => {
    const value = typed === null ? null : readTemperature(typed);
    setTyped(null);
    if (value === null) return;
    onEnd();
    onSet(value);
    onEnd();
  };
  return (
    <>
      <input
        className="number-field"
        type="text"
        inputMode="decimal"
        aria-label={t('whatIf.temperatureField')}
        aria-invalid={isBad}
        aria-describedby={isBad ? 'what-if-temperature-problem' : undefined}
        value={typed ?? formatNumber(temperature, 3)}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isBad) finish();
          if (event.key === 'Escape') setTyped(null);
        }}
        onBlur={finish}
        data-testid="what-if-temperature-field"
      />
      {isBad && (
        <span className="problem" id="what-if-temperature-problem" role="alert">
          {t('whatIf.temperatureBad', { least, most })}
        </span>
      )}
    </>
  );
}

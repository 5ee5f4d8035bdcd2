/** One vector of the walk: its name, its numbers as a strip, and the exact number of the dimension looked at. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { MathText } from '../components/math-text.tsx';
import type { StripHue } from '../figures/vector-strip.ts';
import { exactNumber, formatNumber } from '../view-models/format.ts';
import { reach as reachOf } from '../view-models/inspector.ts';
import { norm } from '../view-models/walk.ts';
import { useWords } from './context.tsx';
import { StripCanvas } from './strip-canvas.tsx';
import { useDimension } from './use-dimension.ts';

interface VectorLineProps {
  readonly name: string;
  readonly values: Float32Array;
  readonly hue: StripHue;
  /** Magnitude with the full colour; left out: the vector's own largest. */
  readonly reach?: number | undefined;
  /** What joins it to the line above: `+`, `=`. */
  readonly sign?: string | undefined;
  readonly testId: string;
  readonly note?: string | undefined;
}

export function VectorLine({ name, values, hue, reach, sign = '', testId, note }: VectorLineProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { index, handlers } = useDimension(values.length);
  const full = reach ?? reachOf(values);
  const numberAt = (at: number): string =>
    t('walk.dimension', { dimension: at, value: exactNumber(values[at] ?? NaN) });
  return (
    <div className="vector-line" data-testid={testId}>
      <span className="vector-sign" aria-hidden="true">
        {sign}
      </span>
      <div className="strip-words">
        <span className={`vector-name ${hue}`}>
          <MathText>{name}</MathText>
        </span>
        <span className={index === null ? 'quiet' : 'dimension-value'} data-testid={`${testId}-number`}>
          {index === null
            ? words('walk.numbers', {
                numbers: values.length,
                value: formatNumber(full, 3),
                norm: formatNumber(norm(values), 3),
              })
            : numberAt(index)}
        </span>
      </div>
      <div
        className="vector-strip"
        {...handlers}
        aria-label={name}
        aria-valuetext={numberAt(handlers['aria-valuenow'])}
        data-testid={`${testId}-strip`}
      >
        <StripCanvas values={values} hue={hue} reach={full} />
        {index !== null && (
          <span
            className="strip-cursor"
            style={{ left: `${(100 * index) / values.length}%`, width: `${100 / values.length}%` }}
          />
        )}
      </div>
      {note !== undefined && (
        <p className="note vector-note">
          <MathText>{note}</MathText>
        </p>
      )}
    </div>
  );
}

/** A vector that the model or the engine does not have: said quietly, in its place. */
export function MissingLine({ name, sign = '' }: { name: string; sign?: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="vector-line missing">
      <span className="vector-sign" aria-hidden="true">
        {sign}
      </span>
      <div className="strip-words">
        <span className="vector-name">
          <MathText>{name}</MathText>
        </span>
        <span className="quiet">{t('walk.unavailable')}</span>
      </div>
    </div>
  );
}

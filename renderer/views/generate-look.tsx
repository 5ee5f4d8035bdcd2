/** The largest weights of the token that is looked at, in the selected layer and head. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { colourScale, largestMagnitude, weightScale } from '../figures/colour-scale.ts';
import { THEMES } from '../figures/theme.ts';
import type { SeenRow } from '../state/generation.ts';
import { exactNumber, formatNumber, shownIndex } from '../view-models/format.ts';
import { largestWeights } from '../view-models/generation.ts';
import type { TextToken } from '../view-models/generation.ts';
import { useApp, useSession, useTheme } from './context.tsx';

/** As many weights are listed; a low window shows the first half. */
const LISTED = 12;

interface GenerateLookProps {
  readonly tokens: readonly TextToken[];
  readonly looking: number;
  readonly seen: SeenRow | null;
}

export function GenerateLook({ tokens, looking, seen }: GenerateLookProps): ReactElement {
  const { t } = useTranslation();
  const { generation } = useSession();
  const layer = useApp((state) => state.selection.layer);
  const head = useApp((state) => state.selection.head);
  const place = { layer: shownIndex(layer), head: shownIndex(head) };
  const title = t('generate.looksAt', { token: tokens[looking]?.label ?? '', ...place });
  const list = seen === null ? [] : largestWeights(seen.weights, LISTED);
  const most = list[0]?.weight ?? 1;
  return (
    <section className="generate-part" aria-label={title} aria-busy={seen === null} data-testid="generate-look">
      <h3 title={t('generate.looksAtHelp')}>{title}</h3>
      {seen !== null && <Legend seen={seen} />}
      <ul className="generate-bars few">
        {list.map(({ index, weight }) => (
          <li key={index}>
            <button
              type="button"
              className="bar-button"
              onClick={() => generation.look(index)}
              data-testid={`generate-weight-${index}`}
            >
              <span className="mono bar-name">{tokens[index]?.label ?? ''}</span>
              <span className="quiet">{shownIndex(index)}</span>
              <span className="bar-room" aria-hidden="true">
                <span className="bar" style={{ width: `${(100 * weight) / most}%` }} />
              </span>
              <span className="number mono" title={exactNumber(weight)}>
                {formatNumber(weight, 3)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the colours of the text stand for. */
function Legend({ seen }: { seen: SeenRow }): ReactElement {
  const { t } = useTranslation();
  const theme = useTheme();
  const max = largestMagnitude(seen.weights);
  const ramp = useMemo(() => {
    const { colour } = colourScale(weightScale({ max: 1, transform: 'linear' }), THEMES[theme]);
    return STOPS.map(colour).join(', ');
  }, [theme]);
  return (
    <p className="generate-legend" data-testid="generate-legend">
      <span className="mono">0</span>
      <span className="generate-ramp" aria-hidden="true" style={{ background: `linear-gradient(to right, ${ramp})` }} />
      <span className="mono" title={exactNumber(max)}>
        {formatNumber(max, 3)}
      </span>
      {t('generate.legendShort')}
    </p>
  );
}

/** Places of the palette that a ramp is painted from. */
const STOPS = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];

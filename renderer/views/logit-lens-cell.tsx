/** One cell of the logit lens: its ten candidates, entropy, divergence, and where the final and the actual token stand. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettled } from '../components/use-settled.ts';
import type { Frame } from '../state/frames.ts';
import type { LensGrid } from '../state/lens-answers.ts';
import { probabilityText, pieceLabel } from '../view-models/distribution.ts';
import { failureText } from '../view-models/failure.ts';
import { exactDouble, shownIndex, tokenLabel } from '../view-models/format.ts';
import { cellFacts, gridCell, layerLabel } from '../view-models/logit-lens.ts';
import { useWords } from './context.tsx';
import type { LensPlace } from './logit-lens-grid.tsx';
import { useLensAnswer } from './use-lens-answer.ts';

/** A pointer that runs over the cells does not ask for each. */
const SETTLE_MS = 80;

interface LogitLensCellProps {
  readonly frame: Frame;
  readonly grid: LensGrid;
  readonly place: LensPlace;
}

export function LogitLensCell({ frame, grid, place }: LogitLensCellProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { tokens, traceId } = frame.run;
  const token = tokenLabel(tokens[place.position]?.text ?? '');
  const layer = layerLabel(place.layer, words);
  const facts = cellFacts(grid, gridCell(grid, place, tokens), words);
  return (
    <section className="lens-detail" aria-label={t('logitLens.candidates')} data-testid="lens-detail">
      <h3 data-testid="lens-place">
        {t(`logitLens.place.${grid.kind}`, { layer, token, index: shownIndex(place.position) })}
      </h3>
      <Candidates traceId={traceId} place={place} />
      <dl className="lens-facts" title={t('logitLens.ranks')}>
        {facts.map(({ id, label, value }) => (
          <div key={id} data-testid={`lens-fact-${id}`}>
            <dt>{label}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Candidates({ traceId, place }: { traceId: string; place: LensPlace }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const settled = useSettled(`${place.layer} ${place.position}`, SETTLE_MS);
  const [layer = 0, position = 0] = settled.split(' ').map(Number);
  const { asked, value } = useLensAnswer({ kind: 'cell', traceId, layer, position });
  if (asked.status === 'failed') return <p className="problem">{failureText(asked.error.failure, words)}</p>;
  const most = value?.candidates[0]?.probability ?? 1;
  return (
    <ol className="bars lens-candidates" aria-busy={value === null} data-testid="lens-candidates">
      {value === null ? (
        <li className="note">{t('stage.drawing')}</li>
      ) : (
        value.candidates.map(({ id, text, probability }) => (
          <li key={id} title={exactDouble(probability)} data-id={id}>
            <span className="bar-name mono">{pieceLabel(text)}</span>
            <span className="bar-track" aria-hidden="true">
              <span className="bar" style={{ width: `${(100 * probability) / most}%` }} />
            </span>
            <span className="bar-value">{probabilityText(probability)}</span>
          </li>
        ))
      )}
    </ol>
  );
}

/** What the colours of the heads mean: scale, unit and definition; and how far the measuring of scores is. */
import { useLayoutEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import type { ApiFailure } from '../../electron/api/index.ts';
import { useElapsed } from '../components/use-elapsed.ts';
import type { HeadScoreState } from '../state/head-scores.ts';
import { failureText } from '../view-models/failure.ts';
import { formatNumber } from '../view-models/format.ts';
import { helpKey, isScore, unitKey } from '../view-models/head-quantity.ts';
import type { HeadReading } from '../view-models/head-quantity.ts';
import type { AtlasPicture } from './atlas-picture.ts';
import { useApp, useSession, useWords } from './context.tsx';

/** The id of the definition, which describes the grid of heads. */
export const ATLAS_NOTE = 'atlas-note';

interface LegendProps {
  readonly picture: AtlasPicture;
  /** What colours the heads; null: their own weights. */
  readonly reading: HeadReading | null;
  readonly scores: HeadScoreState;
}

export function AtlasLegend({ picture, reading, scores }: LegendProps): ReactElement {
  const words = useWords();
  const quantity = reading?.quantity ?? null;
  const definition = quantity === null ? words('atlas.pictureHelp') : words(helpKey(quantity), { maximum: 'ln n' });
  const isMeasured = quantity === null || !isScore(quantity) || scores.status === 'ready';
  return (
    <>
      {isMeasured ? <Scale picture={picture} reading={reading} help={definition} /> : <Measuring scores={scores} />}
      {quantity !== null && isScore(quantity) && (
        <p className="note atlas-source" title={definition} data-testid="atlas-source">
          {words('atlas.testSequences')}
        </p>
      )}
      <p className="note atlas-note" id={ATLAS_NOTE}>
        {definition}
      </p>
    </>
  );
}

function Scale({
  picture,
  reading,
  help,
}: {
  picture: AtlasPicture;
  reading: HeadReading | null;
  help: string;
}): ReactElement {
  const words = useWords();
  const bar = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (bar.current !== null) picture.paintScale(bar.current);
  }, [picture]);
  if (reading?.range === null) return <p className="note atlas-legend">{words('atlas.notMeasured')}</p>;
  const [low, high] = reading?.domain ?? [0, 1];
  const isWider = reading !== null && high > reading.range[1];
  return (
    <div className="atlas-legend" title={help} data-testid="atlas-legend">
      <span>{formatNumber(low, 3)}</span>
      <canvas ref={bar} aria-hidden="true" />
      <span>{high === 1 && low === 0 ? '1' : formatNumber(high, 3)}</span>
      <span className="unit">
        {words(reading === null ? 'atlas.weightUnit' : unitKey(reading.quantity))}
        {isWider && ` · ${words('atlas.most', { value: formatNumber(reading.range[1], 3) })}`}
      </span>
    </div>
  );
}

const SHOW_AFTER_MS = 300;
const STOP_AFTER_MS = 2000;

/** Instead of the scale while there are no scores: what is going on, or what went wrong. */
function Measuring({ scores }: { scores: HeadScoreState }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const startedAt = scores.status === 'pending' ? scores.startedAt : null;
  const fraction = useApp(({ progress }) => (progress?.channel === 'model.heads' ? progress.fraction : null));
  const shown = useElapsed(startedAt, SHOW_AFTER_MS);
  const stoppable = useElapsed(startedAt, STOP_AFTER_MS);
  if (scores.status === 'failed') return <Failed failure={scores.error.failure} />;
  return (
    <div className="atlas-legend measuring" role="status" data-testid="atlas-measuring">
      {shown && (
        <span className="unit">
          {t('atlas.measuring')}
          {fraction !== null && ` ${Math.round(100 * fraction)} %`}
        </span>
      )}
      {stoppable && (
        <Button className="button small" onPress={() => void session.cancel()}>
          {t('progress.cancel')}
        </Button>
      )}
    </div>
  );
}

function Failed({ failure }: { failure: ApiFailure }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { headScores } = useSession();
  const opened = useApp((state) => state.model.opened);
  return (
    <div className="atlas-failed" role="alert" data-testid="atlas-failed">
      <p>
        {t('atlas.measureFailed')} {failureText(failure, words)}
      </p>
      {opened !== null && (
        <Button className="button small" data-testid="atlas-retry" onPress={() => headScores.retry(opened)}>
          {t('state.retry')}
        </Button>
      )}
    </div>
  );
}

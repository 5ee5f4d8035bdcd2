/** What the colours of the heads mean: scale, unit and definition; and how far the measuring of their numbers is. */
import { useLayoutEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteSummary } from '../../electron/api/index.ts';
import { Button } from 'react-aria-components';
import { useElapsed } from '../components/use-elapsed.ts';
import { weightScale } from '../figures/colour-scale.ts';
import type { AtlasOrder } from '../state/atlas.ts';
import { groupsNote } from '../view-models/atlas-groups.ts';
import { followed, predictionCaption } from '../view-models/atlas-effect.ts';
import { failureText } from '../view-models/failure.ts';
import { exactDouble, formatNumber } from '../view-models/format.ts';
import { helpKey, isEffect, isScore, unitKey } from '../view-models/head-quantity.ts';
import type { HeadReading } from '../view-models/head-quantity.ts';
import type { AtlasNumbers, HeadWork } from './atlas-numbers.ts';
import type { AtlasPicture, ScalePart } from './atlas-picture.ts';
import { useApp, useWords } from './context.tsx';

/** The id of the definition, which describes the grid of heads. */
export const ATLAS_NOTE = 'atlas-note';

interface ScaleProps {
  readonly picture: AtlasPicture;
  /** What colours the heads; null: their own weights. */
  readonly reading: HeadReading | null;
}

interface LegendProps extends ScaleProps {
  readonly asked: AtlasNumbers;
  readonly order: AtlasOrder;
  readonly summary: SiteSummary;
}

export function AtlasLegend({ picture, reading, asked, order, summary }: LegendProps): ReactElement {
  const words = useWords();
  const isOwn = useApp((state) => state.lens.range === 'own');
  const quantity = reading?.quantity ?? null;
  const meaning = quantity === null ? words('atlas.pictureHelp') : words(helpKey(quantity), { maximum: 'ln n' });
  const own = quantity === null && isOwn ? [words('atlasView.ownNote')] : [];
  const groups = order === 'similar' ? groupsNote(summary, words) : null;
  const definition = [meaning, ...own].join(' ');
  return (
    <>
      <Measured picture={picture} reading={reading} help={definition} asked={asked} />
      {quantity !== null && isScore(quantity) && (
        <p className="note atlas-source" title={definition} data-testid="atlas-source">
          {words('atlas.testSequences')}
        </p>
      )}
      {quantity !== null && isEffect(quantity) && asked.prediction !== null && (
        <p
          className="note atlas-source"
          title={exactDouble(followed(quantity, asked.prediction.candidate))}
          data-testid="atlas-prediction"
        >
          {predictionCaption(quantity, asked.prediction, words)}
        </p>
      )}
      <p className="note atlas-note" id={ATLAS_NOTE} title={groups?.full}>
        {definition} {groups?.short}
      </p>
    </>
  );
}

const SHOW_AFTER_MS = 300;
const STOP_AFTER_MS = 2000;

/** The scale, or what is going on until there are numbers to colour. */
function Measured({
  asked,
  ...scale
}: ScaleProps & { readonly asked: AtlasNumbers; readonly help: string }): ReactElement {
  const words = useWords();
  const { work, missing, isStale } = asked;
  const startedAt = work?.state.status === 'pending' ? work.state.startedAt : null;
  const isSlow = useElapsed(startedAt, SHOW_AFTER_MS);
  const isStoppable = useElapsed(startedAt, STOP_AFTER_MS);
  if (missing !== null) {
    return (
      <p className="note atlas-missing" data-testid="atlas-missing">
        {words(missing)}
      </p>
    );
  }
  if (work === null || work.state.status === 'ready' || (isStale && !isSlow)) return <Scale {...scale} />;
  if (work.state.status === 'failed') return <Failed work={work} />;
  if (work.state.status === 'stopped') return <Stopped work={work} />;
  return <Measuring work={work} isShown={isSlow} isStoppable={isStoppable} />;
}

function Scale({ picture, reading, help }: ScaleProps & { readonly help: string }): ReactElement {
  const words = useWords();
  const isOwn = useApp((state) => state.lens.range === 'own') && reading === null;
  if (reading?.range === null) return <p className="note atlas-missing">{words('atlas.notMeasured')}</p>;
  const { kind, domain } = reading?.scale ?? weightScale();
  const [low, high] = domain;
  const isWider = reading !== null && kind === 'sequential' && high > reading.range[1];
  return (
    <div className="atlas-legend" title={help} data-testid="atlas-legend">
      <span>{formatNumber(low, 3)}</span>
      {kind === 'diverging' ? (
        <>
          <ScaleBar picture={picture} from={0} to={0.5} />
          <span>0</span>
          <ScaleBar picture={picture} from={0.5} to={1} />
        </>
      ) : (
        <ScaleBar picture={picture} from={0} to={1} />
      )}
      <span>{high === 1 && low === 0 ? '1' : formatNumber(high, 3)}</span>
      <span className="unit">
        {words(isOwn ? 'atlasView.ownUnit' : reading === null ? 'atlas.weightUnit' : unitKey(reading.quantity))}
        {isWider && ` · ${words('atlas.most', { value: formatNumber(reading.range[1], 3) })}`}
      </span>
    </div>
  );
}

interface BarProps {
  readonly picture: Pick<AtlasPicture, 'paintScale'>;
  /** The part of the scale, in positions 0…1. */
  readonly from: number;
  readonly to: number;
}

export function ScaleBar({ picture, from, to }: BarProps): ReactElement {
  const bar = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const part: ScalePart = [from, to];
    if (bar.current !== null) picture.paintScale(bar.current, part);
  }, [picture, from, to]);
  return <canvas ref={bar} className={to - from < 1 ? 'half' : ''} aria-hidden="true" />;
}

interface MeasuringProps {
  readonly work: HeadWork;
  readonly isShown: boolean;
  readonly isStoppable: boolean;
}

function Measuring({ work, isShown, isStoppable }: MeasuringProps): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="atlas-legend measuring" role="status" data-testid="atlas-measuring">
      {isShown && (
        <span className="unit">
          {t('atlas.measuring')} {Math.round(100 * work.fraction)} %
        </span>
      )}
      {isStoppable && (
        <Button className="button small" data-testid="atlas-stop" onPress={work.stop}>
          {t('progress.cancel')}
        </Button>
      )}
    </div>
  );
}

function Stopped({ work }: { work: HeadWork }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="atlas-legend measuring" role="status" data-testid="atlas-stopped">
      <span className="unit">{t('atlas.stopped', { percent: Math.round(100 * work.fraction) })}</span>
      <Button className="button small" data-testid="atlas-retry" onPress={work.again}>
        {t('atlas.goOn')}
      </Button>
    </div>
  );
}

function Failed({ work }: { work: HeadWork }): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  if (work.state.status !== 'failed') return null;
  return (
    <div className="atlas-failed" role="alert" data-testid="atlas-failed">
      <p>
        {t('atlas.measureFailed')} {failureText(work.state.error.failure, words)}
      </p>
      <Button className="button small" data-testid="atlas-retry" onPress={work.again}>
        {t('state.retry')}
      </Button>
    </div>
  );
}

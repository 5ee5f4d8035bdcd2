/** Where the selected token's information comes from, layer by layer. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProgressBar } from 'react-aria-components';
import { useElapsed } from '../components/use-elapsed.ts';
import type { Frame } from '../state/frames.ts';
import { failureText } from '../view-models/failure.ts';
import { methodText } from '../view-models/layers.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { LayersFigure } from './layers-figure.tsx';
import { LayersTools } from './layers-tools.tsx';
import { useLayerFlows } from './use-layer-flows.ts';
import type { RunFlow } from './use-layer-flows.ts';

/** Progress is shown after the one, and can be stopped after the other. */
const SHOW_AFTER_MS = 300;
const STOP_AFTER_MS = 2000;

/** @param frame of the original run */
export function LayersStage({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const runs = useLayerFlows(frame);
  const isExample = useApp((state) => state.covered !== null);
  if (isExample) return <p className="stage-note">{t('layers.example')}</p>;
  return (
    <div className="layers" data-testid="layers">
      <LayersTools frame={frame} />
      <Way run={runs.at(-1)} />
      <div className="layers-runs">
        {runs.map((run) => (
          <section
            key={run.part}
            className={run.stale ? 'layers-run stale' : 'layers-run'}
            aria-label={t(`compare.part.${run.part}`)}
            aria-busy={run.asked.status === 'pending'}
            data-testid={`layers-${run.part}`}
          >
            {runs.length > 1 && <h3 title={t(`compare.partHelp.${run.part}`)}>{t(`compare.part.${run.part}`)}</h3>}
            <State run={run} />
            {run.flow !== null && run.asked.status !== 'failed' && (
              <LayersFigure part={run.part} frame={run.frame} flow={run.flow} />
            )}
          </section>
        ))}
      </div>
    </div>
  );
}

/** By which way the shown shares were found, and what to know about it. */
function Way({ run }: { run: RunFlow | undefined }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const hides = useApp(({ lens }) => lens.hideSpecial || lens.hideFirst);
  const flow = run?.flow ?? null;
  return (
    <p className="layers-way" data-testid="layers-way">
      {flow !== null && methodText(flow, words)}
      {flow?.method === 'flow' && ` · ${t('layers.flowHelp')}`}
      {hides && ` · ${t('layers.hidden')}`}
    </p>
  );
}

/** What keeps an answer from being there. */
function State({ run: { asked, question } }: { run: RunFlow }): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  const { flows } = useSession();
  if (asked.status === 'pending') return <Working startedAt={asked.startedAt} {...{ asked, question }} />;
  if (asked.status !== 'failed' && asked.status !== 'stopped') return null;
  const text = asked.status === 'failed' ? failureText(asked.error.failure, words) : t('layers.stopped');
  return (
    <p className={asked.status === 'failed' ? 'problem' : 'quiet'} role="status" data-testid="layers-state">
      {text}{' '}
      <button
        type="button"
        className="tool-button"
        onClick={() => {
          flows.again(question);
        }}
        data-testid="layers-again"
      >
        {t('state.retry')}
      </button>
    </p>
  );
}

function Working({
  asked,
  question,
  startedAt,
}: Pick<RunFlow, 'asked' | 'question'> & { startedAt: number }): ReactElement | null {
  const { t } = useTranslation();
  const { flows } = useSession();
  const isShown = useElapsed(startedAt, SHOW_AFTER_MS);
  const isLong = useElapsed(startedAt, STOP_AFTER_MS);
  const percent = 100 * (asked.status === 'pending' ? (asked.part?.fraction ?? 0) : 0);
  if (!isShown) return null;
  return (
    <div className="progress" data-testid="layers-progress">
      <ProgressBar aria-label={t('layers.working')} value={percent}>
        <span className="progress-track">
          <span className="progress-bar" style={{ width: `${percent}%` }} />
        </span>
      </ProgressBar>
      <span className="progress-label">{t('layers.working')}…</span>
      {isLong && (
        <button
          type="button"
          className="tool-button"
          onClick={() => {
            flows.stop(question);
          }}
          data-testid="layers-stop"
        >
          {t('progress.cancel')}
        </button>
      )}
    </div>
  );
}

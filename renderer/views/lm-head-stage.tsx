/** The output layer as a figure: final hidden state · table → logit → temperature, top-k, top-p → probability, over all pieces. */
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Distribution, DistributionQuestion } from '../state/distributions.ts';
import type { Frame } from '../state/frames.ts';
import { classifies, shownPosition } from '../state/predictions.ts';
import { filtersOf } from '../state/sampling.ts';
import { distributionExport } from '../view-models/export-answers.ts';
import { entropyText, keptText, listedText } from '../view-models/distribution.ts';
import { failureText } from '../view-models/failure.ts';
import { useApp, useWords } from './context.tsx';
import { FilterTools } from './filter-tools.tsx';
import { CandidateTable, LogitMaking } from './lm-head-parts.tsx';
import { PositionPicker } from './position-picker.tsx';
import { TypedField, TypedResults } from './typed-token.tsx';
import { useDistribution } from './use-distribution.ts';
import { usePrediction } from './use-prediction.ts';
import { useShownFigure } from './use-shown-figure.ts';

/** As many candidates are listed. */
const LISTED = 50;

export function LmHeadStage({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const { head } = frame.model;
  if (head !== 'next-token' && head !== 'masked-token') {
    return <p className="stage-note">{t(classifies(head) ? 'failure.no-vocabulary' : 'stage.noHead')}</p>;
  }
  return <LmHead frame={frame} />;
}

function LmHead({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<number | null>(null);
  const question = useQuestion();
  const prediction = usePrediction();
  const { asked, distribution, stale } = useDistribution(question && { ...question, named: typed });
  // The most probable token is taken apart until another one is chosen.
  const product = chosen ?? distribution?.candidates[0]?.id ?? null;
  const apart = useDistribution(question === null || product === null ? null : { ...question, product, candidates: 1 });
  const shown = useExported(frame, distribution);
  useShownFigure(shown);
  if (prediction.status === 'failed')
    return <p className="stage-note">{failureText(prediction.error.failure, words)}</p>;
  if (asked.status === 'failed' && asked.error.failure.code !== 'bad-text') {
    return <p className="stage-note">{failureText(asked.error.failure, words)}</p>;
  }
  const problem = asked.status === 'failed' ? asked.error.failure : null;
  return (
    <div className="lm-head" aria-busy={stale || distribution === null} data-testid="lm-head">
      <div className="lm-tools">
        <PositionPicker />
        <TypedField
          typed={typed}
          onType={setTyped}
          distribution={distribution}
          problem={problem === null ? null : failureText(problem, words)}
        />
      </div>
      <FilterTools vocabulary={distribution?.vocabulary ?? frame.model.entry.vocabulary ?? Infinity} />
      {distribution !== null && typed !== '' && problem === null && <TypedResults {...distribution} />}
      {distribution === null ? (
        problem === null && <p className="stage-note">{t('stage.drawing')}</p>
      ) : (
        <div className="lm-room" tabIndex={0} role="region" aria-label={t('lmHead.label')} data-own-keys>
          <div className="lm-columns">
            <LogitMaking distribution={distribution} apart={apart.distribution} id={product} />
            <section className="lm-list" aria-label={t('lmHead.candidates')}>
              <p className="lm-kept" data-testid="lm-kept">
                {keptText(distribution, words)}
              </p>
              <p className="note" data-testid="lm-entropy">
                {entropyText(distribution, words)}
              </p>
              <CandidateTable distribution={distribution} chosen={product} onChoose={setChosen} />
              <p className="note" data-testid="lm-listed">
                {listedText(distribution, words)}
              </p>
            </section>
          </div>
        </div>
      )}
    </div>
  );
}

/** About the place and the run that are shown; null where there is none. */
function useQuestion(): DistributionQuestion | null {
  const run = useApp((state) => state.run);
  const changed = useApp((state) => (state.whatIf.view === 'changed' ? state.changed.result : null));
  const selection = useApp((state) => state.selection);
  const sampling = useApp((state) => state.sampling);
  const traceId = (changed ?? run.result)?.traceId;
  const isMissing = run.model?.head === 'masked-token' && run.result?.predictions.length === 0;
  const position = shownPosition(run, selection);
  if (traceId === undefined || (isMissing && position === null)) return null;
  const place = { of: 'trace', id: traceId, position } as const;
  return { place, filters: filtersOf(sampling), candidates: LISTED, named: '', product: null };
}

function useExported(frame: Frame, distribution: Distribution | null) {
  const words = useWords();
  return useMemo(
    () => (distribution === null ? null : distributionExport(frame, distribution, words)),
    [frame, distribution, words],
  );
}

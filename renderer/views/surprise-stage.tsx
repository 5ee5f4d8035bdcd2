/** How surprising each token of the text is to the model: the text coloured by bits, every token's numbers, and the sums. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Surprise } from '../../electron/api/index.ts';
import type { Asked } from '../state/asked-parts.ts';
import type { Frame } from '../state/frames.ts';
import type { LensAnswer } from '../state/lens-answers.ts';
import { surpriseExport, surpriseFacts } from '../view-models/export-answers.ts';
import { surpriseRows, surpriseScale, surpriseSums, wayText } from '../view-models/surprise.ts';
import { AnswerState } from './answer-state.tsx';
import { useApp, useSession, useWords } from './context.tsx';
import { DataButtons } from './data-buttons.tsx';
import { NoTokenHead, predictsTokens } from './no-token-head.tsx';
import { ScaleLegend } from './scale-legend.tsx';
import { SurpriseTable } from './surprise-table.tsx';
import { SurpriseText } from './surprise-text.tsx';
import { Switch } from './switch.tsx';
import { useLensAnswer } from './use-lens-answer.ts';
import { useShownFigure } from './use-shown-figure.ts';
import { useShownRun } from './use-shown-run.ts';

export function SurpriseStage({ frame }: { frame: Frame }): ReactElement {
  const shown = useShownRun(frame);
  return predictsTokens(shown) ? <Surprising frame={shown} /> : <NoTokenHead frame={shown} />;
}

/** The start token was wished for with another model or run; where it has no place the text is scored without. */
function isStartRefused(asked: Asked<LensAnswer>): boolean {
  return asked.status === 'failed' && (asked.error.failure.reason ?? '').startsWith('surprise-');
}

function Surprising({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const { traceId } = frame.run;
  const wished = useApp((state) => state.lensView.start) && frame.model.head === 'next-token';
  const started = useLensAnswer(wished ? { kind: 'surprise', traceId, start: true } : null);
  const start = wished && !isStartRefused(started.asked);
  const plain = useLensAnswer(start ? null : { kind: 'surprise', traceId, start: false });
  const { asked, value } = start ? started : plain;
  const working = t(frame.model.head === 'masked-token' ? 'surprise.workingMasked' : 'surprise.working');
  return (
    <div className="surprise" aria-busy={asked.status === 'pending'} data-testid="surprise">
      <AnswerState asked={asked} question={{ kind: 'surprise', traceId, start }} working={working} testId="surprise" />
      {value !== null && <Scored frame={frame} surprise={value} />}
    </div>
  );
}

function Scored({ frame, surprise }: { frame: Frame; surprise: Surprise }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const scale = useMemo(() => surpriseScale(surprise), [surprise]);
  useExported(frame, surprise);
  return (
    <>
      <div className="lens-tools">
        <StartSwitch surprise={surprise} />
        <ScaleLegend scale={scale} title={t('surprise.legend')} id="surprise-legend" />
        <DataButtons
          frame={frame}
          rows={() => surpriseRows(frame.run.tokens, surprise)}
          facts={() => surpriseFacts(surprise)}
          testId="surprise-save"
        />
      </div>
      <Sums surprise={surprise} />
      <SurpriseText frame={frame} surprise={surprise} scale={scale} />
      <SurpriseTable tokens={frame.run.tokens} surprise={surprise} />
      <p className="note" data-testid="surprise-way">
        {wayText(surprise, words)}
        {frame.interventions.length > 0 && ` ${t('logitLens.changed')}`}
      </p>
    </>
  );
}

function StartSwitch({ surprise: { start, offersStart } }: { surprise: Surprise }): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  if (offersStart === null) return null;
  return (
    <Switch
      label={t('surprise.start')}
      choices={(['without', 'with'] as const).map((id) => ({
        id,
        label: t(`surprise.startChoices.${id}`, { token: offersStart.text }),
        help: t(`surprise.startHelp.${id}`),
      }))}
      chosen={start === null ? 'without' : 'with'}
      onChoose={(id) => session.setLensView({ start: id === 'with' })}
      testId="surprise-start"
    />
  );
}

function Sums({ surprise }: { surprise: Surprise }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const sums = surpriseSums(surprise, words);
  if (sums.length === 0) return <p className="note">{t('surprise.nothing')}</p>;
  return (
    <dl className="surprise-sums" aria-label={t('surprise.sums')} data-testid="surprise-sums">
      {sums.map(({ id, label, value, exact, formula }) => (
        <div key={id} data-testid={`surprise-${id}`}>
          <dt>{label}</dt>
          <dd>
            <b className="mono" title={exact}>
              {value}
            </b>
            <span className="quiet">= {formula}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The coloured text as a figure to take along. */
function useExported(frame: Frame, surprise: Surprise): void {
  const words = useWords();
  useShownFigure(useMemo(() => surpriseExport(frame, surprise, words), [frame, surprise, words]));
}

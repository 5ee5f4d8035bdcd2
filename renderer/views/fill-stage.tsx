/** Filled masks: any tokens of the text are masked for the question, and what the model puts there is listed. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilledMask } from '../../electron/api/index.ts';
import type { Frame } from '../state/frames.ts';
import { fillExport } from '../view-models/export-answers.ts';
import { entropyText, fillRows, maskTitle, originalText, written } from '../view-models/fill.ts';
import { exactDouble } from '../view-models/format.ts';
import { pieceLabel, probabilityText } from '../view-models/distribution.ts';
import { AnswerState } from './answer-state.tsx';
import { useApp, useSession, useWords } from './context.tsx';
import { DataButtons } from './data-buttons.tsx';
import { FillText } from './fill-text.tsx';
import { NoTokenHead, predictsTokens } from './no-token-head.tsx';
import { useLensAnswer } from './use-lens-answer.ts';
import { useShownFigure } from './use-shown-figure.ts';
import { useShownRun } from './use-shown-run.ts';

const NONE: readonly number[] = [];

export function FillStage({ frame }: { frame: Frame }): ReactElement {
  const shown = useShownRun(frame);
  if (!predictsTokens(shown)) return <NoTokenHead frame={shown} />;
  return shown.model.head === 'masked-token' ? <Fill frame={shown} /> : <CannotFill frame={shown} />;
}

/** What masked tokens are of: another text has none of them. */
export const textKey = ({ input, model }: Frame): string =>
  JSON.stringify([model.entry.id, input.text, input.pair ?? '']);

function Fill({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const key = textKey(frame);
  const kept = useApp((state) => state.lensView.masked);
  const masked = kept.of === key ? kept.tokens.filter((token) => token < frame.run.tokens.length) : NONE;
  const question = { kind: 'fill', traceId: frame.run.traceId, masked } as const;
  const { asked, value } = useLensAnswer(question);
  useExported(frame, value);
  return (
    <div className="fill" aria-busy={asked.status === 'pending'} data-testid="fill">
      <div className="lens-tools">
        {masked.length > 0 && (
          <button
            type="button"
            className="tool-button"
            onClick={() => session.setLensView({ masked: { of: key, tokens: [] } })}
            data-testid="fill-clear"
          >
            {t('fill.clear')}
          </button>
        )}
        {value !== null && value.length > 0 && (
          <DataButtons frame={frame} rows={() => fillRows(value)} facts={() => ({ masked })} testId="fill-save" />
        )}
      </div>
      <p className="note">{t('fill.intro')}</p>
      <FillText frame={frame} masked={masked} textKey={key} />
      <AnswerState asked={asked} question={question} working={t('fill.working')} testId="fill" />
      {value !== null && <Masks frame={frame} masks={value} />}
      {frame.interventions.length > 0 && <p className="note">{t('logitLens.changed')}</p>}
    </div>
  );
}

function Masks({ frame, masks }: { frame: Frame; masks: readonly FilledMask[] }): ReactElement {
  const { t } = useTranslation();
  if (masks.length === 0)
    return (
      <p className="stage-note" data-testid="fill-none">
        {t('fill.none')}
      </p>
    );
  return (
    <>
      <p className="note">
        {t('fill.takeHelp')} {masks.length > 1 && t('fill.several')}
      </p>
      <div className="fill-masks" tabIndex={0} role="region" aria-label={t('logitLens.candidates')} data-own-keys>
        {masks.map((mask) => (
          <Mask key={mask.position} frame={frame} mask={mask} />
        ))}
      </div>
    </>
  );
}

function Mask({ frame, mask }: { frame: Frame; mask: FilledMask }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const token = frame.run.tokens[mask.position];
  const most = mask.candidates[0]?.probability ?? 1;
  const original = originalText(mask, words);
  const take = (insert: string): void => {
    if (token === undefined) return;
    const { text, pair } = written(frame.input, token, insert);
    if (text !== frame.input.text) session.setText(text);
    if (pair !== undefined && pair !== frame.input.pair) session.setPair(pair);
  };
  return (
    <section className="card fill-mask" aria-label={maskTitle(mask, words)} data-testid={`fill-mask-${mask.position}`}>
      <h3>{maskTitle(mask, words)}</h3>
      <ol className="bars">
        {mask.candidates.map(({ id, text, probability, insert }) => (
          <li key={id} className={id === mask.original?.id ? 'own' : undefined} data-id={id}>
            <button
              type="button"
              className="fill-candidate mono"
              title={exactDouble(probability)}
              aria-label={t('fill.take', { token: pieceLabel(text) })}
              onClick={() => take(insert)}
            >
              {insert.startsWith(' ') || /^\P{L}/u.test(insert) ? pieceLabel(text) : `…${pieceLabel(text)}`}
            </button>
            <span className="bar-track" aria-hidden="true">
              <span className="bar" style={{ width: `${(100 * probability) / most}%` }} />
            </span>
            <span className="bar-value">{probabilityText(probability)}</span>
          </li>
        ))}
      </ol>
      {original !== null && <p data-testid={`fill-original-${mask.position}`}>{original}</p>}
      <p className="note">{entropyText(mask, words)}</p>
    </section>
  );
}

/** The candidates as a figure to take along. */
function useExported(frame: Frame, masks: readonly FilledMask[] | null): void {
  const words = useWords();
  const figure = useMemo(
    () => (masks === null || masks.length === 0 ? null : fillExport(frame, masks, words)),
    [frame, masks, words],
  );
  useShownFigure(figure);
}

/** What to use instead. */
function CannotFill({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const models = useApp((state) => state.models) ?? [];
  // Of the families that are computed, BERT is the one that fills masks; not every BERT has the head for it.
  const able = models.filter(({ family, problem }) => family === 'bert' && problem === null);
  return (
    <div className="state-card" data-testid="fill-cannot">
      <p>{t('fill.cannot', { model: frame.model.entry.name })}</p>
      <p className="note">{t(able.length > 0 ? 'fill.which' : 'fill.whichNone')}</p>
      {able.slice(0, 5).map(({ id, name }) => (
        <button
          key={id}
          type="button"
          className="example"
          onClick={() => void session.openModel(id)}
          data-testid={`fill-open-${id}`}
        >
          {t('fill.open', { model: name })}
        </button>
      ))}
    </div>
  );
}

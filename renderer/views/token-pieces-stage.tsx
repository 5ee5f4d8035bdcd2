/** How the pieces of a word form: byte-pair merges, or WordPiece's tries, a step at a time. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextInput, TokenizedText, WordSteps } from '../../electron/api/index.ts';
import { piecesExport } from '../view-models/export-tokens.ts';
import { stepCount, symbolsAfter, triesAfter } from '../view-models/token-steps.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { TokenizerExamples } from './tokenizer-examples.tsx';
import { TokenWords } from './token-words.tsx';
import { useShownFigure } from './use-shown-figure.ts';
import { useWordSteps } from './use-tokenizing.ts';

interface PiecesProps {
  readonly model: string;
  readonly input: TextInput;
  readonly text: TokenizedText;
}

/** How long a step stays while the steps play, in milliseconds. */
const STEP_MS = 700;

export function TokenPiecesStage({ model, input, text }: PiecesProps): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const query = useApp((state) => state.selection.query);
  const at = Math.max(
    0,
    text.words.findIndex(({ first, last }) => first <= query && query <= last),
  );
  const asked = useWordSteps(model, input, text.words.length > 0 ? at : null);
  const words = useWords();
  const steps = asked.status === 'ready' ? asked.part : null;
  useShownFigure(
    useMemo(() => (steps === null ? null : piecesExport(steps, model, at, words)), [steps, model, at, words]),
  );
  const choose = (word: number): void => {
    const { first } = text.words[word] ?? {};
    if (first !== undefined) session.select({ query: first });
  };
  return (
    <div className="token-steps" data-testid="token-steps">
      <TokenizerExamples named />
      <TokenWords text={text} chosen={at} onChoose={choose} />
      {asked.status === 'ready' && <Word key={`${at} ${input.text}`} steps={asked.part} />}
      {asked.status === 'failed' && (
        <p className="problem" role="alert">
          {t('tokenizer.failed')}
        </p>
      )}
    </div>
  );
}

function Word({ steps }: { steps: WordSteps }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const count = stepCount(steps);
  const [step, setStep] = useState(count);
  const { forming, source, normalised, pieces } = steps;
  return (
    <section className="word-steps" aria-label={t('tokenizer.steps')}>
      <p className="word-source" data-testid="word-source">
        <span className="quiet">{t('tokenizer.typed')}</span> <code>{visible(source)}</code>
        {normalised !== source && (
          <>
            {' '}
            <span className="quiet">→ {t('tokenizer.normalised')}</span> <code>{visible(normalised)}</code>
          </>
        )}{' '}
        <span className="quiet">→ {t('tokenizer.ends', { count: pieces.length })}</span>{' '}
        {pieces.map(({ piece, id }, at) => (
          <code key={at} className="token-part" title={t('tokenizer.idOf', { id: id ?? '–' })}>
            {piece}
          </code>
        ))}
      </p>
      <p className="note">{words(`tokenizer.${explanation(forming)}`)}</p>
      {count > 0 && <StepControls count={count} step={step} onStep={setStep} />}
      {forming.kind === 'merges' && <Merges forming={forming} step={step} onStep={setStep} />}
      {forming.kind === 'tries' && <Tries forming={forming} step={step} onStep={setStep} />}
    </section>
  );
}

/** What is to be said of the way a word forms: the end of its key. */
function explanation(forming: WordSteps['forming']): string {
  switch (forming.kind) {
    case 'whole':
      return 'whole';
    case 'merges':
      return forming.merges.length === 0 ? 'noMerges' : 'merging';
    case 'tries':
      return forming.tooLong ? 'tooLong' : 'trying';
    case 'none':
      return forming.why === 'length' ? 'tooMany' : 'noSteps';
  }
}

interface StepProps {
  readonly count: number;
  readonly step: number;
  readonly onStep: (step: number) => void;
}

/** Goes on by itself while it plays, to the last step. */
function usePlayedSteps({ count, step, onStep }: StepProps) {
  const [plays, setPlays] = useState(false);
  useEffect(() => {
    if (!plays) return undefined;
    const timer = setTimeout(() => {
      if (step >= count) setPlays(false);
      else onStep(step + 1);
    }, STEP_MS);
    return () => clearTimeout(timer);
  }, [plays, step, count, onStep]);
  return [plays, setPlays] as const;
}

function StepControls({ count, step, onStep }: StepProps): ReactElement {
  const { t } = useTranslation();
  const [plays, setPlays] = usePlayedSteps({ count, step, onStep });
  const button = (
    id: 'first' | 'back' | 'forward' | 'last',
    sign: string,
    to: number,
    isOff: boolean,
  ): ReactElement => (
    <button
      type="button"
      className="tool-button"
      aria-label={t(`tokenizer.${id}`)}
      title={t(`tokenizer.${id}`)}
      disabled={isOff}
      onClick={() => {
        setPlays(false);
        onStep(to);
      }}
      data-testid={`step-${id}`}
    >
      {sign}
    </button>
  );
  return (
    <div className="step-controls" role="group" aria-label={t('tokenizer.stepTools')} data-own-keys>
      {button('first', '|◀', 0, step === 0)}
      {button('back', '◀', step - 1, step === 0)}
      <button
        type="button"
        className="tool-button"
        aria-pressed={plays}
        onClick={() => {
          if (!plays && step >= count) onStep(0);
          setPlays(!plays);
        }}
        data-testid="step-play"
      >
        {t(plays ? 'tokenizer.pause' : 'tokenizer.play')}
      </button>
      {button('forward', '▶', step + 1, step >= count)}
      {button('last', '▶|', count, step >= count)}
      <input
        type="range"
        min={0}
        max={count}
        value={step}
        aria-label={t('tokenizer.step')}
        onChange={({ target }) => onStep(Number(target.value))}
        data-testid="step-slider"
      />
      <output data-testid="step-of">{t('tokenizer.stepOf', { step, count })}</output>
    </div>
  );
}

interface MergesProps {
  readonly forming: Extract<WordSteps['forming'], { kind: 'merges' }>;
  readonly step: number;
  readonly onStep: (step: number) => void;
}

function Merges({ forming, step, onStep }: MergesProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <ol className="step-symbols" aria-label={t('tokenizer.symbols')} data-testid="step-symbols">
        {symbolsAfter(forming, step).map(({ piece, text, bytes, isNew, isNext }, at) => (
          <li key={at} className={isNew ? 'new' : isNext ? 'next' : ''}>
            <strong>{visible(text)}</strong>
            <code>{piece}</code>
            <small>{bytes}</small>
          </li>
        ))}
      </ol>
      {forming.merges.length > 0 && (
        <StepsTable testId="merges" step={step}>
          <thead>
            <tr>
              <th className="number">{t('tokenizer.column.step')}</th>
              <th>{t('tokenizer.column.pair')}</th>
              <th>{t('tokenizer.column.result')}</th>
              <th className="number">{t('tokenizer.column.rank')}</th>
              <th className="number">{t('tokenizer.column.id')}</th>
            </tr>
          </thead>
          <tbody>
            {forming.merges.map(({ left, right, result, rank, id }, at) => (
              <StepRow key={at} at={at} step={step} onStep={onStep}>
                <td className="mono">
                  {left} + {right}
                </td>
                <td className="mono">{result}</td>
                <td className="number">{rank}</td>
                <td className="number">{id ?? '–'}</td>
              </StepRow>
            ))}
          </tbody>
        </StepsTable>
      )}
    </>
  );
}

interface TriesProps {
  readonly forming: Extract<WordSteps['forming'], { kind: 'tries' }>;
  readonly step: number;
  readonly onStep: (step: number) => void;
}

function Tries({ forming, step, onStep }: TriesProps): ReactElement {
  const { t } = useTranslation();
  const { current, found, written } = triesAfter(forming, step);
  const first = forming.tries[0]?.piece ?? '';
  const part = (at: number): string => {
    const isTried = current !== null && current.id === null && at >= current.start && at < current.end;
    const isFound = current !== null && current.id !== null && at >= current.start && at < current.end;
    return isFound ? 'new' : isTried ? 'next' : at < written ? 'done' : '';
  };
  const borders = new Set(found.map(({ end }) => end - 1));
  return (
    <>
      <ol className="step-characters" aria-label={t('tokenizer.characters')} data-testid="step-characters">
        {Array.from(first).map((character, at) => (
          <li key={at} className={`${part(at)}${borders.has(at) ? ' border' : ''}`}>
            {character}
          </li>
        ))}
      </ol>
      <p className="note" data-testid="step-found">
        {t('tokenizer.found', { pieces: found.map(({ piece }) => piece).join(' ') || '–' })}
      </p>
      {forming.tries.length > 0 && (
        <StepsTable testId="tries" step={step}>
          <thead>
            <tr>
              <th className="number">{t('tokenizer.column.step')}</th>
              <th>{t('tokenizer.column.tried')}</th>
              <th>{t('tokenizer.column.inVocabulary')}</th>
            </tr>
          </thead>
          <tbody>
            {forming.tries.map(({ piece, id }, at) => (
              <StepRow key={at} at={at} step={step} onStep={onStep}>
                <td className="mono">{piece}</td>
                <td>{id === null ? t('tokenizer.absent') : t('tokenizer.idOf', { id })}</td>
              </StepRow>
            ))}
          </tbody>
        </StepsTable>
      )}
    </>
  );
}

/** Scrolls by itself, so that the row of the step shows while the tools stay where they are. */
function StepsTable({ testId, step, children }: { testId: string; step: number; children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = room.current;
    const row = box?.querySelectorAll<HTMLElement>('tbody tr')[step - 1];
    if (box === null) return;
    if (row === undefined) box.scrollTop = 0;
    else box.scrollTop = row.offsetTop - Math.max(0, (box.clientHeight - row.offsetHeight) / 2);
  }, [step]);
  return (
    <div
      className="steps-room"
      ref={room}
      tabIndex={0}
      role="region"
      aria-label={t('tokenizer.stepTable')}
      data-own-keys
    >
      <table className="table steps-table" data-testid={testId}>
        {children}
      </table>
    </div>
  );
}

interface StepRowProps extends Pick<StepProps, 'step' | 'onStep'> {
  readonly at: number;
  readonly children: ReactElement[];
}

function StepRow({ at, step, onStep, children }: StepRowProps): ReactElement {
  return (
    <tr className={at === step - 1 ? 'current' : at >= step ? 'later' : ''} onClick={() => onStep(at + 1)}>
      <td className="number">{at + 1}</td>
      {children}
    </tr>
  );
}

/** Spaces and line ends made visible. */
function visible(text: string): string {
  return text.replaceAll(' ', '␣').replace(/\r?\n/gu, '⏎').replaceAll('\t', '⇥');
}

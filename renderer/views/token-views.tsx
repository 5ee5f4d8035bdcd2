/** The ways of looking at the tokens: they need the tokenizer alone, and are there before and without a run. */
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextInput } from '../../electron/api/index.ts';
import { shownStageView, viewsOf } from '../state/views.ts';
import type { StageView } from '../state/views.ts';
import { failureText } from '../view-models/failure.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { Switch } from './switch.tsx';
import { TokenPiecesStage } from './token-pieces-stage.tsx';
import { TokenizersStage } from './tokenizers-stage.tsx';
import { TokensStage } from './tokens-stage.tsx';
import { useTokenWords } from './use-tokenizing.ts';
import { VocabularyStage } from './vocabulary-stage.tsx';

/** @param model the model whose tokenizer is looked into */
export function TokenView({ model, input }: { model: string; input: TextInput }): ReactElement | null {
  const { t } = useTranslation();
  const view = useApp((state) => shownStageView(state.selection));
  const isExample = useApp((state) => state.covered !== null);
  const { asked, text, of } = useTokenWords(isExample ? null : model, input);
  if (isExample) return <p className="stage-note">{t('tokenizer.example.none')}</p>;
  if (view === 'vocabulary') return <VocabularyStage model={model} kind={text?.kind ?? null} />;
  if (asked.status === 'failed') return <Problem message={asked.error.failure} />;
  if (text === null) return null;
  if (view === 'pieces') return <TokenPiecesStage model={of.model ?? model} input={of.input} text={text} />;
  if (view === 'tokenizers') return <TokenizersStage model={model} input={input} />;
  return <TokensStage tokens={text.tokens} />;
}

function Problem({ message }: { message: Parameters<typeof failureText>[0] }): ReactElement {
  const words = useWords();
  return (
    <p className="problem" role="alert">
      {failureText(message, words)}
    </p>
  );
}

/** How long a text rests before its tokens are asked for, in milliseconds. */
const REST_MS = 150;

/** The text once nobody has typed for a moment: long ones take a while. */
function useRested(input: TextInput): TextInput {
  const [rested, setRested] = useState(input);
  useEffect(() => {
    const timer = setTimeout(() => setRested(input), REST_MS);
    return () => clearTimeout(timer);
  }, [input]);
  return rested;
}

/** The tokens of a text that has not been run: while its model opens, or where it cannot be run. */
export function TokensAlone({ model, input }: { model: string; input: TextInput }): ReactElement {
  const words = useWords();
  const session = useSession();
  const view = useApp((state) => shownStageView(state.selection));
  const failure = useApp((state) => state.model.failure ?? state.run.failure);
  const rested = useRested(input);
  const title = view === 'matrix' ? 'stage.title.tokens' : `views.heading.${view}`;
  const choice = (id: StageView) => {
    const [label, help] = id === 'matrix' ? ['own.tokens', 'ownTitle.tokens'] : [id, `${id}Title`];
    return { id, label: words(`views.${label}`), help: words(`views.${help}`) };
  };
  return (
    <>
      <div className="stage-heading">
        <h2 data-testid="stage-title">{words(title)}</h2>
        {failure !== null && (
          <div className="stage-place">
            <p className="problem" role="status" data-testid="not-run">
              {words('tokenizer.notRun')} {failureText(failure, words)}
            </p>
          </div>
        )}
      </div>
      <div className="view-bar">
        <Switch
          label={words('views.label')}
          choices={viewsOf('tokens').map(choice)}
          chosen={view}
          onChoose={(id) => session.select({ view: id })}
          testId="view"
        />
      </div>
      <div className="stage-body" data-testid="figure-tokens">
        <TokenView model={model} input={rested} />
      </div>
    </>
  );
}

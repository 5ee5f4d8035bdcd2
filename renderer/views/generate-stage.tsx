/** Text generated token by token from the sentence: played, stepped, gone back on, branched; every token's attention stays in sight. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { GenerationState } from '../../electron/api/index.ts';
import type { Frame } from '../state/frames.ts';
import type { GenerationView } from '../state/generation.ts';
import { failureText } from '../view-models/failure.ts';
import { textTokens } from '../view-models/generation.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { GenerateBranches } from './generate-branches.tsx';
import { GenerateLook } from './generate-look.tsx';
import { GenerateText, Scrubber } from './generate-text.tsx';
import { GenerateTools } from './generate-tools.tsx';
import { GeneratePlace } from './generate-place.tsx';
import { useSeenRow } from './use-seen-row.ts';

export function GenerateStage({ frame }: { frame: Frame }): ReactElement {
  return frame.model.head === 'next-token' ? <Generating frame={frame} /> : <CannotGenerate frame={frame} />;
}

function useGeneration(): GenerationView {
  const { generation } = useSession();
  return useSyncExternalStore(generation.subscribe, generation.getSnapshot);
}

function Generating({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { generation } = useSession();
  const device = useApp((state) => state.device);
  const model = frame.model.entry.id;
  const { text } = frame.input;
  useEffect(() => {
    generation.ensure({ model, device, text });
  }, [generation, model, device, text]);
  // Nobody watches it play.
  useEffect(() => () => generation.pause(), [generation]);
  const view = useGeneration();
  const isOfThis = view.origin?.text === text && view.origin.model === model;
  const state = isOfThis ? view.state : null;
  return (
    <div className="generate" aria-busy={view.busy} data-testid="generate">
      <GenerateTools frame={frame} view={view} state={state} />
      {view.error !== null && (
        <p className="field-problem" role="alert" data-testid="generate-problem">
          {failureText(view.error.failure, words)}
        </p>
      )}
      {state !== null ? (
        <Generated frame={frame} state={state} at={view.at} />
      ) : (
        view.error === null && <p className="stage-note">{t('generate.starting')}</p>
      )}
    </div>
  );
}

interface GeneratedProps {
  readonly frame: Frame;
  readonly state: GenerationState;
  readonly at: number | null;
}

function Generated({ frame, state, at }: GeneratedProps): ReactElement {
  const { t } = useTranslation();
  const { text } = frame.input;
  const tokens = useMemo(() => textTokens(state, text), [state, text]);
  const shown = Math.min(at ?? tokens.length - 1, tokens.length);
  // The next token looks at nothing yet; what led to it does.
  const looking = Math.min(shown, tokens.length - 1);
  const seen = useSeenRow(state, looking);
  const isChanged = useApp((each) => each.whatIf.list.changes.length > 0);
  return (
    <div className="generate-room">
      <GenerateText frame={frame} tokens={tokens} shown={shown} seen={seen} />
      <Scrubber tokens={tokens} shown={shown} />
      {state.stopped !== null && (
        <p className="generate-stopped" role="status" data-testid="generate-stopped">
          {t(`generate.stopped.${state.stopped}`, { most: state.maxTokens })}
        </p>
      )}
      <div className="generate-columns">
        <GeneratePlace state={state} shown={shown} token={tokens[shown] ?? null} />
        <GenerateLook tokens={tokens} looking={looking} seen={seen} />
        <GenerateBranches state={state} />
      </div>
      {isChanged && <p className="note">{t('generate.plain')}</p>}
    </div>
  );
}

/** A model that fills masks or classifies: says so, and which models on this machine can. */
function CannotGenerate({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const models = useApp((state) => state.models) ?? [];
  // Of the families that are computed, GPT-2 is the one that predicts what comes next.
  const able = models.filter(({ family, problem }) => family === 'gpt2' && problem === null);
  const key = frame.model.head === 'masked-token' ? 'cannot' : 'cannotClasses';
  return (
    <div className="state-card" data-testid="generate-cannot">
      <p>{t(`generate.${key}`, { model: frame.model.entry.name })}</p>
      <p className="note">{t(able.length > 0 ? 'generate.which' : 'generate.whichNone')}</p>
      {able.slice(0, 5).map(({ id, name }) => (
        <button
          key={id}
          type="button"
          className="example"
          onClick={() => void session.openModel(id)}
          data-testid={`generate-open-${id}`}
        >
          {t('generate.open', { model: name })}
        </button>
      ))}
    </div>
  );
}

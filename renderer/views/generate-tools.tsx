/** Playing, stepping, going back; how tokens are chosen. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { GenerationState } from '../../electron/api/index.ts';
import type { Frame } from '../state/frames.ts';
import type { GenerationView } from '../state/generation.ts';
import { LARGEST_SEED, typedSeed } from '../state/sampling.ts';
import { useApp, useSession } from './context.tsx';
import { FilterTools, TypedNumber } from './filter-tools.tsx';
import { Switch } from './switch.tsx';

interface GenerateToolsProps {
  readonly frame: Frame;
  readonly view: GenerationView;
  /** Null until the sentence was read. */
  readonly state: GenerationState | null;
}

export function GenerateTools({ frame, view, state }: GenerateToolsProps): ReactElement {
  const mode = useApp((app) => app.sampling.mode);
  return (
    <div className="generate-tools">
      <Controls view={view} state={state} />
      <div className="generate-choosing">
        <ModeSwitch />
        {mode === 'sample' && <Seed />}
        <FilterTools vocabulary={frame.model.entry.vocabulary ?? Infinity} disabled={mode === 'greedy'} />
      </div>
    </div>
  );
}

function Controls({ view, state }: Omit<GenerateToolsProps, 'frame'>): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { generation } = session;
  const ended = state === null || state.stopped !== null;
  const none = state === null || state.path.length === 0;
  const button = (id: string, label: string, isOff: boolean, onClick: () => void, help?: string): ReactElement => (
    <button
      type="button"
      className="tool-button"
      disabled={isOff}
      title={help}
      onClick={onClick}
      data-testid={`generate-${id}`}
    >
      {label}
    </button>
  );
  const toggle = (): void => (view.playing ? generation.pause() : generation.play());
  const restart = (): void => {
    if (view.origin !== null) generation.restart(view.origin);
  };
  return (
    <div className="generate-controls" role="group" aria-label={t('generate.controls')}>
      {button('play', t(view.playing ? 'generate.pause' : 'generate.play'), ended && !view.playing, toggle)}
      {button('step', t('generate.step'), ended || view.playing, () => generation.step())}
      {button('back', t('generate.back'), none, () => generation.back())}
      {button('restart', t('generate.restart'), view.origin === null, restart, t('generate.restartHelp'))}
      {button('take', t('generate.take'), none, () => take(session, state), t('generate.takeHelp'))}
      <span className="note generate-counts" aria-live="polite" data-testid="generate-counts">
        {state !== null &&
          t('generate.counts', {
            generated: state.path.length,
            given: state.prompt.length,
            most: state.maxTokens,
          })}
      </span>
    </div>
  );
}

function take(session: ReturnType<typeof useSession>, state: GenerationState | null): void {
  if (state !== null) session.setText(state.text);
}

function ModeSwitch(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const mode = useApp((state) => state.sampling.mode);
  return (
    <Switch
      label={t('sampling.mode')}
      choices={(['greedy', 'sample'] as const).map((id) => ({
        id,
        label: t(`sampling.modes.${id}`),
        help: t(`sampling.modeHelp.${id}`),
      }))}
      chosen={mode}
      onChoose={(id) => session.setSampling({ mode: id })}
      testId="generate-mode"
    />
  );
}

function Seed(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const seed = useApp((state) => state.sampling.seed);
  const set = (typed: string): boolean => {
    const value = typedSeed(typed);
    if (value !== null) session.setSampling({ seed: value });
    return value !== null;
  };
  return (
    <span className="filter-tool" title={t('sampling.seedHelp')}>
      <span aria-hidden="true">{t('sampling.seed')}</span>
      <TypedNumber
        label={t('sampling.seed')}
        text={String(seed)}
        wrong={t('sampling.seedWrong')}
        wide
        onType={set}
        testId="generate-seed"
      />
      <button
        type="button"
        className="tool-button"
        aria-label={t('sampling.newSeed')}
        title={t('sampling.newSeed')}
        onClick={() => session.setSampling({ seed: seed >= LARGEST_SEED ? 0 : seed + 1 })}
        data-testid="generate-new-seed"
      >
        +1
      </button>
    </span>
  );
}

/** What the stage shows and how: one token or all, playing or not, explained or not. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Station } from '../state/stations.ts';
import { explains } from '../state/views.ts';
import { hasWalk } from '../view-models/walk-names.ts';
import { useApp, useServices, useSession } from './context.tsx';
import { Switch } from './switch.tsx';
import { PLAY_CONTROL, togglePlay } from './use-play.ts';

export function StageTools(): ReactElement {
  const { t } = useTranslation();
  const services = useServices();
  const session = useSession();
  const selection = useApp((state) => state.selection);
  const playing = useApp((state) => state.walk.playing);
  const explain = useStore(services.settings, (state) => state.explain);
  return (
    <div className="stage-tools">
      {selection.mode === 'all' && <OfAllTokens station={selection.station} />}
      {hasWalk(selection) && (
        <Switch
          label={t('walk.mode')}
          choices={[
            { id: 'one', label: t('walk.one') },
            { id: 'all', label: t('walk.all') },
          ]}
          chosen={selection.mode}
          onChoose={(mode) => session.select({ mode })}
          testId="mode"
        />
      )}
      <button
        type="button"
        className="tool-button"
        {...{ [PLAY_CONTROL]: true }}
        title={t('walk.playHelp')}
        onClick={() => togglePlay(services)}
        data-testid="play"
      >
        <span aria-hidden="true">{playing ? '❚❚' : '▶'}</span> {t(playing ? 'walk.pause' : 'walk.play')}
      </button>
      {explains(selection) && (
        <button
          type="button"
          className="tool-button"
          aria-pressed={explain}
          onClick={() => services.settings.setState({ explain: !explain })}
          data-testid="explain"
        >
          {t('walk.explain')}
        </button>
      )}
    </div>
  );
}

/** What can be done with the matrix of a station. */
function OfAllTokens({ station }: { station: Station }): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const editsMask = useApp((state) => state.whatIf.editsMask);
  const isExample = useApp((state) => state.covered !== null);
  if (station === 'scores')
    return (
      <button
        type="button"
        className="tool-button"
        title={t('walk.dimensionsHelp')}
        onClick={() => {
          session.setWalk({ detail: 'dimensions' });
          session.select({ mode: 'one' });
        }}
        data-testid="see-dimensions"
      >
        {t('walk.seeDimensions')}
      </button>
    );
  if (station !== 'masked' || isExample) return null;
  return (
    <button
      type="button"
      className="tool-button"
      aria-pressed={editsMask}
      title={t('compare.editMaskHelp')}
      onClick={() => session.changes.set({ editsMask: !editsMask })}
      data-testid="edit-mask"
    >
      {t('compare.editMask')}
    </button>
  );
}

/** Which run the stage shows, and what the changes did to the prediction: a line that is there while something is changed. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { RUN_VIEWS } from '../state/app-state.ts';
import { appliedInterventions, shownView } from '../state/changed-run.ts';
import { stationRow } from '../state/stations.ts';
import { failureText } from '../view-models/failure.ts';
import { exactDouble, formatNumber } from '../view-models/format.ts';
import { hasWalk } from '../view-models/walk-names.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { Switch } from './switch.tsx';
import { useComparison } from './use-comparison.ts';

export function RunBar(): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const status = useApp((state) => state.changed.status);
  const count = useApp((state) => appliedInterventions(state).length);
  if (status === 'empty') return null;
  return (
    <div className="run-bar" data-testid="run-bar">
      <RunSwitch />
      <span className="run-effect">
        <Effect />
        <button
          type="button"
          className="tool-button"
          title={t('compare.open')}
          onClick={() => session.changes.set({ isOpen: true })}
          data-testid="open-changes"
        >
          {t('compare.changes', { count })}
        </button>
      </span>
    </div>
  );
}

/** One run has the walk, and a list of candidates both in one table: there, the difference is not a figure of its own. */
function RunSwitch(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const view = useApp(shownView);
  const onlyOne = useApp(({ selection }) => {
    const { figure } = stationRow(selection.station);
    return (selection.mode === 'one' && hasWalk(selection)) || figure === 'tokens' || figure === 'prediction';
  });
  const choices = RUN_VIEWS.filter((id) => !onlyOne || id === 'original' || id === 'changed');
  return (
    <Switch
      label={t('compare.label')}
      choices={choices.map((id) => ({ id, label: t(`compare.part.${id}`), help: t(`compare.partHelp.${id}`) }))}
      chosen={onlyOne && view !== 'original' ? 'changed' : view}
      onChoose={(id) => session.changes.set({ view: id })}
      testId="run-view"
    />
  );
}

function Effect(): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  const { status, failure } = useApp((state) => state.changed);
  const isValue = useApp(({ run }) => run.model?.scale === 'value');
  const { prediction } = useComparison();
  if (status === 'failed' && failure !== null)
    return (
      <span className="run-failed" role="alert">
        {failureText(failure, words)}
      </span>
    );
  if (status !== 'done') return <span className="quiet">{t('compare.working')}</span>;
  // Of values there is no divergence but what their difference says.
  if (prediction === null || isValue) return null;
  return (
    <span className="mono quiet" title={`${t('compare.klHelp')}: ${exactDouble(prediction.klNats)}`} data-testid="kl">
      {t('compare.kl', { value: formatNumber(prediction.klNats, 3) })}
    </span>
  );
}

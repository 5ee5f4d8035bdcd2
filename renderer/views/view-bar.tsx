/** The ways of looking at the weights, and how they are filtered: a line above the patterns of all tokens. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { drawsHeads, hasViews, shownStageView, STAGE_VIEWS } from '../state/views.ts';
import { useApp, useSession } from './context.tsx';
import { LensBar } from './lens-bar.tsx';
import { Switch } from './switch.tsx';

export function ViewBar({ frame }: { frame: Frame }): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const view = useApp((state) => shownStageView(state.selection));
  if (!hasViews(frame.selection)) return null;
  return (
    <div className="view-bar">
      <Switch
        label={t('views.label')}
        choices={STAGE_VIEWS.map(({ id }) => ({ id, label: t(`views.${id}`), help: t(`views.${id}Title`) }))}
        chosen={view}
        onChoose={(id) => session.select({ view: id })}
        testId="view"
      />
      {drawsHeads(frame.selection) && <LensBar frame={frame} />}
    </div>
  );
}

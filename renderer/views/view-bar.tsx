/** The ways of looking at a station, a line above its figure; of attention patterns also how they are filtered. */
import type { ReactElement } from 'react';
import type { Frame } from '../state/frames.ts';
import { drawsHeads, hasViews, shownStageView, viewsOf } from '../state/views.ts';
import type { StageView } from '../state/views.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { LensBar } from './lens-bar.tsx';
import { Switch } from './switch.tsx';

export function ViewBar({ frame }: { frame: Frame }): ReactElement | null {
  const words = useWords();
  const session = useSession();
  const view = useApp((state) => shownStageView(state.selection));
  const { station } = frame.selection;
  if (!hasViews(frame.selection)) return null;
  const choice = (id: StageView) => {
    const [label, help] = id === 'matrix' ? [`own.${station}`, `ownTitle.${station}`] : [id, `${id}Title`];
    return { id, label: words(`views.${label}`), help: words(`views.${help}`) };
  };
  return (
    <div className="view-bar">
      <Switch
        label={words(station === 'pattern' ? 'views.labelPattern' : 'views.label')}
        choices={viewsOf(station).map(choice)}
        chosen={view}
        onChoose={(id) => session.select({ view: id })}
        testId="view"
      />
      {drawsHeads(frame.selection) && <LensBar frame={frame} />}
    </div>
  );
}

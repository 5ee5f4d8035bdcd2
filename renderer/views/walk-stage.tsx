/** The computation of one token at a station; shown in the place of the figure of all tokens. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { hasWalk, isKeyStation } from '../view-models/walk-names.ts';
import { FailureCard } from './stage-state.tsx';
import { useApp, useWalkFrame } from './context.tsx';
import { WalkEmbedding } from './walk-embedding.tsx';
import { WalkKeys } from './walk-keys.tsx';
import { WalkOutput, WalkResidual } from './walk-output.tsx';
import { WalkQkv } from './walk-qkv.tsx';

export function WalkStage(): ReactElement {
  const { t } = useTranslation();
  const { frame, error } = useWalkFrame();
  const query = useApp((state) => state.selection.query);
  if (error !== null) return <FailureCard failure={error.failure} />;
  const ready = frame !== null && frame.selection.mode === 'one' && hasWalk(frame.selection);
  if (!ready) return <p className="stage-note">{t('walk.reading')}</p>;
  const shown = Math.min(query, frame.run.tokens.length - 1);
  return (
    <div className="walk-room" data-testid="walk" data-station={frame.selection.station}>
      <Station frame={frame} query={shown} />
    </div>
  );
}

/** Stations with a list of keys share one element, so that their rows and bars move instead of starting anew. */
function Station({ frame, query }: { frame: Frame; query: number }): ReactElement {
  const { station } = frame.selection;
  if (isKeyStation(station)) return <WalkKeys frame={frame} query={query} />;
  if (station === 'embedding') return <WalkEmbedding frame={frame} query={query} />;
  if (station === 'qkv') return <WalkQkv frame={frame} query={query} />;
  if (station === 'output') return <WalkOutput frame={frame} query={query} />;
  return <WalkResidual frame={frame} query={query} />;
}

/** The computation of one token at a station; shown in the place of the figure of all tokens. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { MathText } from '../components/math-text.tsx';
import type { Frame } from '../state/frames.ts';
import { covers } from '../state/what-if-site.ts';
import { shownRow } from '../view-models/inspector.ts';
import { hasWalk, isKeyStation, siteValue } from '../view-models/walk-names.ts';
import { describeChange } from '../view-models/what-if-words.ts';
import { FailureCard } from './stage-state.tsx';
import { useApp, useWalkFrame, useWords } from './context.tsx';
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
  const wanted = Math.min(query, frame.run.tokens.length - 1);
  const pattern = siteValue(frame, 'pattern');
  const shown = pattern === null ? wanted : shownRow(pattern, wanted);
  return (
    <div className="walk-room" data-testid="walk" data-station={frame.selection.station}>
      <ChangedHere frame={frame} />
      <Station frame={frame} query={shown} />
    </div>
  );
}

/** What was changed in this head, where the station's own formula does not say it. */
function ChangedHere({ frame }: { frame: Frame }): ReactElement | null {
  const words = useWords();
  const { interventions, selection, run, model } = frame;
  const here = interventions.filter(({ site }) => covers(site, selection));
  if (here.length === 0) return null;
  const setting = { tokens: run.tokens, stacks: model.stacks };
  return (
    <p className="changed-here" data-testid="changed-here">
      <b>{words('compare.changedHere')}</b>{' '}
      <MathText>{here.map((each) => describeChange(each, setting, words)).join(' · ')}</MathText>
    </p>
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

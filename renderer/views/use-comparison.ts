/** What the changes did: the shown prediction in both runs, and every layer; asked for when they are first wanted. */
import { useEffect, useSyncExternalStore } from 'react';
import type { LayerChange, PredictionChange } from '../../electron/api/index.ts';
import type { AskedParts, Asked } from '../state/asked-parts.ts';
import type { ComparisonQuestion } from '../state/changes.ts';
import { shownView } from '../state/changed-run.ts';
import { shownPosition } from '../state/predictions.ts';
import { useApp, useSession } from './context.tsx';

/** What is known of a long answer, and asks for it when it is wanted and new. */
export function useAsked<Q, P>(parts: AskedParts<Q, P>, question: Q | null): Asked<P> {
  useSyncExternalStore(parts.subscribe, parts.getSnapshot);
  const key = question === null ? null : JSON.stringify(question);
  useEffect(() => {
    if (key !== null) parts.want(JSON.parse(key) as Q);
  }, [parts, key]);
  return question === null ? { status: 'none' } : parts.peek(question);
}

export interface ShownComparison {
  /** Of the prediction that is shown; null while it is made, where there is none, or where it failed. */
  readonly prediction: PredictionChange | null;
  /** Of all predictions that the runs make by themselves; null while they are made. */
  readonly all: readonly PredictionChange[] | null;
  /** Every layer; null until all are done. */
  readonly layers: readonly LayerChange[] | null;
  readonly state: Asked<unknown>;
  /** The share of the layers that are done. */
  readonly fraction: number;
}

export function useComparison(): ShownComparison {
  const { changes } = useSession();
  // Made of parts of the state that are compared by value.
  const asked = useApp(() => JSON.stringify(changes.comparisonQuestion()));
  const position = useApp((state) => shownPosition(state.run, state.selection));
  const question = JSON.parse(asked) as ComparisonQuestion | null;
  const own = useAsked(changes.comparisons, question === null ? null : { ...question, position: null });
  const shown = useAsked(changes.comparisons, question);
  const parts = 'part' in own ? own.part : null;
  const at = 'part' in shown ? shown.part : null;
  const chosen = at?.predictions.find((item) => item.position === position);
  return {
    prediction: chosen ?? at?.predictions[0] ?? null,
    all: parts?.predictions ?? null,
    layers: parts?.layers ?? null,
    state: shown.status === 'failed' ? shown : own,
    fraction: parts?.fraction ?? 0,
  };
}

/** The shown prediction in both runs, where the changed run is what is looked at. */
export function useShownChange(): PredictionChange | null {
  const isChanged = useApp((state) => shownView(state) !== 'original');
  const { prediction } = useComparison();
  return isChanged ? prediction : null;
}

/** What the colour of the heads needs beyond the run's summary: asked for while such a colour is chosen, a part at a time. */
import { useMemo, useState } from 'react';
import type { ApiError } from '../../electron/api/index.ts';
import { shownRun } from '../state/changed-run.ts';
import type { ComparisonQuestion, RankingQuestion } from '../state/changes.ts';
import { rankedPrediction, rankingQuestion } from '../view-models/atlas-effect.ts';
import type { RankedPrediction } from '../view-models/atlas-effect.ts';
import { groupOf, NO_NUMBERS } from '../view-models/head-quantity.ts';
import type { AtlasColour, HeadNumbers } from '../view-models/head-quantity.ts';
import { useApp, useSession } from './context.tsx';
import { useAsked } from './use-comparison.ts';
import { useHeadScores } from './use-head-scores.ts';

/** How far the measuring is, and what can be done about it. */
export interface HeadWork {
  readonly state:
    | { readonly status: 'none' | 'ready' | 'stopped' }
    | { readonly status: 'pending'; readonly startedAt: number }
    | { readonly status: 'failed'; readonly error: ApiError };
  /** The share of the work that is done, 0…1. */
  readonly fraction: number;
  /** Asks for no more parts. */
  readonly stop: () => void;
  /** Goes on after a stop, and tries again after a failure. */
  readonly again: () => void;
}

export interface AtlasNumbers {
  readonly numbers: HeadNumbers;
  /** null where nothing is asked for. */
  readonly work: HeadWork | null;
  /** What the heads are ranked by; null where they are not, or before it is known. */
  readonly prediction: RankedPrediction | null;
  /** The key of the words that say why there is nothing to measure; null where there is. */
  readonly missing: string | null;
  /** True while the numbers are those of an earlier text, prediction or change, and the new ones are being made. */
  readonly isStale: boolean;
}

const NOTHING: AtlasNumbers = { numbers: NO_NUMBERS, work: null, prediction: null, missing: null, isStale: false };

export function useAtlasNumbers(colour: AtlasColour): AtlasNumbers {
  const group = groupOf(colour);
  const scores = useScores(group === 'scores');
  const prediction = useRanking(group === 'prediction');
  const changes = useMoved(group === 'changes');
  return { sentence: NOTHING, scores, prediction, changes }[group];
}

function useScores(wanted: boolean): AtlasNumbers {
  const { headScores } = useSession();
  const opened = useApp((state) => state.model.opened);
  const state = useHeadScores(wanted);
  const scored = state.status === 'ready' ? state.heads : null;
  const numbers = useMemo(() => ({ ...NO_NUMBERS, scored }), [scored]);
  const work: HeadWork = {
    state,
    fraction: 'fraction' in state ? state.fraction : 0,
    stop: () => {
      if (opened !== null) headScores.stop(opened);
    },
    again: () => {
      if (opened !== null) headScores.retry(opened);
    },
  };
  return { ...NOTHING, numbers, work };
}

/** The heads ranked by the shown prediction of the shown run. */
function useRanking(wanted: boolean): AtlasNumbers {
  const session = useSession();
  const { rankings } = session.changes;
  // Made of parts of the state that are compared by value.
  const key = useApp((state) => JSON.stringify(rankingQuestion(state)));
  const question = wanted ? (JSON.parse(key) as RankingQuestion | null) : null;
  const { result, model } = useApp(shownRun);
  const asked = useAsked(rankings, question);
  const part = 'part' in asked ? asked.part : null;
  const now = useMemo(() => {
    const prediction = part === null ? null : rankedPrediction({ result, model }, part);
    return prediction === null ? null : { prediction, ranked: part?.heads ?? null };
  }, [part, result, model]);
  const isPending = asked.status === 'none' || asked.status === 'pending';
  const complete = now?.ranked == null ? null : now;
  const { value, isStale } = useKept(complete, isPending, model?.entry.id ?? '');
  const ranked = value?.ranked ?? null;
  const numbers = useMemo(() => ({ ...NO_NUMBERS, ranked }), [ranked]);
  const missing = model?.head === 'none' ? 'effect.noOutput' : null;
  const again = (): void => {
    const isGone = asked.status === 'failed' && asked.error.failure.code === 'not-found';
    // The engine has forgotten the run: made again, it is asked about by itself.
    if (isGone) session.retry();
    else if (question !== null) rankings.again(question);
  };
  const stop = (): void => {
    if (question !== null) rankings.stop(question);
  };
  const work = { state: asked, fraction: part?.fraction ?? 0, stop, again };
  return { numbers, work, prediction: (value ?? now)?.prediction ?? null, missing, isStale };
}

/** How far the changes moved the weights of every head. */
function useMoved(wanted: boolean): AtlasNumbers {
  const { changes } = useSession();
  const { comparisons } = changes;
  const key = useApp(() => JSON.stringify(changes.comparisonQuestion()));
  const status = useApp((state) => state.changed.status);
  const model = useApp((state) => state.run.model?.entry.id ?? '');
  const about = wanted ? (JSON.parse(key) as ComparisonQuestion | null) : null;
  const question = about === null ? null : { ...about, position: null };
  const asked = useAsked(comparisons, question);
  const part = 'part' in asked ? asked.part : null;
  const isPending =
    status === 'running' || (status === 'done' && (asked.status === 'none' || asked.status === 'pending'));
  const { value: layers, isStale } = useKept(part?.layers ?? null, isPending, model);
  const numbers = useMemo(() => ({ ...NO_NUMBERS, layers }), [layers]);
  const nothing = status === 'empty' ? 'effect.nothingChanged' : 'effect.noChangedRun';
  const missing = question === null && status !== 'running' ? nothing : null;
  const work = {
    state: asked,
    fraction: part?.fraction ?? 0,
    stop: () => {
      if (question !== null) comparisons.stop(question);
    },
    again: () => {
      if (question !== null) comparisons.again(question);
    },
  };
  return { numbers, work, prediction: null, missing, isStale };
}

/**
 * The value, or while it is being made the one before it.
 * @param value the same object as long as nothing has changed; null where there is none
 * @param model whose heads the value is of: what is known of another model's is not shown in their place
 */
function useKept<T extends object>(
  value: T | null,
  isPending: boolean,
  model: string,
): { readonly value: T | null; readonly isStale: boolean } {
  const [kept, setKept] = useState<{ readonly value: T; readonly model: string } | null>(null);
  if (value !== null && kept?.value !== value) setKept({ value, model });
  if (value !== null || !isPending || kept?.model !== model) return { value, isStale: false };
  return { value: kept.value, isStale: true };
}

/** The flows across layers that the stage shows: of the text's own run, of the changed one, or of both. */
import { useEffect, useSyncExternalStore } from 'react';
import type { FlowQuestion, ShownFlow } from '../state/flow.ts';
import type { Frame } from '../state/frames.ts';
import type { LayersPart } from '../view-models/export-layers.ts';
import { flowQuestion } from '../view-models/layers.ts';
import type { PartFrame, RunPart } from '../view-models/run-compare.ts';
import { useApp, useSession } from './context.tsx';
import { useParts } from './use-parts.ts';

export interface RunFlow extends ShownFlow {
  readonly part: Exclude<RunPart, 'difference'>;
  readonly frame: Frame;
  readonly question: FlowQuestion;
}

/**
 * @param frame of the original run; null: nothing is shown
 * @param asks false: what is known is told, and nothing is asked of the engine
 */
export function useLayerFlows(frame: Frame | null, asks = true): readonly RunFlow[] {
  const { flows } = useSession();
  useSyncExternalStore(flows.subscribe, flows.getSnapshot);
  const query = useApp((state) => state.selection.query);
  const options = useApp((state) => state.flow);
  const isExample = useApp((state) => state.covered !== null);
  const runs = runsOf(useParts(isExample ? null : frame));
  const asked = runs.map((run) => ({ ...run, question: flowQuestion(run.frame, query, options) }));
  const wanted = JSON.stringify(asked.map(({ question }) => question));
  useEffect(() => {
    if (asks) flows.want(JSON.parse(wanted) as FlowQuestion[]);
  }, [flows, asks, wanted]);
  return asked.map((run) => ({ ...run, ...flows.peek(run.question) }));
}

/** A flow has no difference: where that is shown, both runs are. */
function runsOf(parts: readonly PartFrame[]): readonly Pick<RunFlow, 'part' | 'frame'>[] {
  const pair = parts.find(({ part }) => part === 'difference')?.pair;
  if (pair !== null && pair !== undefined) {
    return [
      { part: 'original', frame: pair[0] },
      { part: 'changed', frame: pair[1] },
    ];
  }
  return parts.flatMap(({ part, frame }) => (part === 'difference' ? [] : [{ part, frame }]));
}

/** What an exported figure has: nothing while an answer is on its way. */
export function exportedFlows(runs: readonly RunFlow[]): readonly LayersPart[] | null {
  const parts = runs.flatMap(({ part, frame, flow, stale }) => (flow === null || stale ? [] : [{ part, frame, flow }]));
  return parts.length === runs.length && parts.length > 0 ? parts : null;
}

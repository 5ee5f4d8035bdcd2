/** Queries and keys of the selected head, of the typed sentence as it is shown and of the kept ones. */
import { useEffect, useMemo } from 'react';
import type { ApiFailure, TextInput } from '../../electron/api/index.ts';
import { shownRun } from '../state/changed-run.ts';
import type { Frame } from '../state/frames.ts';
import type { HeadQuestion } from '../state/head-vectors.ts';
import type { JointSet } from '../state/joint-view.ts';
import { projectedTexts } from '../state/projection-view.ts';
import { jointSet } from '../view-models/joint.ts';
import { useApp, useSession } from './context.tsx';
import { useAnswer } from './use-tokenizing.ts';

export interface ShownSet {
  /** Null until it is there. */
  readonly set: JointSet | null;
  /** What shift, scale and PCA are found from: of the same head always. */
  readonly fit: JointSet | null;
  readonly failure: ApiFailure | null;
  readonly retry: () => void;
  /** Texts of the question, the typed one first. */
  readonly texts: readonly TextInput[];
  /** Kept texts that this model cannot read. */
  readonly unread: readonly string[];
}

export function useJointSet(frame: Frame): ShownSet {
  const { headVectors } = useSession();
  const session = useSession();
  const question = useQuestion(frame);
  const asked = useAnswer(headVectors, question);
  const found = asked.status === 'ready' ? asked.part : null;
  const tokens = useApp((state) => shownRun(state).result?.tokens ?? frame.run.tokens);
  const place = placeOf(question);
  const key = JSON.stringify(question);
  const set = useMemo(
    () => (found === null ? null : jointSet(found, tokens, { place, key })),
    [found, tokens, place, key],
  );
  const fit = useApp((state) => state.joint.fit);
  // Of another head's vectors nothing can be said here: it is fitted anew.
  const fitted = fit?.place === place ? fit : set;
  useEffect(() => {
    if (set !== null && fitted === set) session.setJoint({ fit: set });
  }, [session, set, fitted]);
  return {
    ...{ set, fit: fitted },
    failure: asked.status === 'failed' ? asked.error.failure : null,
    retry: () => headVectors.again(question),
    texts: question.texts.map(({ input }) => input),
    unread: (found ?? []).flatMap((each) => ('failure' in each ? [each.text] : [])),
  };
}

function placeOf({ model, stack, site, layer, head }: HeadQuestion): string {
  return `${model} ${stack}.${layer}.${site}:${head}`;
}

function useQuestion(frame: Frame): HeadQuestion {
  const run = useApp(shownRun);
  const device = useApp((state) => state.device);
  const kept = useApp((state) => state.projection.kept);
  const { model, selection } = frame;
  const { stack, site, layer, head } = selection;
  const input = run.input ?? frame.input;
  return useMemo(() => {
    const own = run.result?.traceId ?? frame.run.traceId;
    const texts = projectedTexts({ kept }, input).map(({ text, pair }, at) => ({
      input: model.takesPair && pair !== undefined ? { text, pair } : { text },
      traceId: at === 0 ? own : null,
    }));
    return { model: model.entry.id, device, stack, site, layer, head, texts };
  }, [model, device, stack, site, layer, head, kept, input, run, frame]);
}

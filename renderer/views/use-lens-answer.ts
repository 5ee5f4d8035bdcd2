/** One answer about a run, asked for while a view shows it. */
import { useEffect, useSyncExternalStore } from 'react';
import type { Asked } from '../state/asked-parts.ts';
import type { LensAnswer, LensQuestion, ValueOf } from '../state/lens-answers.ts';
import { useSession } from './context.tsx';

export interface ShownAnswer<Value> {
  readonly asked: Asked<LensAnswer>;
  readonly value: Value | null;
}

/** @param question null: nothing is asked. A long answer that nobody looks at any more is not gone on with. */
export function useLensAnswer<K extends LensQuestion['kind']>(
  question: Extract<LensQuestion, { kind: K }> | null,
): ShownAnswer<ValueOf<K>> {
  const { lensAnswers } = useSession();
  useSyncExternalStore(lensAnswers.subscribe, lensAnswers.getSnapshot);
  const wanted = JSON.stringify(question);
  useEffect(() => {
    const asked = JSON.parse(wanted) as LensQuestion | null;
    if (asked === null) return undefined;
    lensAnswers.want(asked);
    return () => {
      lensAnswers.leave(asked);
    };
  }, [lensAnswers, wanted]);
  if (question === null) return { asked: { status: 'none' }, value: null };
  return { asked: lensAnswers.peek(question), value: lensAnswers.value(question) };
}

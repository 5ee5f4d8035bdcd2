/** The distribution that is shown, asked for unless it is known. */
import { useEffect, useSyncExternalStore } from 'react';
import type { DistributionQuestion, ShownDistribution } from '../state/distributions.ts';
import { useSession } from './context.tsx';

const NOTHING: ShownDistribution = { asked: { status: 'none' }, distribution: null, stale: false };

/** @param question null: nothing is asked */
export function useDistribution(question: DistributionQuestion | null): ShownDistribution {
  const { distributions } = useSession();
  useSyncExternalStore(distributions.subscribe, distributions.getSnapshot);
  const wanted = JSON.stringify(question);
  useEffect(() => {
    const asked = JSON.parse(wanted) as DistributionQuestion | null;
    if (asked !== null) distributions.want(asked);
  }, [distributions, wanted]);
  return question === null ? NOTHING : distributions.peek(question);
}

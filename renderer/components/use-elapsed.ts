/** Waiting that shows only when it is long enough to notice. */
import { useEffect, useState } from 'react';

/** True once `milliseconds` have passed since `startedAt` (performance.now); false when `startedAt` is null. */
export function useElapsed(startedAt: number | null, milliseconds: number): boolean {
  const [passed, setPassed] = useState<number | null>(null);
  useEffect(() => {
    if (startedAt === null) return undefined;
    const timer = setTimeout(() => setPassed(startedAt), Math.max(0, startedAt + milliseconds - performance.now()));
    return () => {
      clearTimeout(timer);
    };
  }, [startedAt, milliseconds]);
  return startedAt !== null && passed === startedAt;
}

/** The exact numbers behind a picture, a row at a time. */
import { useEffect, useSyncExternalStore } from 'react';
import { rowBehind } from '../state/exact.ts';
import type { Matrix } from '../state/slices.ts';
import { useSession } from './context.tsx';

/** A row is asked for when the pointer stays on it this long. */
const DELAY_MS = 60;

/**
 * One row as the engine computed it, of a matrix that may be only good for a picture; `readNumber` reads the matrix with it.
 * @param query null: none is wanted
 * @returns the matrix itself where its numbers are exact; else its row, null while that is on its way
 */
export function useExactRow(traceId: string, matrix: Matrix | null, query: number | null): Matrix | null {
  const { slices } = useSession();
  const request = matrix === null || query === null ? null : rowBehind(matrix, query);
  const state = useSyncExternalStore(slices.subscribe, () => (request === null ? null : slices.peek(traceId, request)));
  const asked = request === null ? null : JSON.stringify(request);
  useEffect(() => {
    if (asked === null) return undefined;
    const timer = setTimeout(() => slices.want(traceId, JSON.parse(asked) as NonNullable<typeof request>), DELAY_MS);
    return () => clearTimeout(timer);
  }, [slices, traceId, asked]);
  if (matrix?.exact === true) return matrix;
  return state?.status === 'ready' ? state.matrix : null;
}

/** What one token of the generated text looks at, in the selected layer and head; null until it is there. */
import { useEffect, useSyncExternalStore } from 'react';
import type { GenerationState } from '../../electron/api/index.ts';
import type { RowQuestion, SeenRow } from '../state/generation.ts';
import { useApp, useSession } from './context.tsx';

/** @param position of a token of the text, from 0 */
export function useSeenRow({ generationId, prompt, path }: GenerationState, position: number): SeenRow | null {
  const { generation } = useSession();
  const { rows } = generation;
  useSyncExternalStore(rows.subscribe, rows.getSnapshot);
  const layer = useApp((state) => state.selection.layer);
  const head = useApp((state) => state.selection.head);
  const node = path[position - prompt.length]?.node ?? null;
  const question: RowQuestion = { generationId, position, node, layer, head };
  const wanted = JSON.stringify(question);
  useEffect(() => {
    generation.wantRow(JSON.parse(wanted) as RowQuestion);
  }, [generation, wanted]);
  const asked = generation.peekRow(question);
  return asked.status === 'ready' ? asked.part : null;
}

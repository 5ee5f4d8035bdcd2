/** What the atlas shows, small or large: the numbers that colour the heads, and the order in which they stand. */
import { useMemo } from 'react';
import type { SiteSummary } from '../../electron/api/index.ts';
import { shownOrder } from '../state/atlas.ts';
import type { AtlasColour, AtlasOrder } from '../state/atlas.ts';
import { shownRun } from '../state/changed-run.ts';
import { arrangeHeads } from '../view-models/atlas-order.ts';
import type { AtlasArrangement } from '../view-models/atlas-order.ts';
import { headReading } from '../view-models/head-quantity.ts';
import type { HeadReading } from '../view-models/head-quantity.ts';
import { useAtlasNumbers } from './atlas-numbers.ts';
import type { AtlasNumbers } from './atlas-numbers.ts';
import { useApp, useSession } from './context.tsx';

export interface AtlasShown {
  readonly colour: AtlasColour;
  readonly order: AtlasOrder;
  readonly asked: AtlasNumbers;
  /** What colours the heads; null: their own weights. */
  readonly reading: HeadReading | null;
  readonly arrangement: AtlasArrangement;
}

/** Where there are no heads. */
const NOTHING: AtlasArrangement = { kind: 'layers', layers: 0, heads: 0 };

/** @param summary of the heads; null: there are none */
export function useAtlasShown(summary: SiteSummary | null): AtlasShown {
  const { headScores } = useSession();
  const { colour, order: wanted } = useApp((state) => state.atlas);
  const asked = useAtlasNumbers(colour);
  const { numbers } = asked;
  const reading = useMemo(
    () => (colour === 'pictures' || summary === null ? null : headReading(colour, summary, numbers)),
    [colour, summary, numbers],
  );
  const tokens = useApp((state) => shownRun(state).result?.tokens.length ?? 0);
  const model = useApp((state) => shownRun(state).model);
  const order = shownOrder({ colour, order: wanted });
  // Scores that are there name groups; they are not asked for.
  const scores = headScores.peek(model);
  const scored = scores.status === 'ready' ? scores.heads : null;
  const isCausal = model?.stacks.find(({ name }) => name === summary?.stack)?.causal ?? false;
  const arrangement = useMemo(
    () => (summary === null ? NOTHING : arrangeHeads(order, summary, reading, { tokens, isCausal, scored })),
    [order, summary, reading, tokens, isCausal, scored],
  );
  return { colour, order, asked, reading, arrangement };
}

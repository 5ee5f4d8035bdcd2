/** What the window does with changes to the computation: edits the list, runs it, compares the runs and ranks the heads. */
import type { Comparison, Intervention, Ranking } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import type { AppStore, WhatIfState } from './app-state.ts';
import { AskedParts } from './asked-parts.ts';
import { ChangedRun } from './changed-run.ts';
import { candidateCount, shownPosition } from './predictions.ts';
import type { SliceCache } from './slices.ts';
import { siteOf } from './what-if-site.ts';
import type { Site } from './what-if-site.ts';
import { addChanges, redo, undo } from './what-if.ts';
import type { WhatIf } from './what-if.ts';

/** Two traces of one text; `position` null: the runs' own predictions, and every layer. */
export interface ComparisonQuestion {
  readonly before: string;
  readonly after: string;
  readonly position: number | null;
}

export interface RankingQuestion {
  readonly traceId: string;
  /** null: where the run itself predicts first. */
  readonly position: number | null;
}

export class Changes {
  readonly run: ChangedRun;
  readonly comparisons: AskedParts<ComparisonQuestion, Comparison>;
  readonly rankings: AskedParts<RankingQuestion, Ranking>;
  readonly #store: AppStore;

  /** @param onLost called when the engine no longer has a run that it is asked about */
  constructor(client: Client, store: AppStore, slices: SliceCache, onLost: () => void = () => undefined) {
    const told = async <P>(answer: Promise<P>): Promise<P> => {
      try {
        return await answer;
      } catch (error) {
        if (asApiError(error).failure.code === 'not-found') onLost();
        throw error;
      }
    };
    this.#store = store;
    this.run = new ChangedRun(client, store, slices);
    this.comparisons = new AskedParts({
      fetch: ({ before, after, position }) =>
        told(
          client.call('trace.compare', {
            before,
            after,
            candidates: candidateCount(store.getState().run.model),
            ...(position === null ? {} : { positions: [position] }),
          }),
        ),
      // At a position of the user's only the prediction is asked for; the layers come with the runs' own.
      isLast: ({ layers }, { position }) => position !== null || layers !== null,
      keyOf: ({ before, after, position }) => JSON.stringify([before, after, position]),
    });
    this.rankings = new AskedParts({
      fetch: ({ traceId, position }) =>
        told(client.call('trace.rank', { traceId, ...(position === null ? {} : { position }) })),
      isLast: ({ heads }) => heads !== null,
      keyOf: ({ traceId, position }) => JSON.stringify([traceId, position]),
    });
    store.subscribe((now, before) => {
      const traces = ({ run, changed }: typeof now) => [run.result?.traceId, changed.result?.traceId];
      const open = traces(now);
      if (traces(before).every((traceId, at) => traceId === open[at])) return;
      const isGone = (key: string): boolean => {
        const asked = (JSON.parse(key) as unknown[]).filter((part) => typeof part === 'string');
        return !asked.every((traceId) => open.includes(traceId));
      };
      this.comparisons.forget(isGone);
      this.rankings.forget(isGone);
    });
  }

  /** Edits the list; what is applied follows by itself. */
  edit(change: (list: WhatIf) => WhatIf): void {
    this.set({ list: change(this.#store.getState().whatIf.list) });
  }

  /** Adds changes made for the site of the current scope, as one step to undo, and opens the list. */
  add(make: (site: Site) => readonly Intervention[]): void {
    const { whatIf, selection, covered } = this.#store.getState();
    if (covered !== null) return;
    const site = siteOf(whatIf.scope, selection);
    this.set({ list: addChanges(whatIf.list, make(site)), isOpen: true });
  }

  undo(): void {
    this.edit(undo);
  }

  redo(): void {
    this.edit(redo);
  }

  set(change: Partial<WhatIfState>): void {
    this.#store.setState(({ whatIf }) => ({ whatIf: { ...whatIf, ...change } }));
  }

  /** The question about the two runs that are shown, at the shown prediction; null while one of them is missing. */
  comparisonQuestion(): ComparisonQuestion | null {
    const { run, changed, selection } = this.#store.getState();
    if (run.result === null || changed.result === null) return null;
    const position = shownPosition(run, selection);
    const isOwn = position === null || run.result.predictions.some((item) => item.position === position);
    return { before: run.result.traceId, after: changed.result.traceId, position: isOwn ? null : position };
  }
}

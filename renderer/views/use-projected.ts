/** The points that the projector is asked to show, from runs of the sentences or from the embedding table. */
import { useEffect, useMemo, useState } from 'react';
import type { ApiFailure } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Frame } from '../state/frames.ts';
import { stackOf } from '../state/selection.ts';
import { sentencePoints, tablePoints, tokenPoints } from '../view-models/projector.ts';
import type { ProjectedPoints } from '../view-models/projector.ts';
import { useApp, useSession } from './context.tsx';
import { useAnswer } from './use-tokenizing.ts';

export interface Projectable {
  readonly points: ProjectedPoints | null;
  readonly failure: ApiFailure | null;
  /** Texts that are in it, the typed one first. */
  readonly texts: readonly string[];
}

/** The depths of a model: −1 is what enters layer 0. */
export function depthsOf(frame: Frame): readonly number[] {
  const layers = stackOf(frame.model.stacks, frame.selection)?.layers ?? 0;
  return Array.from({ length: layers + 1 }, (_, at) => at - 1);
}

export function useProjected(frame: Frame): Projectable {
  const { what } = useApp((state) => state.projection);
  const states = useStates(frame, what !== 'table');
  const table = useTable(frame, what === 'table');
  return what === 'table' ? table : states;
}

function useStates(frame: Frame, isWanted: boolean): Projectable {
  const { hiddenStates } = useSession();
  const device = useApp((state) => state.device);
  const { what, layer, pooling, kept } = useApp((state) => state.projection);
  const { model, input } = frame;
  const texts = useMemo(() => [input.text, ...kept.filter((text) => text !== input.text)], [input.text, kept]);
  const depths = depthsOf(frame);
  const chosen = Math.min(layer ?? Infinity, depths.at(-1) ?? -1);
  const layers = what === 'path' ? depths : [chosen];
  const stack = stackOf(model.stacks, frame.selection)?.name ?? '';
  const question = { model: model.entry.id, device, stack, texts, layers };
  const asked = useAnswer(hiddenStates, isWanted ? question : null);
  const found = asked.status === 'ready' ? asked.part : null;
  const key = layers.join(' ');
  const points = useMemo(() => {
    if (found === null) return null;
    const at = key.split(' ').map(Number);
    return what === 'sentences' ? sentencePoints(found, at, pooling) : tokenPoints(found, at);
  }, [found, key, what, pooling]);
  return { points, failure: asked.status === 'failed' ? asked.error.failure : null, texts };
}

/** Rows are asked for in parts of this many. */
const PART = 4096;

interface Table {
  readonly key: string;
  readonly points: ProjectedPoints | null;
  readonly failure: ApiFailure | null;
}

function useTable(frame: Frame, isWanted: boolean): Projectable {
  const { embeddings } = useSession();
  const { rows: wanted } = useApp((state) => state.projection);
  const model = frame.model.entry.id;
  const key = `${wanted} ${model}`;
  const [table, setTable] = useState<Table>({ key: '', points: null, failure: null });
  useEffect(() => {
    if (!isWanted) return undefined;
    let isCurrent = true;
    const show = (points: ProjectedPoints | null, failure: ApiFailure | null): void => {
      if (isCurrent) setTable({ key, points, failure });
    };
    const read = async (): Promise<ProjectedPoints> => {
      const first = await embeddings.rows(model, 0, Math.min(PART, wanted));
      const count = Math.min(wanted, first.rows);
      const data = new Float32Array(count * first.columns);
      const names: string[] = [];
      for (
        let part = first;
        ;
        part = await embeddings.rows(model, names.length, Math.min(PART, count - names.length))
      ) {
        data.set(part.data, names.length * first.columns);
        names.push(...part.names);
        if (names.length >= count || !isCurrent) return tablePoints(data, first.columns, names);
      }
    };
    read().then(
      (points) => show(points, null),
      (error: unknown) => show(null, asApiError(error).failure),
    );
    return () => {
      isCurrent = false;
    };
  }, [embeddings, model, wanted, key, isWanted]);
  return table.key === key ? { ...table, texts: [] } : { points: null, failure: null, texts: [] };
}

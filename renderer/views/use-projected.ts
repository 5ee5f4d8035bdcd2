/** The points that the projector is asked to show, from runs of the sentences or from the embedding table. */
import { useEffect, useMemo, useState } from 'react';
import type { ApiFailure, TextInput, Token } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Embeddings } from '../state/embeddings.ts';
import type { Frame } from '../state/frames.ts';
import type { FoundStates, StatesQuestion } from '../state/hidden-states.ts';
import type { UnreadText } from '../state/text-values.ts';
import type { ProjectedPoints } from '../state/projected-points.ts';
import { projectedTexts } from '../state/projection-view.ts';
import { stackOf } from '../state/selection.ts';
import { sentencePoints, tablePoints, tokenPoints } from '../view-models/projector.ts';
import type { ReadText } from '../view-models/projector.ts';
import { useApp, useSession } from './context.tsx';
import { useAnswer } from './use-tokenizing.ts';

export interface Projectable {
  readonly points: ProjectedPoints | null;
  /** Which points they are, in words for a program; `of` without the depth. */
  readonly key: string;
  readonly of: string;
  readonly failure: ApiFailure | null;
  readonly retry: () => void;
  /** Texts that are in it, the typed one first. */
  readonly texts: readonly TextInput[];
  /** Kept texts that this model cannot read. */
  readonly unread: readonly (UnreadText & { readonly input: TextInput })[];
}

/** The depths of a model: −1 is what enters layer 0. */
export function depthsOf(frame: Frame): readonly number[] {
  const layers = stackOf(frame.model.stacks, frame.selection)?.layers ?? 0;
  return Array.from({ length: layers + 1 }, (_, at) => at - 1);
}

/** @param frame of the run that is shown, with its changes */
export function useProjected(frame: Frame): Projectable {
  const { what } = useApp((state) => state.projection);
  const states = useStates(frame, what !== 'table');
  const table = useTable(frame, what === 'table');
  return what === 'table' ? table : states;
}

function useStates(frame: Frame, isWanted: boolean): Projectable {
  const { hiddenStates } = useSession();
  const { what, layer, pooling, kept } = useApp((state) => state.projection);
  const { input, run } = frame;
  const texts = useMemo(() => projectedTexts({ kept }, input), [kept, input]);
  const depths = depthsOf(frame);
  const chosen = Math.min(layer ?? Infinity, depths.at(-1) ?? -1);
  const layers = what === 'path' ? depths : [chosen];
  const question = useQuestion(frame, texts, layers);
  const asked = useAnswer(hiddenStates, isWanted ? question : null);
  const found = asked.status === 'ready' ? asked.part : null;
  const shown = layers.join(' ');
  const points = useMemo(() => {
    if (found === null) return null;
    const at = shown.split(' ').map(Number);
    const read = readTexts(found, run.tokens);
    return what === 'sentences' ? sentencePoints(read, at, pooling) : tokenPoints(read, at);
  }, [found, shown, what, pooling, run]);
  const unread = (found ?? []).flatMap((each, at) => {
    const of = texts[at];
    return 'failure' in each && of !== undefined ? [{ ...each, input: of }] : [];
  });
  const of = JSON.stringify([what, question.model, texts]);
  return {
    ...{ points, texts, unread, of, key: `${JSON.stringify(question)} ${what} ${what === 'sentences' ? pooling : ''}` },
    failure: asked.status === 'failed' ? asked.error.failure : null,
    retry: () => hiddenStates.again(question),
  };
}

function useQuestion(frame: Frame, texts: readonly TextInput[], layers: readonly number[]): StatesQuestion {
  const device = useApp((state) => state.device);
  const { model, run, selection } = frame;
  return {
    ...{ model: model.entry.id, device, layers },
    stack: stackOf(model.stacks, selection)?.name ?? '',
    texts: texts.map(({ text, pair }, at) => ({
      input: model.takesPair && pair !== undefined ? { text, pair } : { text },
      traceId: at === 0 ? run.traceId : null,
    })),
  };
}

/** @param tokens of the text on screen */
function readTexts(found: FoundStates, tokens: readonly Token[]): readonly ReadText[] {
  return found.flatMap((each, sentence) =>
    'failure' in each ? [] : [{ sentence, text: each.text, tokens: each.tokens ?? tokens, states: each.states }],
  );
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
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!isWanted) return undefined;
    let isCurrent = true;
    const show = (points: ProjectedPoints | null, failure: ApiFailure | null): void => {
      if (isCurrent) setTable({ key, points, failure });
    };
    readTable(embeddings, model, wanted, () => isCurrent).then(
      (points) => show(points, null),
      (error: unknown) => show(null, asApiError(error).failure),
    );
    return () => {
      isCurrent = false;
    };
  }, [embeddings, model, wanted, key, isWanted, turn]);
  const shown = table.key === key ? table : { points: null, failure: null };
  const retry = (): void => {
    setTable({ key: '', points: null, failure: null });
    setTurn((now) => now + 1);
  };
  return { points: shown.points, failure: shown.failure, key, of: key, texts: [], unread: [], retry };
}

async function readTable(
  embeddings: Embeddings,
  model: string,
  wanted: number,
  isCurrent: () => boolean,
): Promise<ProjectedPoints> {
  const first = await embeddings.rows(model, 0, Math.min(PART, wanted));
  const count = Math.min(wanted, first.rows);
  const data = new Float32Array(count * first.columns);
  const names: string[] = [];
  let part = first;
  for (;;) {
    data.set(part.data, names.length * first.columns);
    names.push(...part.names);
    if (names.length >= count || part.names.length === 0 || !isCurrent()) break;
    part = await embeddings.rows(model, names.length, Math.min(PART, count - names.length));
  }
  return tablePoints(data, first.columns, names);
}

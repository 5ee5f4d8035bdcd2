/** A token's row of the embedding table as a strip, and the rows nearest to it: by cosine, and by dot product. */
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Neighbours, NeighboursQuestion } from '../state/embeddings.ts';
import type { Frame } from '../state/frames.ts';
import { pieceLabel } from '../view-models/distribution.ts';
import { neighboursExport } from '../view-models/export-answers.ts';
import { failureText } from '../view-models/failure.ts';
import { formatCount, formatNumber } from '../view-models/format.ts';
import { MEASURES, neighbourData, shared } from '../view-models/neighbours.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { DataButtons } from './data-buttons.tsx';
import { NeighbourList } from './neighbour-list.tsx';
import { NeighbourTools } from './neighbour-tools.tsx';
import { useShownFigure } from './use-shown-figure.ts';
import { useShownRun } from './use-shown-run.ts';
import { useAnswer, useSettledAnswer } from './use-tokenizing.ts';
import { VectorLine } from './vector-line.tsx';

/** As many neighbours are listed. */
const LISTED = 40;

/** The way that was gone, from neighbour to neighbour; empty: the token of the text that is selected. */
interface Walk {
  readonly text: string;
  readonly query: number;
  readonly ids: readonly number[];
}

export function NeighboursStage({ frame: original }: { frame: Frame }): ReactElement {
  const frame = useShownRun(original);
  const { t } = useTranslation();
  const words = useWords();
  const { embeddings } = useSession();
  const query = useApp(({ selection }) => Math.min(selection.query, frame.run.tokens.length - 1));
  const [depth, setDepth] = useState<Depth>('row');
  const { ids, go, back } = useWalk(frame, query);
  const question = questionOf(frame, query, depth, ids.at(-1) ?? null);
  const asked = useAnswer(embeddings.neighbours, question);
  const shown = useSettledAnswer(asked, question);
  // A place of another run has no name among the tokens of this one.
  const isOld = shown?.of.of.kind === 'state' && shown.of.of.traceId !== frame.run.traceId;
  return (
    <div className="neighbours" aria-busy={asked.status === 'pending'} data-testid="neighbours">
      <NeighbourTools
        frame={frame}
        query={query}
        depth={depth}
        onDepth={setDepth}
        onFind={go}
        onBack={ids.length === 0 ? null : back}
      />
      {asked.status === 'failed' ? (
        <p className="problem" role="alert">
          {failureText(asked.error.failure, words)}
        </p>
      ) : shown === null || isOld ? (
        <p className="stage-note">{t('stage.drawing')}</p>
      ) : (
        <Near frame={frame} near={shown.part} question={shown.of} onChoose={go} />
      )}
    </div>
  );
}

/** The row of the table, the sum that enters layer 0, or what a layer gives. */
export type Depth = 'row' | 'sum' | number;

function questionOf(frame: Frame, position: number, depth: Depth, id: number | null): NeighboursQuestion {
  const { model, run } = frame;
  const asked = { model: model.entry.id, count: LISTED };
  if (id !== null || depth === 'row') {
    return { ...asked, of: { kind: 'token', id: id ?? run.tokens[position]?.id ?? 0 } };
  }
  return { ...asked, of: { kind: 'state', traceId: run.traceId, position, layer: depth === 'sum' ? null : depth } };
}

/** Another text or another selected token begins anew. */
function useWalk(frame: Frame, query: number) {
  const { text } = frame.input;
  const [walk, setWalk] = useState<Walk>({ text, query, ids: [] });
  const ids = walk.text === text && walk.query === query ? walk.ids : [];
  return {
    ids,
    go: (id: number) => setWalk({ text, query, ids: [...ids, id] }),
    back: () => setWalk({ text, query, ids: ids.slice(0, -1) }),
  };
}

interface NearProps {
  readonly frame: Frame;
  readonly near: Neighbours;
  /** What `near` answers. */
  readonly question: NeighboursQuestion;
  readonly onChoose: (id: number) => void;
}

function Near({ frame, near, question, onChoose }: NearProps): ReactElement {
  const { t } = useTranslation();
  const name = useNameOf(frame, near, question);
  useExported(frame, near, name, question);
  return (
    <>
      <div className="neighbours-of">
        <VectorLine name={name} values={near.vector} hue="value" testId="neighbours-vector" />
        <p className="note" data-testid="neighbours-facts">
          {t('neighbours.facts', {
            count: formatCount(near.among),
            norm: formatNumber(near.norm),
            shared: shared(near),
            listed: near.byCosine.length,
          })}
        </p>
        <DataButtons
          frame={frame}
          rows={() => neighbourData(near)}
          facts={() => ({ of: question.of, norm: near.norm, among: near.among, vector: [...near.vector] })}
          testId="neighbours-save"
        />
      </div>
      <div className="neighbours-lists">
        {MEASURES.map((measure) => (
          <NeighbourList key={measure} near={near} measure={measure} onChoose={onChoose} />
        ))}
      </div>
      <p className="note">{t(near.id === null ? 'neighbours.wayState' : 'neighbours.way')}</p>
    </>
  );
}

function useNameOf(frame: Frame, near: Neighbours, { of }: NeighboursQuestion): string {
  const { t } = useTranslation();
  if (of.kind === 'token') return t('neighbours.row', { piece: pieceLabel(near.text ?? ''), id: of.id });
  const piece = pieceLabel(frame.run.tokens[of.position]?.text ?? '');
  return of.layer === null
    ? t('neighbours.sum', { piece, position: of.position })
    : t('neighbours.state', { piece, position: of.position, layer: of.layer });
}

/** Both lists, as a figure to take along. */
function useExported(frame: Frame, near: Neighbours, name: string, { of }: NeighboursQuestion): void {
  const words = useWords();
  const place = JSON.stringify(of);
  const figure = useMemo(
    () => neighboursExport(frame, near, { name, of: JSON.parse(place) as unknown }, words),
    [frame, near, name, place, words],
  );
  useShownFigure(figure);
}

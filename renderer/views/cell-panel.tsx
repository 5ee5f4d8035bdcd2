/** The exact numbers of one cell, from q and k to the weight, in the original run and in the changed one. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { stackOf } from '../state/selection.ts';
import { tokenLabel } from '../view-models/format.ts';
import { cellNumbers, shownRow } from '../view-models/inspector.ts';
import type { CellNumbers } from '../view-models/inspector.ts';
import { useApp, useChangedPointedFrame, useHover, usePointedFrame } from './context.tsx';
import { CellVectors } from './cell-vectors.tsx';
import { Formula } from './formula.tsx';
import { NumbersCard } from './numbers-card.tsx';
import { inspectorMatrices, useShownKey } from './use-cell.ts';
import type { InspectorMatrices } from './use-cell.ts';

export function CellPanel(): ReactElement {
  const { t } = useTranslation();
  const { frame, stale } = usePointedFrame();
  const matrices = inspectorMatrices(frame);
  const { query, key } = useShownCell(matrices);
  const stack = frame === null ? null : stackOf(frame.model.stacks, frame.selection);
  const numbers = matrices === null || key === null ? null : cellNumbers(matrices, query, key);
  const changed = useChangedNumbers(query, key);
  const tokens = frame?.run.tokens ?? [];
  const queryText = tokenLabel(tokens[query]?.text ?? '');
  const keyText = tokenLabel(tokens[key ?? -1]?.text ?? '');
  const ready = matrices !== null && stack !== null && numbers !== null;
  return (
    <div className={stale ? 'cell-panel stale' : 'cell-panel'}>
      <div className="panel-heading">
        <h2>{t('inspector.label')}</h2>
        {ready && (
          <span className="looks-at" data-testid="looks-at">
            <LooksAt query={queryText} keyText={keyText} visible={numbers.visible} />
          </span>
        )}
      </div>
      {!ready ? (
        <p className="note">{t(frame === null ? 'stage.drawing' : 'inspector.none')}</p>
      ) : (
        <>
          <CellVectors matrices={matrices} numbers={numbers} query={queryText} keyText={keyText} />
          <NumbersCard numbers={numbers} changed={changed} dHead={stack.dHead} />
          <Formula numbers={numbers} dHead={stack.dHead} query={queryText} keyText={keyText} />
        </>
      )}
    </div>
  );
}

/** The cell under the pointer, or the selected one; of a long text the last one whose numbers are here. */
function useShownCell(matrices: InspectorMatrices | null): { readonly query: number; readonly key: number | null } {
  const hover = useHover();
  const selectedQuery = useApp((state) => state.selection.query);
  const selectedKey = useShownKey();
  const query = hover?.query ?? selectedQuery;
  const key = hover?.key ?? selectedKey;
  if (matrices === null) return { query, key };
  const shownKey = key === null && matrices.k.rows === null ? null : shownRow(matrices.k, key ?? -1);
  return { query: shownRow(matrices.pattern, query), key: shownKey };
}

/** The cell's numbers in the changed run that is shown; null while there is none of the selected head. */
function useChangedNumbers(query: number, key: number | null): CellNumbers | null {
  const { frame } = useChangedPointedFrame();
  const result = useApp((state) => state.changed.result);
  const { stack, layer, head } = useApp((state) => state.selection);
  const matrices = frame !== null && frame.run === result ? inspectorMatrices(frame) : null;
  const isHere = matrices?.pattern.head === head && matrices.pattern.name.startsWith(`${stack}.${layer}.`);
  return matrices === null || !isHere || key === null ? null : cellNumbers(matrices, query, key);
}

/** The sentence `it looks at animal`, with the tokens in their colours wherever the language puts them. */
function LooksAt({ query, keyText, visible }: { query: string; keyText: string; visible: boolean }): ReactElement {
  const { t } = useTranslation();
  const sentence = t(visible ? 'inspector.looksAt' : 'inspector.cannotSee', { query: '\u0001', key: '\u0002' });
  return (
    <>
      {sentence.split(/([\u0001\u0002])/).map((part, index) =>
        part === '\u0001' ? (
          <b key={index} className="q">
            {query}
          </b>
        ) : part === '\u0002' ? (
          <b key={index} className="k">
            {keyText}
          </b>
        ) : (
          part
        ),
      )}
    </>
  );
}

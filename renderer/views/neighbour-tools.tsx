/** Whose neighbours: a token of the text at some depth, or any piece that is typed. */
import { useDeferredValue, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TypedReading } from '../../electron/api/index.ts';
import type { Frame } from '../state/frames.ts';
import { stackOf } from '../state/selection.ts';
import { pieceLabel } from '../view-models/distribution.ts';
import { failureText } from '../view-models/failure.ts';
import { useSession, useWords } from './context.tsx';
import type { Depth } from './neighbours-stage.tsx';
import { useAnswer } from './use-tokenizing.ts';

interface NeighbourToolsProps {
  readonly frame: Frame;
  readonly query: number;
  readonly depth: Depth;
  readonly onDepth: (depth: Depth) => void;
  readonly onFind: (id: number) => void;
  /** Null where there is no way back. */
  readonly onBack: (() => void) | null;
}

export function NeighbourTools(props: NeighbourToolsProps): ReactElement {
  const { frame, query, depth, onDepth, onFind, onBack } = props;
  const { t } = useTranslation();
  const session = useSession();
  const layers = stackOf(frame.model.stacks, frame.selection)?.layers ?? 0;
  return (
    <div className="neighbours-tools" data-own-keys>
      <button
        type="button"
        className="tool-button"
        disabled={onBack === null}
        onClick={() => onBack?.()}
        data-testid="neighbours-back"
      >
        {t('neighbours.back')}
      </button>
      <label className="beside-field">
        <span>{t('neighbours.token')}</span>
        <select
          value={query}
          onChange={({ target }) => session.select({ query: Number(target.value) })}
          data-testid="neighbours-token"
        >
          {frame.run.tokens.map(({ index, text }) => (
            <option key={index} value={index}>
              {`${index}  ${pieceLabel(text)}`}
            </option>
          ))}
        </select>
      </label>
      <label className="beside-field">
        <span>{t('neighbours.depth')}</span>
        <select
          value={String(depth)}
          onChange={({ target: { value } }) => onDepth(value === 'row' || value === 'sum' ? value : Number(value))}
          data-testid="neighbours-depth"
        >
          <option value="row">{t('neighbours.depths.row')}</option>
          <option value="sum">{t('neighbours.depths.sum')}</option>
          {Array.from({ length: layers }, (_, layer) => (
            <option key={layer} value={layer}>
              {t('neighbours.depths.layer', { layer })}
            </option>
          ))}
        </select>
      </label>
      <FindField model={frame.model.entry.id} onFind={onFind} />
    </div>
  );
}

/** Any piece of the vocabulary, by its text. */
function FindField({ model, onFind }: { model: string; onFind: (id: number) => void }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { embeddings } = useSession();
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed);
  const asked = useAnswer(embeddings.find, wanted.trim() === '' ? null : { model, typed: wanted });
  const found = asked.status === 'ready' ? asked.part : [];
  const [first] = found;
  return (
    <form
      className="neighbours-find"
      onSubmit={(event) => {
        event.preventDefault();
        const id = first?.pieces[0]?.id;
        if (id !== undefined) onFind(id);
      }}
    >
      <label className="beside-field">
        <span>{t('neighbours.find')}</span>
        <input
          value={typed}
          placeholder={t('neighbours.findHint')}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
          data-testid="neighbours-find"
        />
      </label>
      {asked.status === 'failed' && (
        <span className="field-problem" role="alert">
          {failureText(asked.error.failure, words)}
        </span>
      )}
      <span className="neighbours-found" data-testid="neighbours-found">
        {distinct(found).map(({ id, text }) => (
          <button key={id} type="button" className="tool-button mono" onClick={() => onFind(id)}>
            {pieceLabel(text)}
          </button>
        ))}
      </span>
    </form>
  );
}

/** Every piece of every reading, each once. */
function distinct(found: readonly TypedReading[]): TypedReading['pieces'] {
  const pieces = found.flatMap((reading) => reading.pieces);
  return pieces.filter(({ id }, at) => pieces.findIndex((one) => one.id === id) === at);
}

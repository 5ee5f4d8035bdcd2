/** What the text's run is compared with: a sentence, a model, a head there. */
import { useId } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { besideSelection } from '../state/beside.ts';
import { stackOf } from '../state/selection.ts';
import { shownIndex } from '../view-models/format.ts';
import { useApp, useSession } from './context.tsx';

export function BesideTools(): ReactElement {
  const { t } = useTranslation();
  const { beside } = useSession();
  const text = useApp((state) => state.beside.text);
  return (
    <div className="beside-tools" role="group" aria-label={t('beside.label')} data-testid="beside-tools">
      <label className="beside-field wide">
        <span>{t('beside.text')}</span>
        <input
          type="text"
          value={text}
          placeholder={t('beside.sameText')}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => beside.set({ text: target.value })}
          data-testid="beside-text"
        />
      </label>
      <ModelField />
      <HeadFields />
    </div>
  );
}

function ModelField(): ReactElement {
  const { t } = useTranslation();
  const { beside } = useSession();
  const models = useApp((state) => state.models);
  const own = useApp((state) => state.model.id);
  const chosen = useApp((state) => state.beside.model);
  const others = (models ?? []).filter(({ id, problem }) => problem === null && id !== own);
  return (
    <label className="beside-field">
      <span>{t('beside.model')}</span>
      <select
        value={others.some(({ id }) => id === chosen) ? (chosen ?? '') : ''}
        onChange={({ target }) => beside.set({ model: target.value === '' ? null : target.value, head: null })}
        data-testid="beside-model"
      >
        <option value="">{t('beside.sameModel')}</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Which head of the other run; the selected one until another is chosen. */
function HeadFields(): ReactElement | null {
  const { t } = useTranslation();
  const { beside } = useSession();
  const id = useId();
  const model = useApp((state) => state.besideRun.model);
  const layer = useApp((state) => besideSelection(state).layer);
  const head = useApp((state) => besideSelection(state).head);
  const own = useApp((state) => state.beside.head);
  const selection = useApp((state) => state.selection);
  const stack = model === null ? null : stackOf(model.stacks, selection);
  if (stack === null) return null;
  const field = (name: 'layer' | 'head', value: number, count: number): ReactElement => (
    <label className="beside-field" htmlFor={`${id}-${name}`}>
      <span>{t(`beside.${name}`)}</span>
      <select
        id={`${id}-${name}`}
        value={value}
        onChange={({ target }) => beside.set({ head: { layer, head, [name]: Number(target.value) } })}
        data-testid={`beside-${name}`}
      >
        {Array.from({ length: count }, (_, at) => (
          <option key={at} value={at}>
            {shownIndex(at)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      {field('layer', layer, stack.layers)}
      {field('head', head, stack.heads)}
      {own !== null && (
        <button
          type="button"
          className="tool-button"
          onClick={() => beside.set({ head: null })}
          data-testid="beside-same-head"
        >
          {t('beside.sameHead')}
        </button>
      )}
    </>
  );
}

/** The list of changes: in words, in order, on or off, named, moved, removed; with undo and redo. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StackInfo } from '../../electron/api/index.ts';
import { misfitOf } from '../state/what-if-site.ts';
import { clearChanges, moveChange } from '../state/what-if.ts';
import type { Change } from '../state/what-if.ts';
import { commandForms, commandLine } from '../view-models/what-if-command.ts';
import type { CommandForm } from '../view-models/what-if-command.ts';
import { describeChange } from '../view-models/what-if-words.ts';
import { useApp, useServices, useSession, useWords } from './context.tsx';
import { CopyButton } from './what-if-copy.tsx';
import { WhatIfItem } from './what-if-item.tsx';

export function WhatIfList(): ReactElement {
  const { t } = useTranslation();
  const changes = useApp((state) => state.whatIf.list.changes);
  const [said, setSaid] = useState('');
  return (
    <section className="what-if-changes" aria-label={t('whatIf.list')}>
      <ListHeading />
      {changes.length > 1 && <p className="note">{t('whatIf.order')}</p>}
      <Items changes={changes} onSay={setSaid} />
      <span className="hidden" role="status">
        {said}
      </span>
    </section>
  );
}

function ListHeading(): ReactElement {
  const { t } = useTranslation();
  const { changes } = useSession();
  const list = useApp((state) => state.whatIf.list);
  const tools = [
    { id: 'undo', able: list.past.length > 0, act: () => changes.undo() },
    { id: 'redo', able: list.future.length > 0, act: () => changes.redo() },
    { id: 'clear', able: list.changes.length > 0, act: () => changes.edit(clearChanges) },
  ] as const;
  return (
    <div className="panel-heading">
      <h2>{t('whatIf.list')}</h2>
      <span className="what-if-tools">
        {tools.map(({ id, able, act }) => (
          // Not disabled by its own press: the focus would be lost.
          <button
            key={id}
            type="button"
            className="link-button"
            aria-disabled={!able}
            onClick={() => {
              if (able) act();
            }}
            data-testid={`what-if-${id}`}
          >
            {t(`whatIf.${id}`)}
          </button>
        ))}
      </span>
    </div>
  );
}

interface ItemsProps {
  readonly changes: readonly Change[];
  readonly onSay: (text: string) => void;
}

function Items({ changes, onSay }: ItemsProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { store, session } = useServices();
  const tokens = useApp((state) => state.run.result?.tokens) ?? [];
  const stacks = useApp((state) => state.run.model?.stacks) ?? [];
  const misfits = new Map(
    tokens.length === 0
      ? []
      : changes.map(({ id, intervention }) => [id, misfitOf(intervention, stacks, tokens.length)] as const),
  );
  const applied = changes.filter(({ id, on }) => on && (misfits.get(id) ?? null) === null);
  const forms = formsOf(applied, stacks);
  const move = (id: number, by: number, name: string): void => {
    const focused = document.activeElement;
    session.changes.edit((list) => moveChange(list, id, by));
    const now = store.getState().whatIf.list.changes;
    onSay(t('whatIf.moved', { name, place: now.findIndex((item) => item.id === id) + 1, places: now.length }));
    // An element that is moved in the page loses the focus.
    requestAnimationFrame(() => {
      if (focused instanceof HTMLElement) focused.focus();
    });
  };
  return (
    <>
      <ol className="change-list" data-testid="what-if-changes">
        {changes.map((change) => (
          <WhatIfItem
            key={change.id}
            change={change}
            description={describeChange(change.intervention, { tokens, stacks }, words)}
            misfit={misfits.get(change.id) ?? null}
            form={forms.get(change.id) ?? commandForms([change.intervention], stacks)[0] ?? null}
            onMove={move}
          />
        ))}
      </ol>
      {applied.length > 1 && <WholeLine forms={[...forms.values()]} />}
    </>
  );
}

/** The command-line form of each of some changes, by its id. */
function formsOf(changes: readonly Change[], stacks: readonly StackInfo[]): ReadonlyMap<number, CommandForm> {
  const forms = commandForms(
    changes.map(({ intervention }) => intervention),
    stacks,
  );
  return new Map(forms.map((form, at) => [changes[at]?.id ?? -1, form]));
}

function WholeLine({ forms }: { forms: readonly CommandForm[] }): ReactElement {
  const { t } = useTranslation();
  const { text, missing } = commandLine(forms);
  return (
    <div className="what-if-line">
      {text !== '' && (
        <CopyButton command={text} testId="what-if-copy-all">
          {t('whatIf.copyAll')}
        </CopyButton>
      )}
      {missing > 0 && <span className="note">{t('whatIf.someMissing', { missing })}</span>}
    </div>
  );
}

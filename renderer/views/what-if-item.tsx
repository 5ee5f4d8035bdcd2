/** One entry of the list of changes. Alt with an arrow key moves it from wherever the focus is in it. */
import { useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Cross, Pencil } from '../components/icons.tsx';
import type { Misfit } from '../state/what-if-site.ts';
import { removeChange, renameChange, switchChange } from '../state/what-if.ts';
import type { Change } from '../state/what-if.ts';
import type { CommandForm } from '../view-models/what-if-command.ts';
import { useSession } from './context.tsx';
import { CopyButton } from './what-if-copy.tsx';

interface ItemProps {
  readonly change: Change;
  /** What it does, in words. */
  readonly description: string;
  /** Why it is left out; null when it applies. */
  readonly misfit: Misfit | null;
  readonly form: CommandForm | null;
  readonly onMove: (id: number, by: number, name: string) => void;
}

export function WhatIfItem({ change, description, misfit, form, onMove }: ItemProps): ReactElement {
  const { t } = useTranslation();
  const { changes } = useSession();
  const { id, on, name } = change;
  const label = name ?? description;
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (!event.altKey || by === null) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(id, by, label);
  };
  return (
    <li
      className={on && misfit === null ? 'change' : 'change off'}
      onKeyDown={onKeyDown}
      data-testid={`what-if-change-${id}`}
    >
      <input
        type="checkbox"
        checked={on}
        aria-label={t('whatIf.on', { name: label })}
        onChange={(event) => changes.edit((list) => switchChange(list, id, event.target.checked))}
        data-testid={`what-if-on-${id}`}
      />
      <Name change={change} description={description} title={form?.text ?? t('whatIf.noCommand')} />
      {misfit !== null && (
        <span className="problem change-note" data-testid={`what-if-misfit-${id}`}>
          {t(`whatIf.misfit.${misfit}`)}
        </span>
      )}
      <Command form={form} id={id} />
      <Tools change={change} label={label} onMove={onMove} />
    </li>
  );
}

/** The name, or the description in its place; a double click or the pencil lets it be typed. */
function Name({ change, description, title }: { change: Change; description: string; title: string }): ReactElement {
  const { t } = useTranslation();
  const { changes } = useSession();
  const [typed, setTyped] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { id, name } = change;
  const finish = (keep: boolean): void => {
    if (typed === null) return;
    setTyped(null);
    if (keep && typed.trim() !== (name ?? '')) changes.edit((list) => renameChange(list, id, typed));
  };
  const begin = (): void => setTyped(name ?? '');
  if (typed === null)
    return (
      <div className="change-words" title={title} onDoubleClick={begin}>
        <span className="change-text">
          <span data-testid={`what-if-name-${id}`}>{name ?? description}</span>
          {name !== null && <span className="quiet">{description}</span>}
        </span>
        <button
          ref={button}
          type="button"
          className="icon-button"
          title={t('whatIf.rename')}
          aria-label={t('whatIf.renameOf', { name: name ?? description })}
          onClick={begin}
          data-testid={`what-if-rename-${id}`}
        >
          <Pencil />
        </button>
      </div>
    );
  return (
    <input
      className="change-field"
      type="text"
      autoFocus
      aria-label={t('whatIf.nameOf', { name: description })}
      placeholder={description}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        finish(event.key === 'Enter');
        requestAnimationFrame(() => button.current?.focus());
      }}
      onBlur={() => finish(true)}
      data-testid={`what-if-name-field-${id}`}
    />
  );
}

/** The same on the command line. */
function Command({ form, id }: { form: CommandForm | null; id: number }): ReactElement {
  const { t } = useTranslation();
  if (form?.text != null)
    return (
      <CopyButton command={form.text} testId={`what-if-copy-${id}`}>
        {form.text}
      </CopyButton>
    );
  return <span className="note copy">{t(form?.joined === true ? 'whatIf.joined' : 'whatIf.noCommand')}</span>;
}

function Tools({
  change: { id },
  label: name,
  onMove,
}: Pick<ItemProps, 'change' | 'onMove'> & { label: string }): ReactElement {
  const { t } = useTranslation();
  const { changes } = useSession();
  return (
    <span className="change-tools">
      <button
        type="button"
        className="icon-button"
        aria-label={t('whatIf.up', { name })}
        onClick={() => onMove(id, -1, name)}
        data-testid={`what-if-up-${id}`}
      >
        ↑
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t('whatIf.down', { name })}
        onClick={() => onMove(id, 1, name)}
        data-testid={`what-if-down-${id}`}
      >
        ↓
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t('whatIf.remove', { name })}
        onClick={() => changes.edit((list) => removeChange(list, id))}
        data-testid={`what-if-remove-${id}`}
      >
        <Cross />
      </button>
    </span>
  );
}

/** The panels of the figure sheet, in their order. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SheetState } from './use-sheet.ts';

export function SheetPanels({ state }: { state: SheetState }): ReactElement {
  const { panels, add, settings, set } = state;
  const { t } = useTranslation();
  return (
    <fieldset className="sheet-fields">
      <legend>{t('sheet.panels')}</legend>
      {panels.length === 0 && <p className="note">{t('sheet.noPanels')}</p>}
      <ol className="sheet-panels" data-testid="sheet-panels">
        {panels.map((panel, at) => (
          <Panel key={panel.key} name={panel.name} at={at} state={state} />
        ))}
      </ol>
      <div className="sheet-row">
        <button type="button" className="tool-button" onClick={add} data-testid="sheet-add">
          {t('sheet.add')}
        </button>
        <label className="beside-field">
          <span>{t('sheet.columns')}</span>
          <select
            value={settings.columns}
            onChange={({ target }) => set({ columns: Number(target.value) })}
            data-testid="sheet-columns"
          >
            {[1, 2, 3, 4].map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </label>
      </div>
    </fieldset>
  );
}

interface PanelProps {
  readonly name: string;
  readonly at: number;
  readonly state: SheetState;
}

function Panel({ name, at, state: { panels, move, remove } }: PanelProps): ReactElement {
  const { t } = useTranslation();
  const letter = String.fromCharCode(97 + at);
  const isLast = at === panels.length - 1;
  return (
    <li>
      <b>{letter}</b> <span title={name}>{name}</span>
      <Tool label={t('sheet.up', { letter })} sign="↑" isOff={at === 0} onPress={() => move(at, -1)} id={`up-${at}`} />
      <Tool label={t('sheet.down', { letter })} sign="↓" isOff={isLast} onPress={() => move(at, 1)} id={`down-${at}`} />
      <Tool
        label={t('sheet.remove', { letter })}
        sign="×"
        isOff={false}
        onPress={() => remove(at)}
        id={`remove-${at}`}
      />
    </li>
  );
}

interface ToolProps {
  readonly label: string;
  readonly sign: string;
  readonly isOff: boolean;
  readonly onPress: () => void;
  readonly id: string;
}

function Tool({ label, sign, isOff, onPress, id }: ToolProps): ReactElement {
  return (
    <button
      type="button"
      className="tool-button"
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={onPress}
      data-testid={`sheet-${id}`}
    >
      {sign}
    </button>
  );
}

/** The panels of the figure sheet, in their order. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SheetState } from './use-sheet.ts';

export function SheetPanels({
  state: { panels, add, move, remove, settings, set },
}: {
  state: SheetState;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <fieldset className="sheet-fields">
      <legend>{t('sheet.panels')}</legend>
      {panels.length === 0 && <p className="note">{t('sheet.noPanels')}</p>}
      <ol className="sheet-panels" data-testid="sheet-panels">
        {panels.map(({ key, name }, at) => {
          const letter = String.fromCharCode(97 + at);
          return (
            <li key={key}>
              <b>{letter}</b> <span title={name}>{name}</span>
              <Tool
                label={t('sheet.up', { letter })}
                sign="↑"
                isOff={at === 0}
                onPress={() => move(at, -1)}
                id={`up-${at}`}
              />
              <Tool
                label={t('sheet.down', { letter })}
                sign="↓"
                isOff={at === panels.length - 1}
                onPress={() => move(at, 1)}
                id={`down-${at}`}
              />
              <Tool
                label={t('sheet.remove', { letter })}
                sign="×"
                isOff={false}
                onPress={() => remove(at)}
                id={`remove-${at}`}
              />
            </li>
          );
        })}
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

/** How the figure sheet is set: size, colours, type, words. */
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SHEET_PALETTES, SHEET_SIZES, TYPE_LIMITS, WIDTH_LIMITS } from '../view-models/sheet.ts';
import type { SheetSettings, SheetSize } from '../view-models/sheet.ts';

interface FormProps {
  readonly settings: SheetSettings;
  readonly onChange: (change: Partial<SheetSettings>) => void;
}

const SIZES = Object.keys(SHEET_SIZES) as SheetSize[];
const THEMES = ['light', 'dark', 'contrast'] as const;
const RATIOS = [1, 2, 3, 4] as const;

export function SheetSettingsForm({ settings, onChange }: FormProps): ReactElement {
  const { t } = useTranslation();
  const { size } = settings;
  return (
    <div className="sheet-fields">
      <Field label={t('sheet.size')}>
        <Choice
          id="size"
          value={size}
          choices={SIZES}
          name={(id) => t(`sheet.sizes.${id}`)}
          onChoose={(id) => onChange({ size: id })}
        />
      </Field>
      {size === 'custom' && (
        <NumberField
          id="width"
          label={t('sheet.width')}
          value={settings.width}
          limits={WIDTH_LIMITS}
          onNumber={(width) => onChange({ width })}
        />
      )}
      <NumberField
        id="type"
        label={t('sheet.type')}
        value={settings.type}
        limits={TYPE_LIMITS}
        onNumber={(type) => onChange({ type })}
      />
      <Look settings={settings} onChange={onChange} />
      <Words settings={settings} onChange={onChange} />
    </div>
  );
}

/** Colours, and pixels. */
function Look({ settings: { theme, palette, ratio }, onChange }: FormProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t('sheet.theme')}>
        <Choice
          id="theme"
          value={theme}
          choices={THEMES}
          name={(id) => t(`settings.${id}`)}
          onChoose={(id) => onChange({ theme: id })}
        />
      </Field>
      <Field label={t('sheet.palette')}>
        <Choice
          id="palette"
          value={palette}
          choices={SHEET_PALETTES}
          name={(id) => (id === 'own' ? t('sheet.own') : id)}
          onChoose={(id) => onChange({ palette: id })}
        />
      </Field>
      <Field label={t('sheet.ratio')}>
        <Choice
          id="ratio"
          value={String(ratio)}
          choices={RATIOS.map(String)}
          name={(id) => `${id}×`}
          onChoose={(id) => onChange({ ratio: Number(id) })}
        />
      </Field>
    </>
  );
}

/** Title, caption, and what else stands on the sheet. */
function Words({ settings, onChange }: FormProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t('sheet.heading')}>
        <input
          value={settings.title}
          onChange={({ target }) => onChange({ title: target.value })}
          data-testid="sheet-title"
        />
      </Field>
      <Field label={t('sheet.caption')}>
        <textarea
          rows={3}
          value={settings.caption}
          onChange={({ target }) => onChange({ caption: target.value })}
          data-testid="sheet-caption"
        />
      </Field>
      {(['legend', 'transparent'] as const).map((name) => (
        <label key={name} className="sheet-check">
          <input
            type="checkbox"
            checked={settings[name]}
            onChange={() => onChange({ [name]: !settings[name] })}
            data-testid={`sheet-${name}`}
          />
          {t(`sheet.${name}`)}
        </label>
      ))}
    </>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <label className="sheet-field">
      <span>{label}</span>
      {children}
    </label>
  );
}

interface ChoiceProps<T extends string> {
  readonly id: string;
  readonly value: T;
  readonly choices: readonly T[];
  readonly name: (id: T) => string;
  readonly onChoose: (id: T) => void;
}

function Choice<T extends string>({ id, value, choices, name, onChoose }: ChoiceProps<T>): ReactElement {
  return (
    <select
      value={value}
      onChange={({ target }) => {
        const found = choices.find((choice) => choice === target.value);
        if (found !== undefined) onChoose(found);
      }}
      data-testid={`sheet-${id}`}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {name(choice)}
        </option>
      ))}
    </select>
  );
}

interface NumberProps {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly limits: readonly [number, number];
  readonly onNumber: (value: number) => void;
}

/** What is no number within the limits is marked and changes nothing. */
function NumberField({ id, label, value, limits: [least, most], onNumber }: NumberProps): ReactElement {
  const [typed, setTyped] = useState(String(value));
  const read = (text: string): number => (text.trim() === '' ? NaN : Number(text.replace(',', '.')));
  const fits = (text: string): boolean => read(text) >= least && read(text) <= most;
  return (
    <Field label={label}>
      <input
        inputMode="decimal"
        value={typed}
        aria-invalid={!fits(typed)}
        title={`${least} – ${most}`}
        onChange={({ target }) => {
          setTyped(target.value);
          if (fits(target.value)) onNumber(read(target.value));
        }}
        data-testid={`sheet-${id}`}
      />
    </Field>
  );
}

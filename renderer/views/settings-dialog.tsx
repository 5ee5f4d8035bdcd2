/** Every setting in one dialog; each takes effect at once. */
import { useId } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { useStore } from 'zustand';
import { deviceChoice } from '../../electron/api/index.ts';
import { LANGUAGES, THEMES, ZOOMS } from '../state/settings.ts';
import { CacheFolder } from './cache-folder.tsx';
import { useApp, useServices, useWords } from './context.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import type { DialogProps } from './dialog-frame.tsx';
import { Switch } from './switch.tsx';

export function SettingsDialog(props: DialogProps): ReactElement {
  const { t } = useTranslation();
  return (
    <DialogFrame {...props} title={t('preferences.title')} close={t('preferences.close')} testId="preferences">
      <Look />
      <Device />
      <Remembering />
      <CacheFolder />
    </DialogFrame>
  );
}

interface LineProps {
  readonly label: string;
  readonly note?: string;
  readonly children: ReactNode;
}

function Line({ label, note, children }: LineProps): ReactElement {
  const id = useId();
  return (
    <div className="setting" role="group" aria-labelledby={id}>
      <h3 id={id}>{label}</h3>
      <div className="setting-value">
        {children}
        {note !== undefined && <p className="note">{note}</p>}
      </div>
    </div>
  );
}

const LANGUAGE_WORDS = { system: 'settings.system', en: 'settings.english', nl: 'settings.dutch' } as const;

function Look(): ReactElement {
  const { t } = useTranslation();
  const { settings } = useServices();
  const { language, theme, zoom, motion } = useStore(settings);
  const languages = (['system', ...LANGUAGES] as const).map((id) => ({ id, label: t(LANGUAGE_WORDS[id]) }));
  const zooms = ZOOMS.map((size) => ({ id: String(size), label: `${size * 100} %` }));
  const [label, size] = [t('settings.language'), t('preferences.type')];
  return (
    <>
      <Line label={label}>
        <Switch
          {...{ label, choices: languages, chosen: language, testId: 'set-language' }}
          onChoose={(id) => settings.setState({ language: id })}
        />
      </Line>
      <Line label={t('settings.theme')}>
        <Switch
          label={t('settings.theme')}
          choices={THEMES.map((id) => ({ id, label: t(`settings.${id}`) }))}
          chosen={theme}
          onChoose={(id) => settings.setState({ theme: id })}
          testId="set-theme"
        />
      </Line>
      <Line label={size} note={t('preferences.typeNote')}>
        <Switch
          {...{ label: size, choices: zooms, chosen: String(zoom), testId: 'set-zoom' }}
          onChoose={(id) => settings.setState({ zoom: Number(id) })}
        />
      </Line>
      <Line label={t('walk.motion')} note={t('preferences.motionNote')}>
        <OnOff
          label={t('walk.motion')}
          words={[t('walk.motionOn'), t('walk.motionOff')]}
          isOn={motion}
          onChoose={(on) => settings.setState({ motion: on })}
          testId="set-motion"
        />
      </Line>
    </>
  );
}

interface OnOffProps {
  readonly label: string;
  readonly words: readonly [on: string, off: string];
  readonly isOn: boolean;
  readonly onChoose: (isOn: boolean) => void;
  readonly testId: string;
}

function OnOff({ label, words: [on, off], isOn, onChoose, testId }: OnOffProps): ReactElement {
  const choices = [
    { id: 'on', label: on },
    { id: 'off', label: off },
  ] as const;
  return (
    <Switch
      {...{ label, choices, testId }}
      chosen={isOn ? 'on' : 'off'}
      onChoose={(id: 'on' | 'off') => onChoose(id === 'on')}
    />
  );
}

function Device(): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { session } = useServices();
  const devices = useApp((state) => state.devices);
  const device = useApp((state) => state.device);
  const usable = ['auto' as const, ...devices.filter(({ state }) => state !== 'unavailable').map(({ id }) => id)];
  return (
    <Line label={t('device.label')} note={`${t('device.auto')}: ${t('device.autoText')}`}>
      <Switch
        label={t('device.label')}
        choices={usable.map((id) => ({ id, label: words(`device.${id}`) }))}
        chosen={device}
        onChoose={(id) => session.chooseDevice(deviceChoice.parse(id))}
        testId="set-device"
      />
    </Line>
  );
}

function Remembering(): ReactElement {
  const { t } = useTranslation();
  const { settings, history } = useServices();
  const remember = useStore(settings, (state) => state.remember);
  const isEmpty = useStore(history.store, ({ texts, models, commands }) =>
    [texts, models, commands].every((list) => list.length === 0),
  );
  return (
    <Line label={t('preferences.history')} note={t('preferences.historyNote')}>
      <OnOff
        label={t('preferences.history')}
        words={[t('preferences.historyOn'), t('preferences.historyOff')]}
        isOn={remember}
        onChoose={(on) => settings.setState({ remember: on })}
        testId="set-history"
      />
      <Button className="button small" isDisabled={isEmpty} onPress={() => history.clear()} data-testid="history-clear">
        {t('preferences.clear')}
      </Button>
      <span className="note" role="status" data-testid="history-state">
        {isEmpty && t('preferences.cleared')}
      </span>
    </Line>
  );
}

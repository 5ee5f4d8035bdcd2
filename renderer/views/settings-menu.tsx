/** Language and theme. The language button switches at once; the menu has every choice. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import type { Key } from 'react-aria-components';
import { useStore } from 'zustand';
import { Check, Gear } from '../components/icons.tsx';
import { LANGUAGES, THEMES } from '../state/settings.ts';
import type { Language } from '../state/settings.ts';
import { useLanguage, useServices } from './context.tsx';

export function SettingsMenu(): ReactElement {
  const { t } = useTranslation();
  const { settings, session, menu } = useServices();
  const language = useStore(settings, (state) => state.language);
  const theme = useStore(settings, (state) => state.theme);
  const motion = useStore(settings, (state) => state.motion);
  const onAction = (key: Key): void => {
    if (key === 'example') session.openExample(t('example.name'));
    const item = ITEMS.find(({ command }) => command === key);
    if (item !== undefined) menu.send(item.command);
  };
  return (
    <>
      <LanguageButton />
      <MenuTrigger>
        <Button className="picker square" data-testid="settings" aria-label={t('settings.label')}>
          <Gear />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label={t('settings.label')} onAction={onAction}>
            <ChoiceSection
              name="theme"
              label={t('settings.theme')}
              choices={THEMES.map((id) => ({ id, label: t(`settings.${id}`) }))}
              chosen={theme}
              onChoose={(id) => settings.setState({ theme: id })}
            />
            <ChoiceSection
              name="language"
              label={t('settings.language')}
              choices={(['system', ...LANGUAGES] as const).map((id) => ({ id, label: t(LANGUAGE_WORDS[id]) }))}
              chosen={language}
              onChoose={(id) => settings.setState({ language: id })}
            />
            <ChoiceSection
              name="motion"
              label={t('walk.motion')}
              choices={[
                { id: 'on', label: t('walk.motionOn') },
                { id: 'off', label: t('walk.motionOff') },
              ]}
              chosen={motion ? 'on' : 'off'}
              onChoose={(id) => settings.setState({ motion: id === 'on' })}
            />
            <Separator className="menu-separator" />
            <MenuItem id="example" className="menu-item" data-testid="settings-example">
              {t('example.open')}
            </MenuItem>
            {ITEMS.map(({ command, testId, label, key }) => (
              <MenuItem key={command} id={command} className="menu-item" textValue={t(label)} data-testid={testId}>
                {t(label)} {key !== null && <kbd>{key}</kbd>}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </>
  );
}

/** Ways on to the dialogs. */
const ITEMS = [
  { command: 'preferences', testId: 'settings-all', label: 'settings.open', key: 'Ctrl ,' },
  { command: 'command-palette', testId: 'settings-palette', label: 'palette.open', key: 'Ctrl K' },
  { command: 'help-keys', testId: 'settings-keys', label: 'settings.keys', key: '?' },
  { command: 'self-check', testId: 'settings-self-check', label: 'selfCheck.open', key: null },
  { command: 'about', testId: 'settings-about', label: 'about.open', key: null },
] as const;

const LANGUAGE_WORDS = { system: 'settings.system', en: 'settings.english', nl: 'settings.dutch' } as const;

function LanguageButton(): ReactElement {
  const { t } = useTranslation();
  const { settings } = useServices();
  const shown = useLanguage();
  const other: Language = shown === 'en' ? 'nl' : 'en';
  return (
    <Button
      className="picker square"
      data-testid="language"
      aria-label={`${t('settings.language')}: ${t(LANGUAGE_WORDS[shown])} (${shown.toUpperCase()}) → ${t(LANGUAGE_WORDS[other])}`}
      onPress={() => settings.setState({ language: other })}
    >
      {shown.toUpperCase()}
    </Button>
  );
}

interface ChoiceSectionProps<T extends string> {
  readonly name: string;
  readonly label: string;
  readonly choices: readonly { readonly id: T; readonly label: string }[];
  readonly chosen: T;
  readonly onChoose: (id: T) => void;
}

function ChoiceSection<T extends string>(props: ChoiceSectionProps<T>): ReactElement {
  const { name, label, choices, chosen, onChoose } = props;
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[`${name}-${chosen}`]}
      onSelectionChange={(keys) => {
        const found = choices.find(({ id }) => keys !== 'all' && keys.has(`${name}-${id}`));
        if (found !== undefined) onChoose(found.id);
      }}
    >
      <Header className="menu-header">{label}</Header>
      {choices.map((choice) => (
        <MenuItem
          key={choice.id}
          id={`${name}-${choice.id}`}
          className="menu-item"
          textValue={choice.label}
          data-testid={`settings-${name}-${choice.id}`}
        >
          {({ isSelected }) => (
            <>
              <span className="menu-mark">{isSelected && <Check />}</span>
              <span className="menu-title">{choice.label}</span>
            </>
          )}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

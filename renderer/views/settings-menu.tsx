/** Language and theme. The button says the language, as the rest of the window speaks it. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useStore } from 'zustand';
import { Check, Gear } from '../components/icons.tsx';
import { LANGUAGES, THEMES } from '../state/settings.ts';
import type { Language } from '../state/settings.ts';
import { useLanguage, useServices } from './context.tsx';

export function SettingsMenu({ onHelp }: { onHelp: () => void }): ReactElement {
  const { t } = useTranslation();
  const { settings } = useServices();
  const language = useStore(settings, (state) => state.language);
  const theme = useStore(settings, (state) => state.theme);
  const shown = useLanguage();
  const other: Language = shown === 'en' ? 'nl' : 'en';
  const names = { system: t('settings.system'), en: t('settings.english'), nl: t('settings.dutch') };
  return (
    <>
      <Button
        className="picker square"
        data-testid="language"
        aria-label={`${t('settings.language')}: ${names[shown]}. → ${names[other]}`}
        onPress={() => settings.setState({ language: other })}
      >
        {shown.toUpperCase()}
      </Button>
      <MenuTrigger>
        <Button className="picker square" data-testid="settings" aria-label={t('settings.label')}>
          <Gear />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label={t('settings.label')} onAction={(key) => key === 'keys' && onHelp()}>
            <MenuSection
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[`theme-${theme}`]}
              onSelectionChange={(keys) => {
                const chosen = THEMES.find((item) => keys !== 'all' && keys.has(`theme-${item}`));
                if (chosen !== undefined) settings.setState({ theme: chosen });
              }}
            >
              <Header className="menu-header">{t('settings.theme')}</Header>
              {THEMES.map((item) => (
                <Choice key={item} id={`theme-${item}`} label={t(`settings.${item}`)} />
              ))}
            </MenuSection>
            <MenuSection
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[`language-${language}`]}
              onSelectionChange={(keys) => {
                const all = ['system', ...LANGUAGES] as const;
                const chosen = all.find((item) => keys !== 'all' && keys.has(`language-${item}`));
                if (chosen !== undefined) settings.setState({ language: chosen });
              }}
            >
              <Header className="menu-header">{t('settings.language')}</Header>
              <Choice id="language-system" label={names.system} />
              {LANGUAGES.map((item) => (
                <Choice key={item} id={`language-${item}`} label={names[item]} />
              ))}
            </MenuSection>
            <Separator className="menu-separator" />
            <MenuItem id="keys" className="menu-item" data-testid="settings-keys">
              {t('settings.keys')} <kbd>?</kbd>
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </>
  );
}

function Choice({ id, label }: { id: string; label: string }): ReactElement {
  return (
    <MenuItem id={id} className="menu-item" textValue={label} data-testid={`settings-${id}`}>
      {({ isSelected }) => (
        <>
          <span className="menu-mark">{isSelected && <Check />}</span>
          <span className="menu-title">{label}</span>
        </>
      )}
    </MenuItem>
  );
}

/** The window: four places that never move, a status bar, the dialogs, and the keys that work everywhere. */
import { useEffect } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { zoomMedia } from '../components/zoomed-media.ts';
import { LANGUAGES, THEMES } from '../state/settings.ts';
import type { Settings } from '../state/settings.ts';
import { Atlas } from './atlas.tsx';
import { Banner } from './banner.tsx';
import { useLanguage, useServices, useTheme } from './context.tsx';
import type { AppServices } from './context.tsx';
import { Dialogs } from './dialogs.tsx';
import { Header } from './header.tsx';
import { Inspector } from './inspector.tsx';
import { Ribbon } from './ribbon.tsx';
import { Stage } from './stage.tsx';
import { StatusBar } from './status-bar.tsx';
import { useKeys } from './use-keys.ts';
import { useMenu } from './use-menu.ts';
import type { MenuHandlers } from './use-menu.ts';
import { usePlay } from './use-play.ts';

export function App(): ReactElement {
  const { t } = useTranslation();
  const services = useServices();
  useLook();
  useKeys();
  usePlay();
  useMenu({ ...settingsCommands(services), 'edit-sentence': focusSentence });

  return (
    <>
      <div className="app">
        <a className="skip" href="#stage">
          {t('app.skip')}
        </a>
        <Header />
        <Ribbon />
        <Banner />
        <div className="workspace">
          <Atlas />
          <Stage />
          <Inspector />
        </div>
        <StatusBar />
      </div>
      <Dialogs />
    </>
  );
}

/** Language, theme, motion and size of the whole page. */
function useLook(): void {
  const { i18n } = useTranslation();
  const { settings } = useServices();
  const language = useLanguage();
  const theme = useTheme();
  const motion = useStore(settings, (state) => state.motion);
  const zoom = useStore(settings, (state) => state.zoom);
  useEffect(() => {
    void i18n.changeLanguage(language);
    document.documentElement.lang = language;
  }, [i18n, language]);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => {
    document.documentElement.dataset['motion'] = motion ? 'system' : 'off';
  }, [motion]);
  useEffect(() => {
    document.documentElement.style.setProperty('--zoom', String(zoom));
    zoomMedia(document, zoom);
  }, [zoom]);
}

function focusSentence(): void {
  document.getElementById('sentence')?.focus();
}

/** Theme and language by their menu commands. */
function settingsCommands({ settings }: AppServices): MenuHandlers {
  const set = (change: Partial<Settings>) => () => {
    settings.setState(change);
  };
  return Object.fromEntries([
    ...THEMES.map((theme) => [`theme-${theme}`, set({ theme })]),
    ...(['system', ...LANGUAGES] as const).map((language) => [`language-${language}`, set({ language })]),
  ]) as MenuHandlers;
}

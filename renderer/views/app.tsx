/** The window: four places that never move, a status bar, and the keys that work everywhere. */
import { useEffect, useRef, useState } from 'react';
import type { ReactElement, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { commandOf } from '../state/commands.ts';
import type { Command } from '../state/commands.ts';
import { stackOf, stepHead, stepLayer } from '../state/selection.ts';
import { LANGUAGES, THEMES } from '../state/settings.ts';
import type { Settings } from '../state/settings.ts';
import { stepStation } from '../state/stations.ts';
import { stepView } from '../state/views.ts';
import { stationsOf } from '../state/worked-example.ts';
import { Atlas } from './atlas.tsx';
import { Banner } from './banner.tsx';
import { useLanguage, useServices, useTheme } from './context.tsx';
import type { AppServices } from './context.tsx';
import { Header } from './header.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { Inspector } from './inspector.tsx';
import { Ribbon } from './ribbon.tsx';
import { Stage } from './stage.tsx';
import { StatusBar } from './status-bar.tsx';
import { useMenu } from './use-menu.ts';
import { spaceIsFree, togglePlay, usePlay } from './use-play.ts';
import type { MenuHandlers } from './use-menu.ts';

/** Elements with a use of their own for letters and arrows. */
const OWN_KEYS =
  'input, textarea, select, [contenteditable], [role=grid], [role=toolbar], [role=application], [role=listbox], [role=menu], [role=dialog], [data-own-keys]';

export function App(): ReactElement {
  const { t, i18n } = useTranslation();
  const services = useServices();
  const language = useLanguage();
  const theme = useTheme();
  const motion = useStore(services.settings, (state) => state.motion);
  const [help, setHelp] = useState(false);
  const exportButton = useRef<HTMLButtonElement>(null);

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
  useKeys(services, exportButton, () => setHelp(true));
  usePlay();
  useMenu({
    ...settingsCommands(services),
    'edit-sentence': focusSentence,
    'help-keys': () => setHelp(true),
  });

  return (
    <div className="app">
      <a className="skip" href="#stage">
        {t('app.skip')}
      </a>
      <Header exportButton={exportButton} onHelp={() => setHelp(true)} />
      <Ribbon />
      <Banner />
      <div className="workspace">
        <Atlas />
        <Stage />
        <Inspector />
      </div>
      <StatusBar />
      <HelpDialog isOpen={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/** The keys that work everywhere in the window. */
function useKeys(services: AppServices, exportButton: RefObject<HTMLButtonElement | null>, onHelp: () => void): void {
  const help = useRef(onHelp);
  useEffect(() => {
    help.current = onHelp;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const command = event.defaultPrevented ? null : commandOf(event);
      if (command === null || keepsKey(event, command)) return;
      event.preventDefault();
      if ('by' in command) move(services, command);
      else if (command.kind === 'help') help.current();
      else if (command.kind === 'export') exportButton.current?.click();
      else if (command.kind === 'mode') switchMode(services);
      else if (command.kind === 'play') togglePlay(services);
      else if (command.kind === 'what-if') toggleWhatIf(services);
      else if (command.kind === 'undo') services.session.changes.undo();
      else if (command.kind === 'redo') services.session.changes.redo();
      else {
        services.session.leaveExample();
        focusSentence();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [services, exportButton]);
}

function switchMode({ store, session }: AppServices): void {
  session.select({ mode: store.getState().selection.mode === 'all' ? 'one' : 'all' });
}

/** Shows the changes in the place of the numbers, or the other way round, and goes there. */
function toggleWhatIf({ store, session }: AppServices): void {
  session.changes.set({ isOpen: !store.getState().whatIf.isOpen });
  // The tab is marked as chosen once the panel is drawn.
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.inspector [role=tab][aria-selected=true]')?.focus(),
  );
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

/** True where a key belongs to the element that has the focus, or to an open dialog or menu. */
function keepsKey(event: KeyboardEvent, command: Command): boolean {
  if (document.querySelector('[role=dialog], [role=menu], [role=listbox]') !== null) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target === null) return false;
  // A slider or a box to tick has nothing typed in it that could be undone.
  const undoes = command.kind === 'undo' || command.kind === 'redo';
  if (undoes && target.matches('input[type=range], input[type=checkbox]')) return false;
  const typing = target.closest('input, textarea, select, [contenteditable]') !== null;
  if (typing) return true;
  if (command.kind === 'play') return !spaceIsFree(target);
  const arrows = command.kind === 'head' || command.kind === 'layer';
  return arrows && target.closest(OWN_KEYS) !== null;
}

function move({ store, session }: AppServices, command: Extract<Command, { by: -1 | 1 }>): void {
  const { selection, run, model, covered } = store.getState();
  const stack = stackOf((run.model ?? model.opened)?.stacks ?? [], selection);
  if (command.kind === 'view') session.select(stepView(selection, command.by));
  else if (command.kind === 'station')
    session.select({ station: stepStation(selection.station, command.by, stationsOf(covered !== null)) });
  else if (stack !== null && command.kind === 'head') session.select(stepHead(selection, stack, command.by));
  else if (stack !== null) session.select(stepLayer(selection, stack, command.by));
}

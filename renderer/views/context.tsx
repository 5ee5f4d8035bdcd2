/** What every view can reach: the session, the stores, the words. */
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { SelfCheck } from '../../electron/api/index.ts';
import type { FigureData } from '../figures/figure-data.ts';
import { translator } from '../i18n/index.ts';
import type { AppState, AppStore } from '../state/app-state.ts';
import type { FrameSource, FrameState } from '../state/frames.ts';
import type { HoverCell, HoverStore } from '../state/hover.ts';
import type { History } from '../state/history.ts';
import type { Library, LibraryState } from '../state/library.ts';
import type { MenuLine } from '../state/menu-line.ts';
import type { Session } from '../state/session.ts';
import type { ShownFigureStore } from '../state/shown-figure.ts';
import { shownLanguage, shownTheme } from '../state/settings.ts';
import type { Language, Settings, ShownTheme, SystemFacts } from '../state/settings.ts';
import type { Translate } from '../view-models/failure.ts';

export interface AppServices {
  readonly session: Session;
  readonly library: Library;
  readonly store: AppStore;
  readonly settings: StoreApi<Settings>;
  readonly system: StoreApi<SystemFacts>;
  readonly hover: HoverStore;
  /** What views that draw their own figure offer for export. */
  readonly figures: ShownFigureStore<SVGSVGElement, FigureData>;
  /** What the stage draws, and what the inspector reads. */
  readonly stage: FrameSource;
  readonly inspector: FrameSource;
  /** The same of the changed run; empty while the original alone is shown. */
  readonly changedStage: FrameSource;
  readonly changedInspector: FrameSource;
  /** What the stage draws of the run that the text's own is compared with. */
  readonly besideStage: FrameSource;
  /** What the inspector reads of the cell under the pointer, or of the selected one while there is none; in both runs. */
  readonly pointed: FrameSource;
  readonly changedPointed: FrameSource;
  /** What the walk of one token draws. */
  readonly walk: FrameSource;
  /** Commands of the application's menu and of the window's own. */
  readonly menu: MenuLine;
  /** What was used last. */
  readonly history: History;
  readonly checkMachine: () => Promise<SelfCheck>;
}

const ServicesContext = createContext<AppServices | null>(null);
export const ServicesProvider = ServicesContext.Provider;

export function useServices(): AppServices {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('invalid tree: a view outside ServicesProvider');
  return services;
}

export function useApp<T>(selector: (state: AppState) => T): T {
  return useStore(useServices().store, selector);
}

export function useLibrary<T>(selector: (state: LibraryState) => T): T {
  return useStore(useServices().library.store, selector);
}

export function useSession(): Session {
  return useServices().session;
}

function useFrame(source: FrameSource): FrameState {
  return useSyncExternalStore(source.subscribe, source.getSnapshot);
}

export const useStageFrame = (): FrameState => useFrame(useServices().stage);
export const useChangedStageFrame = (): FrameState => useFrame(useServices().changedStage);
export const useBesideFrame = (): FrameState => useFrame(useServices().besideStage);
export const useWalkFrame = (): FrameState => useFrame(useServices().walk);
export const useInspectorFrame = (): FrameState => useFrame(useServices().inspector);
export const useChangedInspectorFrame = (): FrameState => useFrame(useServices().changedInspector);
export const usePointedFrame = (): FrameState => useFrame(useServices().pointed);
export const useChangedPointedFrame = (): FrameState => useFrame(useServices().changedPointed);

export function useHover(): HoverCell | null {
  const { hover } = useServices();
  return useSyncExternalStore(hover.subscribe, hover.getSnapshot);
}

export function useTheme(): ShownTheme {
  const { settings, system } = useServices();
  const theme = useStore(settings, (state) => state.theme);
  const dark = useStore(system, (state) => state.dark);
  const moreContrast = useStore(system, (state) => state.moreContrast);
  return shownTheme({ theme }, { dark, moreContrast, locale: '' });
}

export function useLanguage(): Language {
  const { settings, system } = useServices();
  const language = useStore(settings, (state) => state.language);
  const locale = useStore(system, (state) => state.locale);
  return shownLanguage({ language }, { dark: false, moreContrast: false, locale });
}

/** Words by keys that are only known at run time. */
export function useWords(): Translate {
  const { i18n } = useTranslation();
  const { language } = i18n;
  // A new translator a language: figures that were drawn with its words are drawn again.
  return useMemo(() => translator(i18n, language), [i18n, language]);
}

/** What the user prefers: language, theme and the last model; kept on this machine. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

export const LANGUAGES = ['en', 'nl'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];
export type ShownTheme = Exclude<Theme, 'system'>;

export interface Settings {
  readonly language: Language | 'system';
  readonly theme: Theme;
  readonly modelId: string | null;
  /** False: nothing moves by itself. What the system asks for (reduced motion) counts too. */
  readonly motion: boolean;
  /** Whether the stage explains its station in words and as a formula. */
  readonly explain: boolean;
  /** False: no text, model or command is kept from one start to the next. */
  readonly remember: boolean;
  /** How much larger than usual type and controls are, one of `ZOOMS`. */
  readonly zoom: number;
}

export const ZOOMS = [1, 1.25, 1.5, 1.75, 2] as const;

export interface SystemFacts {
  readonly dark: boolean;
  readonly moreContrast: boolean;
  /** BCP 47, e.g. `nl-NL`. */
  readonly locale: string;
}

const KEY = 'headlight.settings';
const DEFAULTS: Settings = {
  language: 'system',
  theme: 'system',
  modelId: null,
  motion: true,
  explain: true,
  remember: true,
  zoom: 1,
};

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

const oneOf = <T extends string>(value: unknown, allowed: readonly T[], fallback: T): T =>
  allowed.find((item) => item === value) ?? fallback;

/** Reads settings leniently: what is unknown, damaged or missing gets its default. */
export function parseSettings(text: string | null): Settings {
  let raw: unknown;
  try {
    raw = JSON.parse(text ?? 'null');
  } catch {
    return DEFAULTS;
  }
  if (typeof raw !== 'object' || raw === null) return DEFAULTS;
  const record = raw as Record<string, unknown>;
  return {
    language: oneOf(record['language'], ['system', ...LANGUAGES], 'system'),
    theme: oneOf(record['theme'], THEMES, 'system'),
    modelId: typeof record['modelId'] === 'string' ? record['modelId'] : null,
    motion: record['motion'] !== false,
    explain: record['explain'] !== false,
    remember: record['remember'] !== false,
    zoom: ZOOMS.find((zoom) => zoom === record['zoom']) ?? 1,
  };
}

/** The zoom `by` steps larger (or smaller); the ends stay where they are. */
export function stepZoom(zoom: number, by: -1 | 1): number {
  return by > 0 ? (ZOOMS.find((next) => next > zoom) ?? zoom) : (ZOOMS.findLast((next) => next < zoom) ?? zoom);
}

/** The store of settings; every change is written to `storage` (a full or forbidden storage is not an error). */
export function createSettings(storage: Storage | null): StoreApi<Settings> {
  const read = (): string | null => {
    try {
      return storage?.getItem(KEY) ?? null;
    } catch {
      return null;
    }
  };
  const store = createStore<Settings>(() => parseSettings(read()));
  store.subscribe((settings) => {
    try {
      storage?.setItem(KEY, JSON.stringify(settings));
    } catch {
      // Private windows may refuse to store; the setting then lasts as long as the window.
    }
  });
  return store;
}

export function shownLanguage(settings: Pick<Settings, 'language'>, system: SystemFacts): Language {
  if (settings.language !== 'system') return settings.language;
  return system.locale.toLowerCase().startsWith('nl') ? 'nl' : 'en';
}

export function shownTheme(settings: Pick<Settings, 'theme'>, system: SystemFacts): ShownTheme {
  if (settings.theme !== 'system') return settings.theme;
  if (system.moreContrast) return 'contrast';
  return system.dark ? 'dark' : 'light';
}

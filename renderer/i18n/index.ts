/** One catalogue, two languages. */
import i18next from 'i18next';
import type { i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../state/settings.ts';
import type { Translate } from '../view-models/failure.ts';
import { en } from './en.ts';
import { nl } from './nl.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

export const CATALOGUES = { en, nl } as const;

/** An i18next instance of its own; React escapes what is filled in, so i18next must not. */
export function createI18n(language: Language): i18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, nl: { translation: nl } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance;
}

/** A translator of keys that are only known at run time, such as a failure's reason. */
export function translator(instance: i18n): Translate {
  const lookup = (key: string, values?: Record<string, string | number>): string =>
    String(instance.t(key as never, (values ?? {}) as never));
  return Object.assign(lookup, { has: (key: string) => instance.exists(key) });
}

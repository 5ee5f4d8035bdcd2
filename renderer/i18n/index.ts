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

/** A translator into one language, for keys that are only known at run time, such as a failure's reason. */
export function translator(instance: i18n, language: string): Translate {
  // The catalogue's type knows its keys; a key made at run time is one of them, or is shown as it is.
  const lookup = instance.getFixedT(language) as unknown as (key: string, values: Values) => string;
  const words = (key: string, values?: Values): string => lookup(key, values ?? {});
  return Object.assign(words, { has: (key: string) => instance.exists(key) });
}

type Values = Record<string, string | number>;

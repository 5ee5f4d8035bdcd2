import { describe, expect, it } from 'vitest';
import { createSettings, parseSettings, shownLanguage, shownTheme } from '../../../renderer/state/settings.ts';
import type { SystemFacts } from '../../../renderer/state/settings.ts';

const DEFAULTS = {
  language: 'system',
  theme: 'system',
  modelId: null,
  motion: true,
  explain: true,
  remember: true,
  zoom: 1,
};
const facts = (change: Partial<SystemFacts> = {}): SystemFacts => ({
  dark: false,
  moreContrast: false,
  locale: 'en-GB',
  ...change,
});

describe('parseSettings', () => {
  it('takes what it knows and gives the rest its default', () => {
    expect(parseSettings(null)).toEqual(DEFAULTS);
    expect(parseSettings('not json')).toEqual(DEFAULTS);
    expect(parseSettings('"text"')).toEqual(DEFAULTS);
    expect(parseSettings('{"motion":false,"explain":"no"}')).toEqual({ ...DEFAULTS, motion: false });
    expect(parseSettings('{"remember":false,"zoom":1.5}')).toEqual({ ...DEFAULTS, remember: false, zoom: 1.5 });
    expect(parseSettings('{"zoom":9}').zoom).toBe(1);
    const text = JSON.stringify({ language: 'nl', theme: 'sepia', modelId: 3, extra: true });
    expect(parseSettings(text)).toEqual({ ...DEFAULTS, language: 'nl' });
  });
});

describe('createSettings', () => {
  it('keeps every change', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, v: string) => kept.set(key, v),
    };
    createSettings(storage).setState({ theme: 'contrast', modelId: 'tiny' });
    expect(createSettings(storage).getState()).toEqual({ ...DEFAULTS, theme: 'contrast', modelId: 'tiny' });
  });

  it('works where nothing can be stored', () => {
    const refuse = (): never => {
      throw new Error('denied');
    };
    const settings = createSettings({ getItem: refuse, setItem: refuse });
    settings.setState({ language: 'nl' });
    expect(settings.getState().language).toBe('nl');
  });
});

describe('what is shown', () => {
  const settings = parseSettings(null);
  it('follows the system until the user chooses', () => {
    expect(shownLanguage(settings, facts({ locale: 'nl-BE' }))).toBe('nl');
    expect(shownLanguage(settings, facts({ locale: 'fr-FR' }))).toBe('en');
    expect(shownLanguage({ ...settings, language: 'en' }, facts({ locale: 'nl-NL' }))).toBe('en');
    expect(shownTheme(settings, facts({ dark: true }))).toBe('dark');
    expect(shownTheme(settings, facts({ dark: true, moreContrast: true }))).toBe('contrast');
    expect(shownTheme({ ...settings, theme: 'light' }, facts({ dark: true, moreContrast: true }))).toBe('light');
  });
});

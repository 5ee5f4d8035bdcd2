/** What the palette shows for what is typed, and what choosing does. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { translator } from '../i18n/index.ts';
import { stackOf } from '../state/selection.ts';
import { stationsOf } from '../state/worked-example.ts';
import { findEntries, headEntry, paletteEntries, typedHead } from '../view-models/palette.ts';
import type { PaletteEntry, PaletteGroup } from '../view-models/palette.ts';
import { useApp, useLanguage, useServices } from './context.tsx';
import { perform } from './perform.ts';

export interface PaletteSection {
  readonly id: PaletteGroup | 'recent' | 'found';
  /** null where the entries say themselves what they are. */
  readonly title: string | null;
  readonly entries: readonly PaletteEntry[];
}

/** Sentences and heads come and go; the others are worth remembering. */
const isLasting = ({ group }: PaletteEntry): boolean => group !== 'text' && group !== 'head';

export function usePalette(
  query: string,
  onClose: () => void,
): { sections: PaletteSection[]; choose: (id: string) => void } {
  const services = useServices();
  const language = useLanguage();
  const { i18n } = useTranslation();
  const words = useMemo(() => ({ en: translator(i18n, 'en'), nl: translator(i18n, 'nl') }), [i18n]);
  const recent = useStore(services.history.store, (state) => state.commands);
  const entries = useEntries(words);
  const stack = useApp(({ model, selection }) => stackOf(model.opened?.stacks ?? [], selection));
  const place = typedHead(query, stack);
  const head = place === null ? [] : [headEntry(place, words, language)];
  const sections =
    query.trim() === ''
      ? allSections(entries, recent, words[language])
      : foundSection([...head, ...findEntries(entries, query)]);
  const choose = (id: string): void => {
    const entry = [...head, ...entries].find((each) => each.id === entryId(id));
    if (entry === undefined) return;
    onClose();
    if (isLasting(entry)) services.history.addCommand(entry.id);
    // Once the focus is back where it was: the next dialog gives it back to the same place.
    setTimeout(() => perform(services, entry.does, words[language]), 0);
  };
  return { sections, choose };
}

function useEntries(words: Parameters<typeof paletteEntries>[1]): PaletteEntry[] {
  const { history } = useServices();
  const language = useLanguage();
  const models = useApp((state) => state.models);
  const devices = useApp((state) => state.devices);
  const isExample = useApp((state) => state.covered !== null);
  const texts = useStore(history.store, (state) => state.texts);
  return useMemo(
    () => paletteEntries({ stations: stationsOf(isExample), models: models ?? [], devices, texts }, words, language),
    [isExample, models, devices, texts, words, language],
  );
}

const RECENT = 'recent:';
/** An entry that was used last stands in the list twice, under two ids. */
const entryId = (id: string): string => (id.startsWith(RECENT) ? id.slice(RECENT.length) : id);

function allSections(
  entries: readonly PaletteEntry[],
  recent: readonly string[],
  words: (key: string) => string,
): PaletteSection[] {
  const used = recent.flatMap((id) => entries.filter((entry) => entry.id === id));
  const groups = [...new Set(entries.map(({ group }) => group))];
  const sections: PaletteSection[] = groups.map((group) => ({
    id: group,
    title: words(`palette.group.${group}`),
    entries: entries.filter((entry) => entry.group === group),
  }));
  if (used.length === 0) return sections;
  const again = used.map((entry) => ({ ...entry, id: `${RECENT}${entry.id}` }));
  return [{ id: 'recent', title: words('palette.recent'), entries: again }, ...sections];
}

function foundSection(entries: readonly PaletteEntry[]): PaletteSection[] {
  return entries.length === 0 ? [] : [{ id: 'found', title: null, entries }];
}

/** What the command palette lists, and what it finds for what is typed: in English and in Dutch at once. */
import type { DeviceReport, ModelEntry, StackInfo } from '../../electron/api/index.ts';
import { ACTIONS } from '../state/actions.ts';
import type { ActionGroup, Does } from '../state/actions.ts';
import type { RecentText } from '../state/history.ts';
import type { HeadPlace } from '../state/selection.ts';
import type { Language } from '../state/settings.ts';
import type { Station } from '../state/stations.ts';
import { STAGE_VIEWS } from '../state/views.ts';
import type { StageView } from '../state/views.ts';
import type { Translate } from './failure.ts';
import { shownIndex } from './format.ts';

export type PaletteGroup = ActionGroup | 'station' | 'view' | 'model' | 'device' | 'text' | 'head';

export type PaletteDoes =
  | Does
  | { readonly station: Station }
  | { readonly view: StageView; readonly of: Station }
  | { readonly model: string }
  | { readonly device: DeviceReport['id'] | 'auto' }
  | { readonly text: RecentText }
  | { readonly head: HeadPlace };

export interface PaletteEntry {
  readonly id: string;
  readonly group: PaletteGroup;
  readonly label: string;
  readonly keys: readonly string[];
  readonly does: PaletteDoes;
  /** Everything that finds it, in small letters without accents. */
  readonly sought: string;
}

export interface PaletteFacts {
  readonly stations: readonly Station[];
  readonly models: readonly ModelEntry[];
  readonly devices: readonly DeviceReport[];
  readonly texts: readonly RecentText[];
}

export type Languages = Readonly<Record<Language, Translate>>;

/** Every entry, in the order of the groups. */
export function paletteEntries(facts: PaletteFacts, words: Languages, language: Language): PaletteEntry[] {
  const make = maker(words, language);
  const stations = facts.stations.map((id) =>
    make(`station:${id}`, 'station', (word) => word(`stage.title.${id}`), { station: id }),
  );
  const views = STAGE_VIEWS.flatMap(({ id, station }) => {
    if (station === null || !facts.stations.includes(station)) return [];
    const label = (word: Translate): string => `${word(`views.${id}`)}: ${word(`views.${id}Title`)}`;
    return [make(`view:${id}`, 'view', label, { view: id, of: station })];
  });
  const models = facts.models
    .filter(({ problem }) => problem === null)
    .map(({ id, name }) => make(`model:${id}`, 'model', () => name, { model: id }));
  const devices = [{ id: 'auto' as const, state: 'ready' }, ...facts.devices].filter(
    ({ state }) => state !== 'unavailable',
  );
  return [
    ...ACTIONS.map(({ id, group, label, keys = [], does }) => make(id, group, (word) => word(label), does, keys)),
    ...stations,
    ...views,
    ...models,
    ...devices.map(({ id }) => {
      const label = (word: Translate): string => word('palette.useDevice', { device: word(`device.${id}`) });
      return make(`device:${id}`, 'device', label, { device: id });
    }),
    ...facts.texts.map((text, index) =>
      make(`text:${index}`, 'text', () => [text.text, text.pair].filter(Boolean).join(' ⏐ '), { text }),
    ),
  ];
}

/** The head that is typed as `3.5`, `L3.H5`, `3 5` or `layer 3 head 5`, where the model has it. */
export function typedHead(query: string, stack: StackInfo | null): HeadPlace | null {
  const found = /^\s*(?:l|layer|laag)?\s*(\d+)\s*[.,:/ ]\s*(?:h|head)?\s*(\d+)\s*$/iu.exec(query);
  const [layer, head] = [Number(found?.[1]), Number(found?.[2])];
  if (found === null || stack === null || layer >= stack.layers || head >= stack.heads) return null;
  return { layer, head };
}

export function headEntry(place: HeadPlace, words: Languages, language: Language): PaletteEntry {
  const label = (word: Translate): string =>
    word('palette.headAt', { layer: shownIndex(place.layer), head: shownIndex(place.head) });
  return maker(words, language)(`head:${place.layer}.${place.head}`, 'head', label, { head: place });
}

/** What is found for `query`, best first: every word of it must be somewhere; the beginning of a word counts most. */
export function findEntries(entries: readonly PaletteEntry[], query: string): PaletteEntry[] {
  const wanted = simple(query).split(/\s+/u).filter(Boolean);
  const scored = entries.flatMap((entry) => {
    const label = simple(entry.label);
    const scores = wanted.map((word) => scoreOf(word, label, entry.sought));
    return scores.includes(0) ? [] : [{ entry, score: scores.reduce((sum, score) => sum + score, 0) }];
  });
  return scored.sort((a, b) => b.score - a.score).map(({ entry }) => entry);
}

/** 4: begins the label; 3: begins a word of it; 2: begins a word of what else finds it; 1: is in there; 0: is not. */
function scoreOf(word: string, label: string, sought: string): number {
  if (label.startsWith(word)) return 4;
  const begins = (text: string): boolean => text.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word));
  if (begins(label)) return 3;
  if (begins(sought)) return 2;
  return sought.includes(word) ? 1 : 0;
}

const simple = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

type Make = (
  id: string,
  group: PaletteGroup,
  label: (word: Translate) => string,
  does: PaletteDoes,
  keys?: readonly string[],
) => PaletteEntry;

function maker(words: Languages, language: Language): Make {
  const all = [words[language], ...Object.values(words)];
  return (id, group, label, does, keys = []) => ({
    id,
    group,
    label: label(words[language]),
    keys,
    does,
    sought: simple([...new Set(all.map((word) => `${label(word)} ${word(`palette.group.${group}`)}`))].join(' ')),
  });
}

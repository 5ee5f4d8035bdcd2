import { describe, expect, it } from 'vitest';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { ACTIONS } from '../../../renderer/state/actions.ts';
import { commandOf } from '../../../renderer/state/commands.ts';
import { ALL_STATIONS } from '../../../renderer/state/stations.ts';
import { findEntries, headEntry, paletteEntries, typedHead } from '../../../renderer/view-models/palette.ts';
import { modelEntry } from '../support.ts';

const words = { en: translator(createI18n('en'), 'en'), nl: translator(createI18n('nl'), 'nl') };
const facts = {
  stations: ALL_STATIONS,
  models: [modelEntry({ id: 'm', name: 'Model M' }), modelEntry({ id: 'broken', problem: 'no weights' })],
  devices: [
    { id: 'cpu' as const, state: 'ready' as const },
    { id: 'cuda' as const, state: 'unavailable' as const },
  ],
  texts: [{ text: 'The café is open.', pair: '' }],
};
const entries = paletteEntries(facts, words, 'en');
const found = (query: string): string[] => findEntries(entries, query).map(({ id }) => id);

describe('the table of actions', () => {
  it('has one id each, and words in both languages', () => {
    expect(new Set(ACTIONS.map(({ id }) => id)).size).toBe(ACTIONS.length);
    for (const { label } of ACTIONS) expect([words.en.has(label), words.en(label)], label).not.toEqual([false, label]);
  });

  it('names the keys that do what it says', () => {
    const names: Record<string, string> = {
      '←': 'ArrowLeft',
      '→': 'ArrowRight',
      '↑': 'ArrowUp',
      '↓': 'ArrowDown',
      Space: ' ',
    };
    let checked = 0;
    for (const { keys = [], does } of ACTIONS) {
      if (!('command' in does)) continue;
      for (const written of keys) {
        const parts = written.split(' ');
        const key = parts.at(-1) ?? '';
        const held = { altKey: false, metaKey: false, ctrlKey: parts.includes('Ctrl'), shiftKey: parts.includes('⇧') };
        const typed = key.length === 1 && !held.shiftKey ? key.toLowerCase() : key;
        expect(commandOf({ ...held, key: names[key] ?? typed }), written).toEqual(does.command);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(15);
  });
});

describe('paletteEntries', () => {
  it('lists what can be done here: no broken model, no absent device, the views with their stations', () => {
    const ids = entries.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['about', 'station:pattern', 'view:lens', 'model:m', 'device:cpu', 'text:0']),
    );
    expect(ids).not.toContain('model:broken');
    expect(ids).not.toContain('device:cuda');
    expect(new Set(ids).size).toBe(ids.length);
    const few = paletteEntries({ ...facts, stations: ['pattern'] }, words, 'en').map(({ id }) => id);
    expect(few).toContain('view:flow');
    expect(few).not.toContain('view:lens');
  });
});

describe('findEntries', () => {
  it('finds in both languages, whichever is shown', () => {
    expect(found('about')[0]).toBe('about');
    expect(found('over headlight')[0]).toBe('about');
    expect(found('instellingen')).toContain('preferences');
    expect(found('theme dark')[0]).toBe('theme-dark');
  });

  it('wants every word, minds neither capitals nor accents, and puts beginnings first', () => {
    expect(found('CAFE')).toEqual(['text:0']);
    expect(found('theme nonsense')).toEqual([]);
    expect(found('export')[0]).toBe('export');
  });
});

describe('typedHead', () => {
  const stack = { name: 'decoder', sites: ['self'], layers: 6, heads: 4, dHead: 8, hidden: 32, causal: true } as const;
  const own = { ...stack, sites: ['self' as const] };
  it.each([['3.2'], ['L3.H2'], ['3 2'], ['layer 3 head 2'], ['laag 3, head 2'], ['3:2']])('reads %s', (typed) => {
    expect(typedHead(typed, own)).toEqual({ layer: 3, head: 2 });
  });
  it.each([['6.0'], ['0.4'], ['3'], ['three.two'], ['']])('does not take %s', (typed) => {
    expect(typedHead(typed, own)).toBeNull();
  });
  it('says which head in the language shown', () => {
    expect(headEntry({ layer: 3, head: 2 }, words, 'nl').label).toBe('Laag 3, head 2');
  });
});

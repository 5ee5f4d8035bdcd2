import { describe, expect, it } from 'vitest';
import { CATALOGUES, createI18n, translator } from '../../../renderer/i18n/index.ts';
import { en } from '../../../renderer/i18n/en.ts';
import { nl } from '../../../renderer/i18n/nl.ts';
import { STATIONS } from '../../../renderer/state/stations.ts';
import { STATISTIC_ORDER } from '../../../renderer/view-models/heads.ts';

/** Every leaf of a catalogue as `a.b.c` → words. */
function leaves(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    typeof item === 'string' ? [[prefix + key, item] as [string, string]] : leaves(item as object, `${prefix}${key}.`),
  );
}

const blanks = (words: string): string[] => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

describe('the catalogue', () => {
  it('has the same keys in English and Dutch, none of them empty', () => {
    expect(leaves(nl).map(([key]) => key)).toEqual(leaves(en).map(([key]) => key));
    expect(leaves({ ...CATALOGUES }).filter(([, words]) => words.trim() === '')).toEqual([]);
  });

  it('fills in the same values in both', () => {
    const dutch = new Map(leaves(nl));
    for (const [key, words] of leaves(en)) expect([key, blanks(dutch.get(key) ?? '')]).toEqual([key, blanks(words)]);
  });

  it('has words for every station and statistic', () => {
    const words = translator(createI18n('nl'), 'nl');
    for (const { id } of STATIONS) {
      expect(words.has(`ribbon.${id}`)).toBe(true);
      expect(words.has(`stage.title.${id}`)).toBe(true);
    }
    for (const statistic of STATISTIC_ORDER) expect(words.has(`statistic.help.${statistic}`)).toBe(true);
  });
});

describe('translator', () => {
  it('speaks the language asked for and leaves tokens as they are', () => {
    const i18n = createI18n('en');
    const values = { query: '<it>', key: '&' };
    expect(translator(i18n, 'en')('inspector.looksAt', values)).toBe('<it> looks at &');
    expect(translator(i18n, 'nl')('inspector.looksAt', values)).toBe('<it> kijkt naar &');
    expect(translator(i18n, 'nl').has('failure.unheard-of')).toBe(false);
  });
});

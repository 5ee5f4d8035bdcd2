import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../../electron/api/index.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { describeChange, placeOf, tokenName } from '../../../renderer/view-models/what-if-words.ts';
import { tokensOf } from '../support.ts';

const english = translator(createI18n('en'), 'en');
const dutch = translator(createI18n('nl'), 'nl');
const setting = { tokens: tokensOf('The', 'cat', 'sat'), stacks: [{ name: 'decoder', dHead: 64 }] as const };
const LAYER = { stack: 'decoder', layer: 3 } as const;
const HEAD = { ...LAYER, head: 5 } as const;

const CASES: readonly (readonly [Intervention, string, string])[] = [
  [{ kind: 'head', site: HEAD, factor: 0 }, 'Knocked out: layer 3, head 5', 'Uitgeschakeld: laag 3, head 5'],
  [{ kind: 'head', site: LAYER, factor: 1 }, 'At full strength: layer 3', 'Op volle sterkte: laag 3'],
  [{ kind: 'head', site: {}, factor: 0.5 }, 'Strength × 0.500: all heads', 'Sterkte × 0.500: alle heads'],
  [
    { kind: 'scale', site: HEAD, factor: 1 / 16 },
    'Temperature 2.00, q·k × 0.0625: layer 3, head 5',
    'Temperatuur 2.00, q·k × 0.0625: laag 3, head 5',
  ],
  [
    { kind: 'scale', site: {}, factor: 1 },
    'q·k not divided by √d_k: all heads',
    'q·k niet gedeeld door √d_k: alle heads',
  ],
  [{ kind: 'scale', site: {}, factor: -2 }, 'q·k × −2.00: all heads', 'q·k × −2.00: alle heads'],
  [
    { kind: 'mask', site: LAYER, query: 2, key: 1, visible: false },
    '“sat” (2) no longer sees “cat” (1): layer 3',
    '“sat” (2) ziet “cat” (1) niet meer: laag 3',
  ],
  [
    { kind: 'mask', site: LAYER, query: 1, key: 9, visible: true },
    '“cat” (1) sees token 9: layer 3',
    '“cat” (1) ziet token 9: laag 3',
  ],
  [
    { kind: 'pattern', site: HEAD, pattern: 'previous' },
    'All weight on the previous token: layer 3, head 5',
    'Alle gewicht op het vorige token: laag 3, head 5',
  ],
  [
    { kind: 'pattern', site: HEAD, pattern: [0, 2].map((query) => ({ query, weights: [1, 0, 0] })) },
    'Drawn row of “The” (0), “sat” (2): layer 3, head 5',
    'Getekende rij van “The” (0), “sat” (2): laag 3, head 5',
  ],
];

describe('describeChange', () => {
  it.each(CASES)('%j', (intervention, inEnglish, inDutch) => {
    expect(describeChange(intervention, setting, english)).toBe(inEnglish);
    expect(describeChange(intervention, setting, dutch)).toBe(inDutch);
  });

  it('has words for every pattern in both languages', () => {
    for (const words of [english, dutch])
      for (const pattern of ['uniform', 'previous', 'first'] as const)
        expect(describeChange({ kind: 'pattern', site: {}, pattern }, setting, words)).not.toContain('whatIf');
  });

  it('names no temperature where stacks divide by different roots', () => {
    const stacks = [
      { name: 'encoder', dHead: 64 },
      { name: 'decoder', dHead: 32 },
    ] as const;
    const scale = { kind: 'scale', factor: 0.5 } as const;
    expect(describeChange({ ...scale, site: {} }, { ...setting, stacks }, english)).toBe('q·k × 0.500: all heads');
    expect(describeChange({ ...scale, site: HEAD }, { ...setting, stacks }, english)).toContain('Temperature');
  });
});

it('names the stack where there are several', () => {
  const stacks = [
    { name: 'encoder', dHead: 64 },
    { name: 'decoder', dHead: 64 },
  ] as const;
  expect(placeOf(HEAD, { stacks }, english)).toBe('decoder, layer 3, head 5');
  expect(placeOf({ stack: 'decoder' }, setting, english)).toBe('decoder');
  expect(tokenName(setting, 1, english)).toBe('“cat” (1)');
});

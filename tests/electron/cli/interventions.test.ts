import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../../native-models/index.ts';
import { parseCommandLine } from '../../../electron/cli/arguments.ts';
import { UsageError } from '../../../electron/cli/command.ts';
import type { Command } from '../../../electron/cli/command.ts';
import {
  INTERVENTION_OPTIONS,
  interventionWords,
  readInterventions,
  scaleOfHead,
} from '../../../electron/cli/interventions.ts';
import { intervention, z } from './schemas.ts';

const command: Command = {
  options: { text: { value: 'T', help: 'the text' }, ...INTERVENTION_OPTIONS },
  examples: [],
  run: () => Promise.resolve(),
};

async function read(...words: string[]): Promise<readonly Intervention[]> {
  const entry = { name: 'run', summary: '', load: () => Promise.resolve(command) };
  const parsed = await parseCommandLine(['run', ...words], [entry]);
  if (parsed.kind !== 'run') throw new Error(parsed.kind);
  return readInterventions(parsed.values);
}

const decoder = (layer: number, head?: number) => ({
  stack: 'decoder' as const,
  layer,
  ...(head === undefined ? {} : { head }),
});

describe('readInterventions(values)', () => {
  it.each<[string[], Intervention[]]>([
    [['--ablate', 'decoder.3.self:5'], [{ kind: 'head', site: decoder(3, 5), factor: 0 }]],
    [['--ablate', 'decoder.3.self'], [{ kind: 'head', site: decoder(3), factor: 0 }]],
    [
      ['--ablate', 'encoder.11.self:1,5,1'],
      [
        { kind: 'head', site: { stack: 'encoder', layer: 11, head: 1 }, factor: 0 },
        { kind: 'head', site: { stack: 'encoder', layer: 11, head: 5 }, factor: 0 },
      ],
    ],
    [
      ['--keep', 'decoder.3.self:1,5'],
      [
        { kind: 'head', site: decoder(3), factor: 0 },
        { kind: 'head', site: decoder(3, 1), factor: 1 },
        { kind: 'head', site: decoder(3, 5), factor: 1 },
      ],
    ],
    [['--scale', '1'], [{ kind: 'scale', site: {}, factor: 1 }]],
    [['--scale', '-.5e-1'], [{ kind: 'scale', site: {}, factor: -0.05 }]],
    [['--scale=decoder.1.self:0=1'], [{ kind: 'scale', site: decoder(1, 0), factor: 1 }]],
    [['--scale', 'decoder.1.self=0'], [{ kind: 'scale', site: decoder(1), factor: 0 }]],
    [['--mask', '4:2'], [{ kind: 'mask', site: {}, query: 4, key: 2, visible: false }]],
    [['--mask', 'decoder.1.self:0=4:2'], [{ kind: 'mask', site: decoder(1, 0), query: 4, key: 2, visible: false }]],
    [['--unmask', '2:4'], [{ kind: 'mask', site: {}, query: 2, key: 4, visible: true }]],
    [['--unmask', 'decoder.1.self=2:4'], [{ kind: 'mask', site: decoder(1), query: 2, key: 4, visible: true }]],
    [['--pattern', 'previous'], [{ kind: 'pattern', site: {}, pattern: 'previous' }]],
    [
      ['--pattern', 'decoder.1.self:0,2=uniform'],
      [
        { kind: 'pattern', site: decoder(1, 0), pattern: 'uniform' },
        { kind: 'pattern', site: decoder(1, 2), pattern: 'uniform' },
      ],
    ],
    [
      ['--pattern', 'vision.0.self=first'],
      [{ kind: 'pattern', site: { stack: 'vision', layer: 0 }, pattern: 'first' }],
    ],
    [['--text', 'x'], []],
  ])('%j', async (words, expected) => {
    const found = await read(...words);
    expect(found).toEqual(expected);
    expect(z.array(intervention).parse(found)).toEqual(expected);
  });

  it('keeps the order of the command line across options', async () => {
    const list = await read('--mask', '4:2', '--scale', '1', '--text', 'x', '--unmask', '4:2', '--mask', '5:0');
    expect(
      list.map((each) => (each.kind === 'mask' ? `${each.query}:${each.key} ${each.visible}` : each.kind)),
    ).toEqual(['4:2 false', 'scale', '4:2 true', '5:0 false']);
  });

  const FORMS = {
    ablate: 'a layer or some of its heads, such as decoder.3.self or decoder.3.self:1,5',
    keep: 'heads of a layer, such as decoder.3.self:5 or decoder.3.self:1,5',
    scale: 'a number, such as 1 for all heads or decoder.1.self:0=1 for one',
    mask: 'a query and a key, such as 4:2 for all heads or decoder.1.self:0=4:2 for one',
    unmask: 'a query and a key, such as 2:4 for all heads or decoder.1.self:0=2:4 for one',
    pattern: 'uniform, previous or first, such as uniform for all heads or decoder.1.self:0=uniform for one',
  };
  const WRONG = {
    ablate: [
      '',
      '3',
      'decoder',
      'decoder.3',
      'decoder.3.self:',
      'decoder.3.self:x',
      'decoder.3.self:1,',
      'decoder.-1.self',
    ],
    keep: ['decoder.3.self', '5', 'decoder.3.cross:5', 'decoder.3.self:5=1', ' decoder.3.self:5'],
    scale: [
      '',
      'one',
      '1/2',
      '0x10',
      'Infinity',
      'NaN',
      '1,5',
      'decoder.1.self:0',
      'decoder.1.self:0=',
      '=1',
      'decoder.1=1',
    ],
    mask: [
      '',
      '4',
      '4:',
      ':2',
      '4:2:1',
      '4.5:2',
      '-1:2',
      '4,2',
      'decoder.1.self:0',
      'decoder.1.self:0=4',
      'decoder.1:0=4:2',
    ],
    unmask: ['4-2', 'decoder.1.self=4'],
    pattern: ['', 'next', 'Uniform', 'decoder.1.self:0', 'decoder.1.self:0=', 'decoder.1.self:0=previous,first'],
  };
  const pairs = Object.entries(WRONG).flatMap(([name, wrong]) => wrong.map((value) => [name, value] as const));
  it.each(pairs)('--%s refuses %j and says what it takes', async (name, value) => {
    const form = FORMS[name as keyof typeof FORMS];
    await expect(read(`--${name}=${value}`)).rejects.toThrow(
      new UsageError(`--${name} takes ${form}; "${value}" is not one.`),
    );
  });

  it.each(Object.entries(FORMS))('the examples in the error of --%s are right', async (name, form) => {
    const examples = form
      .slice(form.indexOf('such as ') + 'such as '.length)
      .split(' or ')
      .map((part) => part.replace(/ for (all heads|one)$/, ''));
    expect(examples).toHaveLength(2);
    for (const example of examples) expect((await read(`--${name}`, example)).length).toBeGreaterThan(0);
  });
});

it('interventionWords(list) says each in a phrase', async () => {
  const words = ['--ablate', 'decoder.3.self:5', '--keep', 'decoder.1.self:0', '--scale', '-0.5', '--mask', '4:2'];
  const more = ['--unmask', 'decoder.1.self:0=2:4', '--pattern', 'decoder.1.self=uniform'];
  expect(interventionWords(await read(...words, ...more))).toEqual([
    'decoder.3.self:5 knocked out',
    'decoder.1.self knocked out',
    'decoder.1.self:0 kept',
    'q·k × −0.5 in all heads',
    'query 4 does not see key 2 in all heads',
    'query 2 sees key 4 in decoder.1.self:0',
    'uniform pattern in decoder.1.self',
  ]);
  const drawn = { kind: 'pattern', site: { head: 1 }, pattern: [{ query: 3, weights: [1] }] } as const;
  expect(interventionWords([drawn, { kind: 'head', site: {}, factor: 0.5 }])).toEqual([
    'drawn pattern of query 3 in *.*.self:1',
    'all heads × 0.5',
  ]);
});

it('scaleOfHead(list, place) is the last scale that covers the head', async () => {
  const list = await read(
    '--scale',
    '1',
    '--scale',
    'decoder.1.self=2',
    '--scale',
    'decoder.1.self:0=3',
    '--mask',
    '1:0',
  );
  const of = (layer: number, head: number) => scaleOfHead(list, { stack: 'decoder', layer, head });
  expect([of(0, 0), of(1, 1), of(1, 0)]).toEqual([1, 2, 3]);
  expect(scaleOfHead(list, { stack: 'encoder', layer: 1, head: 0 })).toBe(1);
  expect(scaleOfHead([], { stack: 'decoder', layer: 0, head: 0 })).toBeNull();
});

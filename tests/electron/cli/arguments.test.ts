import { describe, expect, it } from 'vitest';
import { nearest, parseCommandLine } from '../../../electron/cli/arguments.ts';
import type { Command, CommandEntry, Values } from '../../../electron/cli/command.ts';
import { UsageError } from '../../../electron/cli/command.ts';

const draw: Command = {
  options: {
    text: { value: 'T', help: 'the text', required: true },
    layer: { value: 'N', help: 'the layer' },
    theme: { value: 'T', help: 'the theme' },
    json: { help: 'JSON' },
    hide: { value: 'Q:K', help: 'hides', repeatable: true },
    show: { value: 'Q:K', help: 'shows', repeatable: true },
  },
  examples: [],
  run: () => Promise.resolve(),
};
const entry = (name: string): CommandEntry => ({ name, summary: name, load: () => Promise.resolve(draw) });
const commands = [entry('draw'), entry('trace')];

async function values(...words: string[]): Promise<Values> {
  const parsed = await parseCommandLine(['draw', ...words], commands);
  if (parsed.kind !== 'run') throw new Error(parsed.kind);
  return parsed.values;
}

describe('parseCommandLine(words, commands)', () => {
  it.each([
    [[], 'help'],
    [['--help'], 'help'],
    [['-h'], 'help'],
    [['help'], 'help'],
    [['help', 'draw'], 'help'],
    [['draw', '--help'], 'help'],
    [['draw', '--text', 'x', '-h'], 'help'],
    [['--version'], 'version'],
    [['draw', '--text', 'x'], 'run'],
  ] as [string[], string][])('%j is %s', async (words, kind) => {
    expect((await parseCommandLine(words, commands)).kind).toBe(kind);
  });

  it('reads text, flags and values with an equals sign, in any order', async () => {
    const read = await values('--json', '--layer=3', '--text', 'it is -5 degrees');
    expect([read.flag('json'), read.count('layer'), read.text('text')]).toEqual([true, 3, 'it is -5 degrees']);
    expect([read.flag('text'), read.text('theme')]).toEqual([false, undefined]);
  });

  it('keeps repeatable options in the order they were given, across options', async () => {
    const read = await values('--show', '1:2', '--text', 'x', '--hide=4:2', '--show', '-1', '--hide', '4:2');
    expect(read.repeated).toEqual([
      { name: 'show', value: '1:2' },
      { name: 'hide', value: '4:2' },
      { name: 'show', value: '-1' },
      { name: 'hide', value: '4:2' },
    ]);
    expect((await values('--text', 'x')).repeated).toEqual([]);
    await expect(values('--text', 'x', '--hide', '--json')).rejects.toThrow('The option --hide needs a value');
  });

  it('takes texts that begin with a dash', async () => {
    expect((await values('--text', '-5 degrees')).text('text')).toBe('-5 degrees');
    expect((await values('--text=--layer')).text('text')).toBe('--layer');
    expect((await values('--text', '')).text('text')).toBe('');
  });

  it.each([
    [['drwa'], 'There is no command "drwa". Did you mean draw?'],
    [['help', 'sing'], 'There is no command "sing". The commands are draw, trace.'],
    [['draw', '--text', 'x', '--layr', '2'], '`draw` has no option --layr; did you mean --layer?'],
    [['draw', '--text', 'x', '-x'], '`draw` has no option -x; see `headlight help draw`.'],
    [['draw', '--text', 'x', '--constructor'], '`draw` has no option --constructor; see `headlight help draw`.'],
    [['draw', '--text', 'x', '--text', 'y'], 'The option --text was given twice.'],
    [['draw', '--text'], 'The option --text needs a value.'],
    [
      ['draw', '--text', '--json'],
      'The option --text needs a value; for one that begins with "--" write --text=--json.',
    ],
    [['draw', '--text', 'x', '--json=yes'], 'The option --json takes no value.'],
    [
      ['draw', '--text', 'The', 'animal'],
      '"animal" belongs to no option; put words with spaces in quotes: --text "one two".',
    ],
    [['draw', '--layer', '2'], 'The option --text is missing; see `headlight help draw`.'],
  ] as [string[], string][])('%j is refused', async (words, message) => {
    await expect(parseCommandLine(words, commands)).rejects.toThrow(new UsageError(message));
  });
});

describe('Values', () => {
  it.each([
    ['1.5', '--layer takes a whole number, 0 to 9; "1.5" is not one.'],
    ['-1', '--layer takes a whole number, 0 to 9; "-1" is not one.'],
    ['10', '--layer takes a whole number, 0 to 9; "10" is not one.'],
    ['', '--layer takes a whole number, 0 to 9; "" is not one.'],
    ['1e1', '--layer takes a whole number, 0 to 9; "1e1" is not one.'],
  ])('count refuses %j', async (text, message) => {
    const read = await values('--text', 'x', `--layer=${text}`);
    expect(() => read.count('layer', { most: 9 })).toThrow(new UsageError(message));
  });

  it('choice takes one of its words, else the standard one', async () => {
    const read = await values('--text', 'x', '--theme', 'dusk');
    expect(() => read.choice('theme', ['light', 'dark'], 'light')).toThrow(
      '--theme is one of light, dark; "dusk" is not.',
    );
    expect((await values('--text', 'x')).choice('theme', ['light', 'dark'], 'light')).toBe('light');
  });
});

it('nearest(word, names) finds small slips only', () => {
  const names = ['--layer', '--head', '--out'];
  expect(['--layr', '--haed', '--o', 'x'].map((word) => nearest(word, names))).toEqual([
    '--layer',
    '--head',
    '--out',
    undefined,
  ]);
});

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../../electron/cli/cli.ts';
import { readProvenance } from '../../../../renderer/export/read-provenance.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headlight-from-'));
const at = (name: string): string => path.join(folder, name);

async function figure(...words: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const output = {
    write: () => undefined,
    note: (text: string) => {
      said += text;
    },
  };
  return { code: await runCli(['figure', ...words], output), said };
}

const GPT = ['--model', 'headlight-gpt', '--text', "The animal didn't cross the street because it was too"];
const BERT = ['--model', 'headlight-bert', '--text', 'The capital of <France> & "Spain" is [MASK].'];

/** Every figure that the command line draws, with changes, themes and languages among them. */
const FIGURES: Readonly<Record<string, readonly string[]>> = {
  heatmap: [...GPT, '--layer', '2', '--head', '1'],
  atlas: [...BERT, '--figure', 'atlas'],
  'token-flow': [
    ...GPT,
    '--figure',
    'token-flow',
    '--heads',
    '2.1,0.3',
    '--theme',
    'dark',
    '--ablate',
    'decoder.0.self:1',
  ],
  qkv: [...GPT, '--figure', 'station', '--stage', 'qkv', '--layer', '1', '--head', '2', '--language', 'nl'],
  scores: [...GPT, '--figure', 'station', '--stage', 'scores', '--theme', 'dark'],
  tokens: [...GPT, '--figure', 'station', '--stage', 'tokens'],
  output: [...GPT, '--figure', 'station', '--stage', 'output'],
  prediction: [...GPT, '--figure', 'station', '--stage', 'prediction', '--language', 'nl'],
  walk: [
    ...GPT,
    '--figure',
    'walk',
    '--query',
    '5',
    '--layer',
    '2',
    '--scale',
    '1',
    '--theme',
    'dark',
    '--language',
    'nl',
  ],
  flow: [...GPT, '--figure', 'flow', '--heads', '2.1,0.3', '--query', '5'],
  reading: [...GPT, '--figure', 'reading', '--layer', '2', '--query', '8', '--unit', 'words'],
  layers: [...GPT, '--figure', 'layers', '--query', '9', '--method', 'flow'],
  heads: [...BERT, '--figure', 'heads', '--theme', 'contrast'],
  beside: [...GPT, '--figure', 'beside', '--beside-text', 'The animal was too tired.'],
  pieces: [...GPT, '--figure', 'pieces', '--query', '4'],
  tokenizers: [...GPT, '--figure', 'tokenizers', '--beside-model', 'headlight-bert'],
  vocabulary: [...GPT, '--figure', 'vocabulary', '--search', 'king'],
  neighbours: [...GPT, '--figure', 'neighbours', '--query', '1', '--depth', '3'],
  positions: [...GPT, '--figure', 'positions'],
  'lm-head': [...GPT, '--figure', 'lm-head', '--pattern', 'uniform'],
  generate: [...GPT, '--figure', 'generate', '--layer', '2', '--steps', '5'],
  lens: [...GPT, '--figure', 'lens', '--colour', 'entropy', '--language', 'nl'],
  fill: [...BERT, '--figure', 'fill', '--masked', '2'],
  surprise: [...GPT, '--figure', 'surprise', '--mask', '4:2'],
};

describe('figure --from', () => {
  it.each(Object.entries(FIGURES))(
    'makes %s again, byte for byte, from its SVG and from its bundle',
    async (name, words) => {
      expect(await figure(...words, '--out', at(`${name}.svg`))).toEqual({ code: 0, said: '' });
      expect(await figure(...words, '--out', at(`${name}.zip`))).toEqual({ code: 0, said: '' });
      const first = readFileSync(at(`${name}.svg`));
      for (const ending of ['svg', 'zip']) {
        expect(await figure('--from', at(`${name}.${ending}`), '--out', at('again.svg'))).toEqual({
          code: 0,
          said: '',
        });
        expect(readFileSync(at('again.svg')).equals(first), ending).toBe(true);
      }
      const { weights, tokens } = readProvenance('a.svg', first);
      expect(weights).toMatch(/^[0-9a-f]{64}$/);
      expect(tokens?.length).toBeGreaterThan(5);
    },
    60_000,
  );

  it.each(['png', 'pdf', 'json'])('makes the same SVG from a .%s', async (ending) => {
    const words = [...GPT, '--layer', '1', '--head', '0'];
    await figure(...words, '--out', at('one.svg'));
    await figure(...words, '--out', at(`one.${ending}`));
    expect(await figure('--from', at(`one.${ending}`), '--out', at('two.svg'))).toEqual({ code: 0, said: '' });
    expect(readFileSync(at('two.svg')).equals(readFileSync(at('one.svg')))).toBe(true);
  });

  const provenance = {
    ...{
      application: 'Headlight',
      version: '0.1.0',
      figure: 'heatmap',
      model: 'headlight-gpt',
      text: 'a b',
      device: 'cpu',
    },
    command: { layer: '0', head: '0' },
  };
  const sidecar = (changes: object): string => {
    const file = at('side.json');
    writeFileSync(file, JSON.stringify({ ...provenance, ...changes }));
    return file;
  };

  it.each([
    ['a newer version', { version: '99.0.0' }, /was made by Headlight 99\.0\.0, which is newer than this one/],
    [
      'other weights',
      { weights: 'f'.repeat(64) },
      /was made with other weights of headlight-gpt: SHA-256 ffffffffffff…, here /,
    ],
    ['a model that is not here', { model: 'nobody/nothing' }, /nobody\/nothing/],
    ['an option that is none', { command: { out: '/tmp/elsewhere.svg' } }, /has the unknown option out/],
    ['changes that are none', { interventions: [{ kind: 'explode' }] }, /has changes to the model that are none/],
    [
      'a view of the window alone',
      { command: undefined, figure: 'projector' },
      /shows what only the window draws \(projector\)/,
    ],
  ])('says what is wrong with %s', async (_what, changes, message) => {
    const { code, said } = await figure('--from', sidecar(changes), '--out', at('x.svg'));
    expect(code).toBe(2);
    expect(said).toMatch(message);
  });

  it('takes no option of a figure beside it', async () => {
    const { code, said } = await figure('--from', sidecar({}), '--layer', '1', '--out', at('x.svg'));
    expect([code, said]).toEqual([
      2,
      'headlight: --from says how the figure is drawn; --layer cannot stand beside it.\n',
    ]);
  });
});

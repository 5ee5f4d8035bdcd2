import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openModel, runText, slice } from '../../../native-models/index.ts';
import { colourScale, scoreScale, THEMES, weightScale } from '../../../renderer/figures/index.ts';
import { decodePng, parseSvg } from '../../renderer/figures/support.ts';
import { cli, temporaryFolder, TINY_BERT, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();
const text = 'The keeper lit the lamp & left.';

async function figure(file: string, ...words: string[]): Promise<Uint8Array> {
  const out = path.join(temporaryFolder(), file);
  const result = await cli('figure', '--model', TINY_GPT2, '--text', text, '--out', out, ...words);
  expect(result).toEqual({ code: 0, out: `${out}\n`, err: '' });
  return new Uint8Array(readFileSync(out));
}

async function svg(...words: string[]): Promise<Document> {
  return parseSvg(
    new TextDecoder().decode(await figure('f.svg', '--figure', 'heatmap', '--layer', '2', '--head', '1', ...words)),
  );
}

async function matrix(name: string, head: number): Promise<Float32Array> {
  const model = await openModel(TINY_GPT2, { device: 'cpu' });
  const { data } = await slice(await runText(model, { text }), name, head);
  await model.dispose();
  return data;
}

describe('headlight figure --figure heatmap', () => {
  it('draws the weights of the head that was asked for', async () => {
    const page = await svg();
    const fills = [...page.querySelectorAll('.cells rect')].map((cell) => cell.getAttribute('fill'));
    const weights = await matrix('decoder.2.self.pattern', 1);
    const { colour } = colourScale(weightScale(), THEMES.light);
    expect(fills).toEqual([...weights].map(colour));
    expect(page.documentElement.textContent).toContain('decoder.2.self.pattern, head 1');
    expect(page.documentElement.textContent).toContain('rows sum to 1');
  });

  it.each(['scores', 'scaled', 'masked'] as const)('draws %s around 0, hatched where masked', async (stage) => {
    const page = await svg('--stage', stage, '--theme', 'dark');
    const fills = [...page.querySelectorAll('.cells rect')].map((cell) => cell.getAttribute('fill'));
    const values = await matrix(`decoder.2.self.${stage}`, 1);
    const { colour } = colourScale(scoreScale(values), THEMES.dark);
    expect(fills).toEqual([...values].map((value) => (value === -Infinity ? 'url(#heatmap-masked)' : colour(value))));
    expect(fills.includes('url(#heatmap-masked)')).toBe(stage === 'masked');
  });

  it('ends its scale where it is told to', async () => {
    const weights = await matrix('decoder.2.self.pattern', 1);
    const fills = async (max: string) =>
      [...(await svg('--max', max)).querySelectorAll('.cells rect')].map((cell) => cell.getAttribute('fill'));
    const expected = (max: number) => [...weights].map(colourScale(weightScale({ max }), THEMES.light).colour);
    expect(await fills('0.25')).toEqual(expected(0.25));
    expect(await fills('auto')).toEqual(expected(weights.reduce((most, value) => Math.max(most, value), 0)));
  });

  it('says where it comes from', async () => {
    const page = await svg('--stage', 'scaled');
    const facts: unknown = JSON.parse(page.querySelector('metadata')!.textContent);
    expect(facts).toMatchObject({
      application: 'Headlight',
      figure: 'heatmap',
      text,
      stack: 'decoder',
      site: 'self',
      layer: 2,
      head: 1,
      stage: 'scaled',
      device: 'cpu',
    });
  });

  it('draws a what-if, and says so in subtitle, legend, description and provenance', async () => {
    const whatIf = ['--mask', '3:1', '--scale', 'decoder.2.self:1=0.5', '--mask', 'decoder.2.self:1=4:0'];
    const page = await svg('--stage', 'masked', ...whatIf);
    const fills = [...page.querySelectorAll('.cells rect')].map((cell) => cell.getAttribute('fill'));
    const tokens = Math.sqrt(fills.length);
    const masked = (query: number, key: number) => fills[query * tokens + key] === 'url(#heatmap-masked)';
    expect([masked(3, 1), masked(4, 0), masked(3, 0), masked(4, 1)]).toEqual([true, true, false, false]);
    const words =
      'query 3 does not see key 1 in all heads; q·k × 0.5 in decoder.2.self:1; query 4 does not see key 0 in decoder.2.self:1';
    expect(page.querySelector('title')!.textContent).toContain(`what if: ${words}`);
    expect(page.querySelector('desc')!.textContent).toContain(`What if: ${words}.`);
    expect(page.documentElement.textContent).toContain('q·k × 0.5, linear scale');
    expect(page.documentElement.textContent).not.toContain('√');
    const facts = JSON.parse(page.querySelector('metadata')!.textContent) as Record<string, unknown>;
    expect(facts['interventions']).toEqual([
      { kind: 'mask', site: {}, query: 3, key: 1, visible: false },
      { kind: 'scale', site: { stack: 'decoder', layer: 2, head: 1 }, factor: 0.5 },
      { kind: 'mask', site: { stack: 'decoder', layer: 2, head: 1 }, query: 4, key: 0, visible: false },
    ]);
    expect(await svg('--stage', 'masked')).toSatisfy(
      (plain: Document) => !/what if/i.test(plain.documentElement.textContent),
    );
  });

  it('marks a query and a key', async () => {
    const page = await svg('--query', '3', '--key', '0');
    expect(page.querySelectorAll('.selection rect')).toHaveLength(3);
  });

  it('writes PNG at twice the size, or as asked', async () => {
    const page = await svg();
    const width = Number(page.querySelector('svg')!.getAttribute('width'));
    for (const [words, ratio] of [
      [[], 2],
      [['--ratio', '1'], 1],
    ] as const) {
      const png = await figure('f.png', '--layer', '2', '--head', '1', ...words);
      const view = new DataView(png.buffer);
      expect(view.getUint32(16)).toBe(width * ratio);
    }
  });
});

it('headlight figure --figure atlas draws every head', async () => {
  const page = parseSvg(new TextDecoder().decode(await figure('a.svg', '--figure', 'atlas')));
  const url = page.querySelector('image')!.getAttribute('href')!;
  const { width, height } = decodePng(Uint8Array.from(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')));
  expect(width / height).toBeCloseTo(4 / 3, 1);
  expect(page.querySelector('desc')!.textContent).toContain('3 layers by 4 heads');
});

it('headlight figure --figure atlas draws a what-if', async () => {
  const picture = async (...words: string[]) => {
    const page = parseSvg(new TextDecoder().decode(await figure('a.svg', '--figure', 'atlas', ...words)));
    return { page, url: page.querySelector('image')!.getAttribute('href') };
  };
  const plain = await picture();
  const { page, url } = await picture('--pattern', 'decoder.0.self=first', '--colour-scale', 'linear');
  expect(url).not.toBe((await picture('--colour-scale', 'linear')).url);
  expect(page.querySelector('title')!.textContent).toContain('what if: first pattern in decoder.0.self');
  expect(JSON.parse(page.querySelector('metadata')!.textContent)).toMatchObject({
    interventions: [{ kind: 'pattern', site: { stack: 'decoder', layer: 0 }, pattern: 'first' }],
  });
  expect(plain.page.querySelector('metadata')!.textContent).not.toContain('interventions');
});

it('headlight figure takes two texts', async () => {
  const out = path.join(temporaryFolder(), 'f.svg');
  const words = ['--model', TINY_BERT, '--text', 'the lamp', '--pair', 'the sea', '--layer', '0', '--head', '0'];
  expect((await cli('figure', ...words, '--out', out)).code).toBe(0);
  const page = parseSvg(readFileSync(out, 'utf8'));
  const labels = [...page.querySelectorAll('.row-labels text')].map((label) => label.textContent);
  expect(labels.filter((label) => label === '[SEP]')).toHaveLength(2);
});

describe('bad input: exit code 2, one sentence, no file', () => {
  const where = ['--layer', '2', '--head', '1'];
  it.each([
    [['--layer', '3', '--head', '0'], /--layer 3: .* has 3 layers, 0 to 2/],
    [['--layer', '0', '--head', '4'], /--head 4: .* has 4 heads, 0 to 3/],
    [['--layer', '0'], /The option --head is missing; it counts from 0/],
    [['--layer', '-1', '--head', '0'], /--layer takes a whole number/],
    [['--layer', 'two', '--head', '0'], /--layer takes a whole number, 0 or more; "two" is not one/],
    [[...where, '--stage', 'softmax'], /--stage is one of pattern, scores, scaled, masked; "softmax" is not/],
    [
      [...where, '--figure', 'flower'],
      /--figure is one of heatmap, atlas, token-flow, station, .*, surprise; "flower" is not/,
    ],
    [[...where, '--theme', 'pink'], /--theme is one of light, dark, contrast/],
    [[...where, '--palette', 'puor'], /--palette is one of headlight/],
    [[...where, '--query', '99'], /--query 99: the text has \d+ tokens, 0 to/],
    [[...where, '--stack', 'encoder'], /--stack is one of decoder; "encoder" is not/],
    [[...where, '--site', 'cross'], /--site is one of self; "cross" is not/],
    [[...where, '--scale', 'sqrt'], /--scale is what q·k is multiplied by; .* is --colour-scale sqrt/],
    [[...where, '--colour-scale', 'symlog'], /--colour-scale is one of sqrt, linear; "symlog" is not/],
    [[...where, '--pattern', 'next'], /--pattern takes uniform, previous or first, such as .*; "next" is not one/],
    [[...where, '--keep', 'decoder.2.self:4'], /There is no decoder, layer 2, head 4 in this model/],
    [[...where, '--max', '0'], /--max takes a number above 0; "0" is not one/],
    [[...where, '--max', 'all'], /--max takes a number above 0/],
    [[...where, '--width', '5'], /--width takes a whole number, 240 to 10000/],
    [['--figure', 'atlas', '--layer', '1'], /--layer is for the heatmap/],
    [
      [...where, '--out', 'f.gif'],
      /ends in \.svg or \.pdf or \.png or \.csv or \.json or \.npz or \.zip; "f\.gif" does not/,
    ],
    [[...where, '--out', '/no/such/folder/f.svg'], /there is no folder/],
  ] as [string[], RegExp][])('%j', async (words, message) => {
    const folder = temporaryFolder();
    const out = words.includes('--out') ? [] : ['--out', path.join(folder, 'f.svg')];
    const result = await cli('figure', '--model', TINY_GPT2, '--text', text, ...out, ...words);
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.err).toMatch(message);
    expect(result.err).toMatch(/^headlight: [^\n]+\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('headlight figure --figure token-flow', () => {
  const drawn = async (...words: string[]) =>
    parseSvg(new TextDecoder().decode(await figure('t.svg', '--figure', 'token-flow', ...words)));

  it('has a line for every weight of the heads from the threshold on, and names them', async () => {
    const page = await drawn('--heads', '2.1,0.3', '--threshold', '0.1');
    const weights = [await matrix('decoder.2.self.pattern', 1), await matrix('decoder.0.self.pattern', 3)];
    const above = weights.flatMap((each) => [...each]).filter((weight) => weight >= Math.fround(0.1));
    expect(page.querySelectorAll('.lines path')).toHaveLength(above.length);
    expect(page.querySelector('.legend')!.textContent).toContain('layer 2 · head 1layer 0 · head 3');
    expect(page.querySelector('.legend')!.textContent).toContain('at least 0.1');
  });

  it('makes the lines of a query stand out, and says where one head is', async () => {
    const page = await drawn('--layer', '2', '--head', '1', '--query', '3', '--top-k', '2');
    const chosen = page.querySelectorAll('.lines.chosen path').length;
    expect(chosen).toBeGreaterThan(0);
    expect(chosen).toBeLessThanOrEqual(2);
    const facts: unknown = JSON.parse(page.querySelector('metadata')!.textContent);
    expect(facts).toMatchObject({ figure: 'token-flow', layer: 2, head: 1, stage: 'pattern' });
  });

  it.each([
    [['--heads', '9.0'], 'has heads 0.0 to 2.3.'],
    [['--heads', '1'], '--heads takes layers and heads such as 1.2,0.3, from 0; "1" is not one.'],
    [['--heads', '1.0,1.0'], '--heads has 1.0 twice.'],
    [['--heads', '1.0', '--layer', '1'], '--heads and --layer: one of them says which heads.'],
    [['--layer', '1'], 'The option --head is missing; it counts from 0.'],
    [['--heads', '1.0', '--threshold', '2'], '--threshold takes a number from 0 to 1; "2" is not one.'],
    [['--heads', '1.0', '--stage', 'scores'], '--stage is for the heatmap; the token flow draws weights as lines.'],
  ])('%o: says what is wrong', async (words, message) => {
    const out = path.join(temporaryFolder(), 't.svg');
    const result = await cli(
      'figure',
      '--model',
      TINY_GPT2,
      '--text',
      text,
      '--out',
      out,
      '--figure',
      'token-flow',
      ...words,
    );
    expect([result.code, result.err.trim()]).toEqual([2, expect.stringContaining(message)]);
  });

  it('its options are for no other figure', async () => {
    const out = path.join(temporaryFolder(), 'f.svg');
    const words = ['--figure', 'atlas', '--heads', '1.0'];
    const result = await cli('figure', '--model', TINY_GPT2, '--text', text, '--out', out, ...words);
    expect(result.err).toContain('--heads is for --figure token-flow.');
  });
});

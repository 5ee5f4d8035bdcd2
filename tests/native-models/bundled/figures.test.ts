/** The bundled models do what their cards claim: measured here again, with our engine, on the committed weights. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openModel, scoreHeads } from '../../../native-models/index.ts';
import type { HeadScore, Model, ScoredHead } from '../../../native-models/index.ts';
import { bitsPerByte, maskedTop1, PASSAGE_WORDS } from './passage.ts';

const fileOf = (model: string, name: string) =>
  new URL(`../../../native-models/bundled/${model}/${name}`, import.meta.url);

/** The number that the pattern's group finds in a model's card. */
function claimed(card: string, pattern: RegExp): number {
  const found = pattern.exec(card.replace(/\s+/gu, ' '))?.[1];
  if (found === undefined) throw new Error(`the card claims nothing like ${pattern.source}`);
  return Number(found);
}

/** What the card says of the best head of a score. */
function claimedHead(card: string, score: string): { layer: number; head: number; weight: number } {
  const found = new RegExp(`\\| ${score} \\|[^|]*\\| layer (\\d+), head (\\d+): ([\\d.]+) \\|`, 'u').exec(card);
  if (found === null) throw new Error(`the card names no ${score} head`);
  return { layer: Number(found[1]), head: Number(found[2]), weight: Number(found[3]) };
}

describe.each(['headlight-gpt', 'headlight-bert'])('%s', (name) => {
  const card = readFileSync(fileOf(name, 'README.md'), 'utf8');
  const isGpt = name === 'headlight-gpt';
  let model: Model;
  let heads: readonly ScoredHead[];

  beforeAll(async () => {
    model = await openModel(name, { device: 'cpu' });
    heads = await scoreHeads(model);
  }, 60_000);
  afterAll(() => model.dispose());

  const scoreOf = (layer: number, head: number, score: HeadScore) =>
    heads.find((each) => each.layer === layer && each.head === head)!.scores[score];

  it('has the weights whose sum the card gives, in at most 20 MB', () => {
    const weights = fileOf(name, 'model.safetensors');
    expect(card).toContain(createHash('sha256').update(readFileSync(weights)).digest('hex'));
    expect(statSync(weights).size).toBeLessThanOrEqual(20e6);
  });

  it('reaches the figure of the card on our own passage, within 2%', async () => {
    expect(PASSAGE_WORDS).toBeGreaterThanOrEqual(2000);
    const figure = isGpt ? await bitsPerByte(model) : 100 * (await maskedTop1(model));
    const claim = claimed(card, isGpt ? /: ([\d.]+) bits per byte\./u : /: ([\d.]+)% of [\d,]+ masked pieces/u);
    expect(Math.abs(figure / claim - 1)).toBeLessThan(0.02);
  }, 120_000);

  it.each([
    ['previous token', 'previousToken'],
    ['induction', 'induction'],
    ['duplicate token', 'duplicateToken'],
  ] as const)('scores the card’s %s head as the card does', (label, score) => {
    const claim = claimedHead(card, label);
    expect(scoreOf(claim.layer, claim.head, score)).toBeCloseTo(claim.weight, 1);
  });
});

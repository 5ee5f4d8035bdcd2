import { expect, it } from 'vitest';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import { STATIONS } from '../../../renderer/state/stations.ts';
import type { Station } from '../../../renderer/state/stations.ts';
import { placeText, captionKey, subtitleText, valueName } from '../../../renderer/view-models/stage-text.ts';
import { cellReadout } from '../../../renderer/view-models/readout.ts';
import { openedModel, token } from '../support.ts';

const words = translator(createI18n('en'), 'en');
const model = openedModel();
const [stack] = model.stacks;
const at = (station: Station) => ({ ...FIRST_SELECTION, station, layer: 1, head: 2 });

it('names the place as exactly as the station has one', () => {
  expect(placeText(at('pattern'), model, words)).toBe('layer 1, head 2');
  expect(placeText(at('output'), model, words)).toBe('layer 1');
  expect(placeText(at('residual'), model, words)).toBe('layer 1');
  expect(placeText(at('final'), model, words)).toBe('tiny');
});

it('has a subtitle for every station, true to the model', () => {
  for (const { id } of STATIONS) expect(subtitleText(at(id), stack!, null, words)).not.toMatch(/stage\.|\{\{/);
  expect(subtitleText(at('masked'), stack!, null, words)).toContain('causal');
  expect(subtitleText(at('masked'), { ...stack!, causal: false }, null, words)).toContain('hides nothing');
  expect(subtitleText(at('scaled'), stack!, null, words)).toContain('√2');
  const prediction = { kind: 'masked-token', token: '[MASK]', scale: 'softmax' } as const;
  expect(subtitleText(at('prediction'), stack!, prediction, words)).toContain('[MASK]');
  const label = { ...prediction, kind: 'token-classification', token: 'Ada' } as const;
  expect(subtitleText(at('prediction'), stack!, label, words)).toContain('label of “Ada”');
  for (const [scale, said] of [
    ['softmax', 'the class of'],
    ['sigmoid', 'which classes'],
    ['value', 'a value for'],
  ] as const) {
    expect(subtitleText(at('prediction'), stack!, { kind: 'classification', token: '', scale }, words)).toContain(said);
    expect(words(captionKey('prediction', { ...model, head: 'classification', scale }, false))).toMatch(/^The output/u);
  }
  expect(captionKey('prediction', model, true)).toBe('walk.caption.prediction');
});

it('valueName is the name of the traced value, as files have it', () => {
  expect(valueName([])).toBe('');
  expect(valueName([{ name: 'decoder.1.hidden' }])).toBe('decoder.1.hidden');
  expect(valueName([{ name: 'decoder.1.self.pattern', head: 2 }])).toBe('decoder.1.self.pattern[2]');
  const three = ['q', 'k', 'v'].map((name) => ({ name: `decoder.1.self.${name}`, head: 2 }));
  expect(valueName(three)).toBe('decoder.1.self.{q,k,v}[2]');
});

it('cellReadout says weights, scores and hidden cells', () => {
  const [it, was] = [token(0, 'it'), token(1, 'was')];
  expect(cellReadout('pattern', it, was, 0.41, words)).toBe('it looks at was: weight 0.4100');
  expect(cellReadout('scores', it, was, -2, words)).toBe('it, was: −2.000');
  expect(cellReadout('masked', it, was, -Infinity, words)).toContain('cannot see');
  expect(cellReadout('pattern', it, undefined, 0.41, words)).toBe('');
});

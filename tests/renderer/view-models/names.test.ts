import { expect, it } from 'vitest';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import { STATIONS } from '../../../renderer/state/stations.ts';
import { inspectorSlices, stationSlices } from '../../../renderer/view-models/names.ts';

const selection = { ...FIRST_SELECTION, stack: 'encoder', layer: 3, head: 2 } as const;

it('asks for the traced value of each station, of one head where it has heads', () => {
  const asked = STATIONS.map(({ id }) => [
    id,
    stationSlices({ ...selection, station: id }).map(({ name, head }) => `${name}#${head ?? ''}`),
  ]);
  expect(Object.fromEntries(asked)).toEqual({
    tokens: [],
    embedding: ['embedding.sum#'],
    qkv: ['encoder.3.self.q#2', 'encoder.3.self.k#2', 'encoder.3.self.v#2'],
    scores: ['encoder.3.self.scores#2'],
    scaled: ['encoder.3.self.scaled#2'],
    masked: ['encoder.3.self.masked#2'],
    pattern: ['encoder.3.self.pattern#2'],
    context: ['encoder.3.self.context#2'],
    output: ['encoder.3.self.output#'],
    residual: ['encoder.3.hidden#'],
    final: ['encoder.final#'],
    prediction: [],
  });
});

it('asks for six values of the head for the inspector', () => {
  expect(inspectorSlices(selection).map(({ name }) => name.slice('encoder.3.self.'.length))).toEqual([
    'q',
    'k',
    'scores',
    'scaled',
    'masked',
    'pattern',
  ]);
});

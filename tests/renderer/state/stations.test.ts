import { expect, it } from 'vitest';
import { STATIONS, stationRow, stepStation } from '../../../renderer/state/stations.ts';

it('steps from station to station in the order of the computation and stops at both ends', () => {
  const walked = [STATIONS[0].id as (typeof STATIONS)[number]['id']];
  for (let step = 0; step < STATIONS.length + 2; step += 1) walked.push(stepStation(walked[walked.length - 1]!, 1));
  expect(walked.slice(0, STATIONS.length)).toEqual(STATIONS.map(({ id }) => id));
  expect(walked.at(-1)).toBe('prediction');
  expect(stepStation('tokens', -1)).toBe('tokens');
});

it('steps only among the stations that there are', () => {
  expect(stepStation('qkv', 1, ['tokens', 'qkv', 'context'])).toBe('context');
  expect(stepStation('context', 1, ['tokens', 'qkv', 'context'])).toBe('context');
  expect(stepStation('qkv', -1, ['tokens', 'qkv', 'context'])).toBe('tokens');
});

it('names the invalid station', () => {
  expect(() => stationRow('nowhere' as 'tokens')).toThrow('invalid station: nowhere');
});

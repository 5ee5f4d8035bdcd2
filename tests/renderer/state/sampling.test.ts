import { describe, expect, it } from 'vitest';
import {
  isPlain,
  topKPlace,
  topKSteps,
  typedSeed,
  typedTemperature,
  typedTopK,
  typedTopP,
} from '../../../renderer/state/sampling.ts';

describe('typed settings', () => {
  it('take numbers with a point or a comma, inside their range', () => {
    expect(['0.7', '0,7', ' 2 ', '.5', '1000'].map(typedTemperature)).toEqual([0.7, 0.7, 2, 0.5, 1000]);
    expect(['0', '-1', '1001', '', 'warm', '1e3', '1.2.3'].map(typedTemperature)).toEqual(Array(7).fill(null));
    expect(['1', '0,95', '0.001'].map(typedTopP)).toEqual([1, 0.95, 0.001]);
    expect(['0', '1.01', '', 'x'].map(typedTopP)).toEqual([null, null, null, null]);
    expect(['0', '4294967295'].map(typedSeed)).toEqual([0, 4294967295]);
    expect(['-1', '1.5', '4294967296', ''].map(typedSeed)).toEqual([null, null, null, null]);
  });

  it('top-k: empty, or as many as there are, keeps all', () => {
    expect(['', ' ', '100', '250'].map((text) => typedTopK(text, 100))).toEqual([null, null, null, null]);
    expect(['1', '99'].map((text) => typedTopK(text, 100))).toEqual([1, 99]);
    expect(['0', '2.5', 'x', '-3'].map((text) => typedTopK(text, 100))).toEqual(Array(4).fill(undefined));
  });
});

describe('topKSteps(vocabulary)', () => {
  it('grows to the vocabulary, and ends with all', () => {
    expect(topKSteps(40)).toEqual([1, 2, 3, 5, 10, 20, 30, null]);
    expect(topKSteps(8192).at(-2)).toBe(5000);
    expect(topKSteps(1)).toEqual([null]);
  });

  it('topKPlace finds the next step for a number that was typed', () => {
    const steps = topKSteps(1000);
    for (const step of steps) expect(steps[topKPlace(steps, step)]).toBe(step);
    expect(steps[topKPlace(steps, 40)]).toBe(50);
    expect(steps[topKPlace(steps, 700)]).toBeNull();
  });
});

it('isPlain only without any filter', () => {
  const plain = { temperature: 1, topK: null, topP: 1 };
  expect(isPlain(plain)).toBe(true);
  expect([{ temperature: 0.9 }, { topK: 5 }, { topP: 0.9 }].some((change) => isPlain({ ...plain, ...change }))).toBe(
    false,
  );
});

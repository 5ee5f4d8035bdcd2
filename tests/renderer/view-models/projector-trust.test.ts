import { describe, expect, it } from 'vitest';
import { trustOf } from '../../../renderer/view-models/projector-trust.ts';

describe('what a score says', () => {
  it('is measured from chance: half of 5 among 10 others is nothing', () => {
    expect(trustOf({ score: 0.5, k: 5 }, 11)).toEqual({ chance: 0.5, level: 'low' });
    expect(trustOf({ score: 0.5, k: 10 }, 10_001)).toEqual({ chance: 0.001, level: 'middle' });
    expect(trustOf({ score: 0.9, k: 5 }, 11).level).toBe('high');
    expect(trustOf({ score: 1, k: 1 }, 2)).toEqual({ chance: 1, level: 'low' });
  });
});

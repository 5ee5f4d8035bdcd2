import { expect, it } from 'vitest';
import { trueMinus } from '../../../renderer/figures/number.ts';

it('trueMinus(number) writes every sign, the exponent’s too', () => {
  expect(['-35.89', '-1.5e-7', '2e-9', '0.5', '3e+8'].map(trueMinus)).toEqual([
    '−35.89',
    '−1.5e−7',
    '2e−9',
    '0.5',
    '3e+8',
  ]);
});

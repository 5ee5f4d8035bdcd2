import { describe, expect, it } from 'vitest';
import { divergence, logProbabilities } from '../../../native-models/trace/distribution.ts';

describe('logProbabilities', () => {
  it('is ln of the softmax', () => {
    const logs = logProbabilities(Float32Array.of(0, Math.log(3), -Infinity));
    expect(logs[0]).toBeCloseTo(Math.log(1 / 4), 7);
    expect(logs[1]).toBeCloseTo(Math.log(3 / 4), 7);
    expect(logs[2]).toBe(-Infinity);
  });

  it('keeps the small probabilities of logits whose exponentials overflow', () => {
    const logs = logProbabilities(Float32Array.of(2000, 1000));
    expect(Array.from(logs)).toEqual([0, -1000]);
  });

  it.each([[NaN], [Infinity]])('refuses %d', (logit) => {
    expect(() => logProbabilities(Float32Array.of(0, logit, 1))).toThrow('The logits are not finite numbers');
  });
});

describe('divergence', () => {
  const logs = (...probabilities: number[]) => Float64Array.from(probabilities, Math.log);

  it('is Σ P·ln(P/Q), in that direction', () => {
    const [p, q] = [logs(0.5, 0.5), logs(0.9, 0.1)];
    expect(divergence(p, q)).toBeCloseTo(0.5 * Math.log(0.5 / 0.9) + 0.5 * Math.log(0.5 / 0.1), 12);
    expect(divergence(q, p)).toBeCloseTo(0.9 * Math.log(0.9 / 0.5) + 0.1 * Math.log(0.1 / 0.5), 12);
  });

  it('is 0 for the same twice, and never below', () => {
    const p = logProbabilities(Float32Array.from({ length: 1000 }, (_, id) => Math.sin(id) * 9));
    expect(divergence(p, p)).toBe(0);
    expect(
      divergence(
        p,
        p.map((log) => log + 1e-12),
      ),
    ).toBe(0);
  });

  it('counts nothing for what P rules out, and is infinite for what only Q rules out', () => {
    expect(divergence(logs(1, 0), logs(0.5, 0.5))).toBeCloseTo(Math.LN2, 12);
    expect(divergence(logs(1, 0), logs(1, 0))).toBe(0);
    expect(divergence(logs(0.5, 0.5), logs(1, 0))).toBe(Infinity);
  });
});

import { describe, expect, it } from 'vitest';
import {
  largestWeight,
  pictureBytes,
  STATISTIC_ORDER,
  statisticOf,
  tellingHead,
} from '../../../renderer/view-models/heads.ts';
import { siteSummary } from '../support.ts';

it('reads a statistic by its name and place, whatever the order of the summary', () => {
  const summary = siteSummary();
  expect(statisticOf(summary, 1, 2, 'previous')).toBeCloseTo(5.3, 6);
  expect(statisticOf({ ...summary, order: [...summary.order].reverse() }, 1, 2, 'previous')).toBeCloseTo(5.2, 6);
  expect(statisticOf({ ...summary, order: ['entropy'] }, 0, 0, 'self')).toBeNaN();
});

it('tellingHead prefers a focused head that does not merely look at the first token or separators', () => {
  const heads = [
    [2, 0, 0.1, 0, 0, 0.1], // spread out
    [0.1, 0, 0.95, 0, 0, 0], // on the first token
    [0.1, 0, 0, 0, 0, 0.95], // on separators
    [0.4, 0, 0.1, 0.8, 0, 0.1], // on the token before
    [1, 0, 0, 0, 0, 0],
    [1.5, 0, 0, 0, 0, 0],
  ];
  const summary = siteSummary({ statistics: Float32Array.from(heads.flat()).buffer, order: [...STATISTIC_ORDER] });
  expect(tellingHead(summary, 8)).toEqual({ layer: 1, head: 0 });
});

describe('the range of colours', () => {
  const size = { layers: 1, heads: 2, grid: 2 };

  it('is the bytes as they are where it is shared', () => {
    const pictures = Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80).buffer;
    expect([...pictureBytes(siteSummary({ ...size, pictures }), 'shared')]).toEqual([...new Uint8Array(pictures)]);
  });

  it('ends at the largest weight of each head where it is its own', () => {
    const pictures = Uint8Array.of(51, 102, 0, 51, 0, 10, 5, 20).buffer;
    const summary = siteSummary({ ...size, pictures });
    expect([...pictureBytes(summary, 'own')]).toEqual([128, 255, 0, 128, 0, 128, 64, 255]);
    expect(largestWeight(summary, 0, 0)).toBeCloseTo(0.16, 12);
    expect([...new Uint8Array(summary.pictures)]).toEqual([51, 102, 0, 51, 0, 10, 5, 20]);
  });

  it('leaves aside a first token that has only itself to look at', () => {
    const summary = siteSummary({ ...size, pictures: Uint8Array.of(255, 0, 51, 102, 255, 0, 255, 0).buffer });
    expect(largestWeight(summary, 0, 0)).toBeCloseTo(0.16, 12);
    expect([...pictureBytes(summary, 'own')].slice(0, 4)).toEqual([255, 0, 128, 255]);
    expect(largestWeight(summary, 0, 1)).toBe(1);
  });

  it('divides by nothing where a head has no weights', () => {
    const summary = siteSummary({ ...size, pictures: new Uint8Array(8).buffer });
    expect([...pictureBytes(summary, 'own')]).toEqual(new Array(8).fill(0));
  });
});

import { describe, expect, it } from 'vitest';
import {
  flowAxis,
  focusSpan,
  shownTokens,
  tokenAt,
  tokenHeight,
  tokenMiddle,
} from '../../../renderer/figures/token-flow-axis.ts';

const place = { top: 30, height: 600 };

describe('places of tokens', () => {
  it('without a focus all have the same height, and together the whole', () => {
    const axis = flowAxis(40, place, null);
    for (let token = 0; token < 40; token += 1) expect(tokenHeight(axis, token)).toBeCloseTo(15, 9);
    expect([axis.edges[0], axis.edges[40]]).toEqual([30, 630]);
    expect(axis.starts).toHaveLength(41);
  });

  it('with a focus its tokens have two thirds, and the others stay in order', () => {
    const axis = flowAxis(1024, place, { first: 500, last: 529 });
    expect(tokenHeight(axis, 515)).toBeCloseTo((600 * 0.66) / 30, 6);
    expect(tokenHeight(axis, 3)).toBeLessThan(0.3);
    expect(axis.edges[1024]).toBeCloseTo(630, 6);
    for (let token = 0; token < 1024; token += 1) expect(tokenHeight(axis, token)).toBeGreaterThan(0);
  });

  it('bundles are at least 3 px high, cover every token once and stop at the focus', () => {
    const axis = flowAxis(1024, place, { first: 500, last: 529 });
    const { starts, bundleOf, edges } = axis;
    expect(starts.length).toBeLessThan(120);
    expect([...starts]).toContain(500);
    expect([...starts]).toContain(530);
    for (let token = 0; token < 1024; token += 1) {
      const bundle = bundleOf[token]!;
      expect(token >= starts[bundle]! && token < starts[bundle + 1]!).toBe(true);
    }
    for (let bundle = 0; bundle + 1 < starts.length; bundle += 1) {
      const height = edges[starts[bundle + 1]!]! - edges[starts[bundle]!]!;
      const isCut = [500, 530, 1024].includes(starts[bundle + 1]!);
      if (!isCut) expect(height).toBeGreaterThan(2.99);
    }
    for (let token = 500; token < 530; token += 1) expect(starts[bundleOf[token]!]).toBe(token);
  });

  it('the token at a height is the one that is drawn there', () => {
    const axis = flowAxis(300, place, { first: 10, last: 40 });
    for (let token = 0; token < 300; token += 1) {
      expect(tokenAt(axis, tokenMiddle(axis, token))).toBe(token);
      expect(tokenAt(axis, axis.edges[token]!)).toBe(token);
    }
    expect(tokenAt(axis, 29.9)).toBeNull();
    expect(tokenAt(axis, 630)).toBeNull();
  });
});

describe('the focus', () => {
  it('is none where all tokens are readable', () => {
    expect(focusSpan(40, 600, { centre: 3, wish: null, pitch: 12.5 })).toBeNull();
    expect(focusSpan(40, 600, { centre: 3, wish: 60, pitch: 12.5 })).toBeNull();
  });

  it.each([
    [0, 0, 30],
    [500, 485, 515],
    [1023, 993, 1023],
  ])('around token %i: %i to %i, inside the text', (centre, first, last) => {
    const span = focusSpan(1024, 600, { centre, wish: null, pitch: 12.5 });
    expect(span).toEqual({ first, last });
  });
});

describe('labels', () => {
  it.each([undefined, 0, 77, 700, 1023])('never touch, and that of token %s is among them', (selected) => {
    const axis = flowAxis(1024, place, { first: 500, last: 529 });
    const shown = shownTokens(axis, 12, selected);
    expect(shown.length).toBeGreaterThan(35);
    expect(shown.length).toBeLessThanOrEqual(51);
    for (let at = 1; at < shown.length; at += 1)
      expect(tokenMiddle(axis, shown[at]!) - tokenMiddle(axis, shown[at - 1]!)).toBeGreaterThanOrEqual(11.99);
    if (selected !== undefined) expect(shown).toContain(selected);
  });

  it('are there for every token where there is room', () => {
    expect(shownTokens(flowAxis(40, place, null), 12)).toHaveLength(40);
  });
});

import { describe, expect, it } from 'vitest';
import type { GeneratedToken, GenerationState } from '../../../electron/api/index.ts';
import { branchTree, largestWeights, segmentText, textTokens } from '../../../renderer/view-models/generation.ts';
import type { Segment } from '../../../renderer/view-models/generation.ts';
import { token } from '../support.ts';

const made = (node: number, parent: number | null, text: string, position = 2 + node): GeneratedToken => ({
  ...{ node, parent, position, id: node, text, by: 'sample', rank: 0, probability: 0.5, sampled: 0.5, drawn: 0.1 },
});
const state = (nodes: readonly GeneratedToken[], path: readonly number[]): GenerationState => ({
  ...{ generationId: 'g', stopped: null, text: '', maxTokens: 16, nodes: [...nodes] },
  prompt: [token(0, 'The', { start: 0, end: 3 }), token(1, 'sea', { start: 3, end: 7 })],
  path: path.map((node) => nodes[node]!),
});

describe('textTokens(state, text)', () => {
  it('gives given and generated tokens with the white space before them', () => {
    const nodes = [made(0, null, ' was'), made(1, 0, ' calm'), made(2, 1, '.'), made(3, 2, '⏎'), made(4, 3, ' ')];
    const tokens = textTokens(state(nodes, [0, 1, 2, 3, 4]), 'The sea');
    expect(tokens.map(({ before, text }) => [before, text])).toEqual([
      ['', 'The'],
      [' ', 'sea'],
      [' ', 'was'],
      [' ', 'calm'],
      ['', '.'],
      ['', '⏎'],
      [' ', '␣'],
    ]);
    expect(tokens.map(({ kind }) => kind)).toEqual(['text', 'text', 'text', 'text', 'text', 'mark', 'mark']);
    expect(tokens.map(({ index, generated }) => [index, generated?.node ?? null])).toEqual([
      [0, null],
      [1, null],
      [2, 0],
      [3, 1],
      [4, 2],
      [5, 3],
      [6, 4],
    ]);
  });
});

describe('branchTree(state)', () => {
  const shape = (segments: readonly Segment[]): unknown =>
    segments.map(({ tokens, isShown, children }) => [tokens.map(({ node }) => node), isShown, shape(children)]);

  it('is one segment without forks, and none without tokens', () => {
    const nodes = [made(0, null, ' a'), made(1, 0, ' b')];
    expect(shape(branchTree(state(nodes, [0, 1])))).toEqual([[[0, 1], true, []]]);
    expect(branchTree(state([], []))).toEqual([]);
  });

  it('ends a segment at a fork, and where it was stepped back to', () => {
    const nodes = [
      ...[made(0, null, ' a'), made(1, 0, ' b'), made(2, 1, ' c')],
      ...[made(3, 0, ' x', 3), made(4, 3, ' y', 4), made(5, null, ' z', 2)],
    ];
    expect(shape(branchTree(state(nodes, [0, 3])))).toEqual([
      [
        [0],
        true,
        [
          [[1, 2], false, []],
          [[3], true, [[[4], false, []]]],
        ],
      ],
      [[5], false, []],
    ]);
  });
});

it('segmentText is one line, and is cut with a mark', () => {
  const tokens = [made(0, null, ' one'), made(1, 0, ' two'), made(2, 1, ' three')];
  expect(segmentText({ tokens })).toBe('one two three');
  expect(segmentText({ tokens }, 8)).toBe('one two…');
  expect(segmentText({ tokens: [made(0, null, ' ')] })).toBe('␣');
});

it('largestWeights lists the largest first, the earlier token where two are equal', () => {
  const weights = Float32Array.of(0.125, 0.5, 0.125, 0.25);
  expect(largestWeights(weights, 3)).toEqual([
    { index: 1, weight: 0.5 },
    { index: 3, weight: 0.25 },
    { index: 0, weight: 0.125 },
  ]);
});

import { describe, expect, it } from 'vitest';
import { bytesOfPiece, textOfBytes } from '../../../native-models/tokenizer/bytes.ts';
import { decodePiece, labelOf, labelWithSpace } from '../../../native-models/tokenizer/pieces.ts';
import { utf16Positions } from '../../../native-models/tokenizer/offsets.ts';

describe('bytes', () => {
  it('every byte has one character, as in GPT-2', () => {
    const table = Array.from({ length: 0x180 }, (_, code) => bytesOfPiece(String.fromCharCode(code))?.[0]);
    expect(table.filter((byte) => byte !== undefined).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 256 }, (_, b) => b),
    );
    expect(Array.from('ĠĊĉA¡ÿ').map((character) => bytesOfPiece(character)?.[0])).toEqual([32, 10, 9, 65, 161, 255]);
    expect(bytesOfPiece('日')).toBeNull();
  });

  it.each([
    [[0x68, 0x69], 'hi'],
    [[0xc3, 0xa9], 'é'],
    [[0xf0, 0x9f, 0x98, 0x80], '😀'],
    [[0xf0, 0x9f], '‹F0 9F›'],
    [[0x98, 0x80, 0x41], '‹98 80›A'],
    [[0x20, 0xe2, 0x80], ' ‹E2 80›'],
    [[0xc0, 0x80], '‹C0 80›'],
    [[0xed, 0xa0, 0x80], '‹ED A0 80›'],
    [[0xf5, 0x41], '‹F5›A'],
    [[0xe6, 0x97, 0xa5, 0xe6], '日‹E6›'],
    [[], ''],
  ])('%j reads %s', (bytes, text) => {
    expect(textOfBytes(Uint8Array.from(bytes))).toBe(text);
  });
});

describe('labels', () => {
  it.each([
    [' animal', 'animal', ' animal'],
    ['ing', 'ing', 'ing'],
    [' ', '␣', ' '],
    ['   ', '␣␣␣', '   '],
    ['\n', '⏎', '⏎'],
    ['\n\n', '⏎⏎', '⏎⏎'],
    ['\t', '⇥', '⇥'],
    [' ‹F0 9F›', '‹F0 9F›', ' ‹F0 9F›'],
    ['\u0301', '◌\u0301', '◌\u0301'],
    ['\u200d', '‹U+200D›', '‹U+200D›'],
    ['\ufe0f', '‹U+FE0F›', '‹U+FE0F›'],
    ['👩‍🚀', '👩‍🚀', '👩‍🚀'],
    ['\u0007', '‹U+0007›', '‹U+0007›'],
    ['e\u0301', 'e\u0301', 'e\u0301'],
    ['日', '日', '日'],
  ])('%j is shown as %s', (decoded, label, withSpace) => {
    expect(labelOf(decoded)).toBe(label);
    expect(labelWithSpace(decoded)).toBe(withSpace);
  });

  it('takes the marks of the vocabulary off', () => {
    expect(decodePiece('Ġanimal', { kind: 'byte-level' })).toBe(' animal');
    expect(decodePiece('▁animal', { kind: 'metaspace' })).toBe(' animal');
    expect(decodePiece('<0x0A>', { kind: 'metaspace' })).toBe('\n');
    expect(decodePiece('##ing', { kind: 'wordpiece', prefix: '##' })).toBe('ing');
    expect(decodePiece('##', { kind: 'wordpiece', prefix: '##' })).toBe('##');
    expect(decodePiece('Ġanimal', { kind: 'plain' })).toBe('Ġanimal');
  });
});

describe('utf16Positions', () => {
  it('counts a character outside the basic plane as two', () => {
    const at = utf16Positions('a😀b𝒳');
    expect([0, 1, 2, 3, 4, 5, -1, 99].map(at)).toEqual([0, 1, 3, 4, 6, 6, 0, 6]);
  });

  it('is the identity for other texts', () => {
    const at = utf16Positions('café');
    expect([0, 3, 4, 9].map(at)).toEqual([0, 3, 4, 4]);
  });
});

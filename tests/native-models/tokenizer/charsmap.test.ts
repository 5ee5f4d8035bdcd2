import { describe, expect, it } from 'vitest';
import { isSafeCharsmap } from '../../../native-models/tokenizer/charsmap.ts';
import { modelErrorOf } from '../checkpoint/support.ts';
import { changed, openFiles, TINY_BERT } from './support.ts';

const UNITS = 512;
const LEAF = 0x100;

/** A node of the double array: its byte, where its children's block begins (`at` XOR offset), and whether a value hangs on it. */
const unit = (byte: number, offset: number, leaf: boolean): number => byte | (leaf ? LEAF : 0) | (offset << 10);

/** A map that turns "A" into "b": the root's children in the block at 256, the value of A at 256 again. */
function mapOfA(changes: Readonly<Record<number, number>> = {}, replacements = 'b\0'): string {
  const units = new Uint32Array(UNITS);
  units[0] = unit(0, 256, false);
  // "A" stands at 256 ^ 0x41; its children's block begins at 256 (offset 0x41), where its own value is.
  units[256 ^ 0x41] = unit(0x41, 0x41, true);
  units[256] = 0;
  for (const [at, value] of Object.entries(changes)) units[Number(at)] = value;
  const bytes = Buffer.alloc(4 + 4 * UNITS);
  bytes.writeUInt32LE(4 * UNITS);
  units.forEach((value, at) => bytes.writeUInt32LE(value >>> 0, 4 + 4 * at));
  return Buffer.concat([bytes, Buffer.from(replacements)]).toString('base64');
}

describe('isSafeCharsmap', () => {
  it('accepts a sound map, which the native library then uses', async () => {
    expect(isSafeCharsmap(mapOfA())).toBe(true);
    const normalizer = { type: 'Sequence', normalizers: [{ type: 'Precompiled', precompiled_charsmap: mapOfA() }] };
    const tokenizer = await openFiles({ 'tokenizer.json': changed(TINY_BERT, { normalizer }) });
    const { tokens } = await tokenizer.encode({ text: 'AoAts' });
    const plain = await openFiles({ 'tokenizer.json': changed(TINY_BERT, {}) });
    expect(tokens.map(({ id }) => id)).toEqual((await plain.encode({ text: 'bobts' })).ids);
  });

  it.each([
    ['a number', 5],
    ['no base64', 'a-b_'],
    ['base64 cut off', mapOfA().slice(0, -1)],
    ['nothing', ''],
    ['four bytes', 'AAAAAA=='],
    ['a trie of no units', Buffer.from([0, 0, 0, 0, 98, 0, 0, 0]).toString('base64')],
    ['a trie longer than the map', Buffer.from([255, 255, 255, 255, 0, 0, 0, 0]).toString('base64')],
    ['a root whose children lie outside', mapOfA({ 0: unit(0, 512, false) })],
    ['a node whose children lie outside', mapOfA({ [256 ^ 0x41]: unit(0x41, 0x41 ^ 768, false) })],
    ['a value over the end of the replacements', mapOfA({ 256: 3 })],
    ['a value inside a character', mapOfA({ 256: 1 }, 'é\0')],
    [
      'replacements that are not UTF-8',
      Buffer.concat([Buffer.from(mapOfA(), 'base64'), Buffer.of(0xff)]).toString('base64'),
    ],
  ])('refuses %s', async (_, map) => {
    expect(isSafeCharsmap(map)).toBe(false);
    const normalizer = { type: 'Precompiled', precompiled_charsmap: map };
    const error = await modelErrorOf(() => openFiles({ 'tokenizer.json': changed(TINY_BERT, { normalizer }) }));
    expect(error.reason).toBe('tokenizer-unreadable');
  });

  it('ends on a trie that leads in circles', () => {
    const start = performance.now();
    // "A" leads to its own block again, so that AAAA… walks for ever.
    expect(isSafeCharsmap(mapOfA({ [256 ^ 0x41]: unit(0x41, 0x41, false) }))).toBe(true);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

import { describe, expect, it } from 'vitest';
import { describeJson, duplicateKey, quote } from '../../../native-models/checkpoint/json.ts';

describe('duplicateKey', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{ "a" : {"b":1, "c":{}, "b" :2} }', 'b'],
    ['[{"a":1},{"b":[{"x":1,"x":1}]}]', 'x'],
    ['{"\\u0061":1,"a":2}', 'a'],
    ['{"a\\"":1,"a\\"":2}', 'a"'],
  ])('finds it in %s', (text, key) => {
    JSON.parse(text);
    expect(duplicateKey(text)).toBe(key);
  });

  it.each([
    '{}',
    '{"a":{"a":{"a":"a"}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"b","b":"a"}',
    '{"a":["a","a"]}',
    '{"a":"\\"a\\":1","b":"{\\"a\\":1,"}',
    '{"__proto__":1,"constructor":2}',
  ])('finds none in %s', (text) => {
    JSON.parse(text);
    expect(duplicateKey(text)).toBeNull();
  });
});

describe('quote and describeJson', () => {
  it('keep a message on one short line', () => {
    expect(quote('a\n"b"')).toBe('"a\\n\\"b\\""');
    expect(quote('x'.repeat(1000))).toHaveLength(83);
    expect([null, undefined, [], {}, 1, true, 'a'].map(describeJson)).toEqual([
      'null',
      'nothing',
      'a list',
      'an object',
      '1',
      'true',
      'the string "a"',
    ]);
  });
});

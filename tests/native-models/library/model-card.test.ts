import { describe, expect, it } from 'vitest';
import { licenseOf } from '../../../native-models/library/model-card.ts';

describe('licenseOf', () => {
  it.each([
    ['---\nlicense: mit\n---\n# A model', 'mit'],
    ['---\r\nlanguage: en\r\nlicense: apache-2.0\r\n---\r\n', 'apache-2.0'],
    ['---\nlicense: "cc-by-4.0" # see below\n---\n', 'cc-by-4.0'],
    ["---\nlicense: 'cc0-1.0'\n---\n", 'cc0-1.0'],
    ['---\nlicense:\n- mit\n- apache-2.0\nlanguage: nl\n---\n', 'mit, apache-2.0'],
    ['---\nlicense: [mit, openrail]\n---\n', 'mit, openrail'],
    ['---\nlicense: other\nlicense_name: gemma\n---\n', 'gemma'],
    ['---\nlicense: other\n---\n', 'other'],
    ['---\nlicense:\nlanguage: nl\n---\n', null],
    ['---\nlanguage: nl\n---\nlicense: mit\n', null],
    ['---\nbase:\n  license: mit\n---\n', null],
    ['---\nlicense: mit\n', null],
    ['# A model\nlicense: mit\n', null],
    ['', null],
  ])('of %j is %s', (card, license) => {
    expect(licenseOf(card)).toBe(license);
  });
});

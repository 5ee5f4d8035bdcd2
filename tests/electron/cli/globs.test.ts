import { describe, expect, it } from 'vitest';
import { chooseNames } from '../../../electron/cli/globs.ts';

const names = [
  'embedding.sum',
  'decoder.0.self.q',
  'decoder.0.self.pattern',
  'decoder.1.self.q',
  'decoder.10.self.q',
  'logits',
];

describe('chooseNames(globs, names)', () => {
  it.each([
    ['*', names],
    ['logits', ['logits']],
    ['decoder.*.self.q', ['decoder.0.self.q', 'decoder.1.self.q', 'decoder.10.self.q']],
    ['decoder.?.self.q', ['decoder.0.self.q', 'decoder.1.self.q']],
    ['logits, *.pattern', ['decoder.0.self.pattern', 'logits']],
    ['*.q,decoder.0.*', ['decoder.0.self.q', 'decoder.0.self.pattern', 'decoder.1.self.q', 'decoder.10.self.q']],
  ])('%j: in the order of the names, each once', (globs, expected) => {
    expect(chooseNames(globs, names)).toEqual(expected);
  });

  it.each(['decoder.2.*', 'logit', 'decoder0selfq', '(', '*.q,nothing'])('%j matches nothing and says so', (globs) => {
    expect(() => chooseNames(globs, names)).toThrow(
      /no traced value of this model matches ".*"; there are, for example/,
    );
  });

  it('refuses an empty list', () => {
    expect(() => chooseNames(' , ', names)).toThrow('--names is empty');
  });
});

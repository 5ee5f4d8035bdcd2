import { expect, it } from 'vitest';
import { inspectTokenizer } from '../../../native-models/index.ts';
import { typedText, withPiece } from '../../../renderer/view-models/typed-piece.ts';

/** The text that the piece of this id makes of another one, and the tokens that the model reads in it. */
async function added(model: string, text: string, piece: string) {
  const inspector = await inspectTokenizer(model);
  const id = inspector.tokenizer.pieceId(piece);
  const [found] = inspector.search({ query: `#${id}` }).entries;
  const entry = { ...found!, roles: [...found!.roles] };
  const { tokens } = await inspector.words({ text });
  expect(tokens.length).toBeGreaterThan(0);
  const longer = withPiece(text, typedText(entry)!, { kind: inspector.kind, entry });
  const read = (await inspector.words({ text: longer })).tokens;
  return { longer, last: read.filter(({ start }) => start !== null).at(-1)?.id === id };
}

it.each([
  ['headlight-gpt', 'The old', 'Ġman', 'The old man'],
  ['headlight-gpt', 'The old', 'er', 'The older'],
  ['headlight-bert', 'The old', 'man', 'The old man'],
  ['headlight-bert', 'The old ', 'man', 'The old man'],
  ['headlight-bert', 'The old', '[MASK]', 'The old [MASK]'],
])('%s: %j and %j', async (model, text, piece, longer) => {
  const found = await added(model, text, piece);
  expect(found.longer).toBe(longer);
  if (piece !== 'er') expect(found.last).toBe(true);
});

it('a piece that goes on with a word is written on to it', async () => {
  expect((await added('headlight-bert', 'The lamp', '##ing')).longer).toBe('The lamping');
});

it('bytes that are no whole character cannot be typed', async () => {
  const inspector = await inspectTokenizer('headlight-gpt');
  const [entry] = inspector.search({ query: '#172' }).entries;
  expect(entry?.bytes).toBe('F0');
  expect(typedText({ ...entry!, roles: [...entry!.roles] })).toBeNull();
});

/** Sentences to begin with. The models that come with Headlight read English. */
import type { OpenedModel } from '../../electron/api/index.ts';

/** For models that continue a text; the first is the sentence of a first start. */
const CONTINUE = [
  "The animal didn't cross the street because it was too tired.",
  'The old man looked at the sea, and the sea looked back at the old',
  'One, two, three, four, one, two, three,',
];

/** For models that fill in a masked token; `[MASK]` stands for the model's own mask token. */
const FILL = [
  "The animal didn't cross the street because it was too [MASK].",
  'She opened the [MASK] and looked out over the sea.',
  'The king of France and the [MASK] of England met in the garden.',
];

/** Example sentences that suit a model; the first one is shown on a first start. */
export function examples(model: Pick<OpenedModel, 'head' | 'maskToken'>): readonly string[] {
  const { maskToken } = model;
  if (model.head !== 'masked-token' || maskToken === null) return CONTINUE;
  return FILL.map((text) => text.replace('[MASK]', maskToken));
}

export function firstText(model: Pick<OpenedModel, 'head' | 'maskToken'>): string {
  return examples(model)[0] ?? '';
}

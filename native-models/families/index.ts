/** The families by `model_type`; a new family adds its line here. */
import { bert } from './bert.ts';
import { distilbert } from './distilbert.ts';
import type { Family } from './family.ts';
import { gpt2 } from './gpt2.ts';
import { roberta } from './roberta.ts';

export const families: ReadonlyMap<string, Family> = new Map(
  [bert, distilbert, gpt2, roberta].map((family) => [family.modelType, family]),
);

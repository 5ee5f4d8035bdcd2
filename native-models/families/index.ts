/** The families by `model_type`; a new family adds its line here. */
import { bert } from './bert.ts';
import type { Family } from './family.ts';
import { gpt2 } from './gpt2.ts';

export const families: ReadonlyMap<string, Family> = new Map([bert, gpt2].map((family) => [family.modelType, family]));

/** The words of the interface in Dutch; the same keys as in English. */
import type { en } from './en.ts';
import { atlasView } from './nl/atlas-view.ts';
import { compare } from './nl/compare.ts';
import { figures } from './nl/figures.ts';
import { generate } from './nl/generate.ts';
import { logitLens } from './nl/logit-lens.ts';
import { joint } from './nl/joint.ts';
import { layers } from './nl/layers.ts';
import { beside } from './nl/beside.ts';
import { lens } from './nl/lens.ts';
import { library } from './nl/library.ts';
import { messages } from './nl/messages.ts';
import { neighbours } from './nl/neighbours.ts';
import { palette } from './nl/palette.ts';
import { positions } from './nl/positions.ts';
import { preferences } from './nl/preferences.ts';
import { projector } from './nl/projector.ts';
import { reading } from './nl/reading.ts';
import { selfCheck } from './nl/self-check.ts';
import { sheet } from './nl/sheet.ts';
import { tokenizer } from './nl/tokenizer.ts';
import { tokenFlow } from './nl/token-flow.ts';
import { views } from './nl/views.ts';
import { walk } from './nl/walk.ts';
import { whatIf } from './nl/what-if.ts';
import { window } from './nl/window.ts';
import type { Words } from './words.ts';

export const nl: Words<typeof en> = {
  ...window,
  ...figures,
  ...messages,
  ...library,
  ...neighbours,
  ...palette,
  ...positions,
  ...preferences,
  ...projector,
  ...joint,
  ...walk,
  ...compare,
  ...whatIf,
  ...views,
  ...layers,
  ...generate,
  ...logitLens,
  ...beside,
  ...lens,
  ...reading,
  ...sheet,
  ...atlasView,
  ...tokenFlow,
  ...tokenizer,
  ...selfCheck,
};

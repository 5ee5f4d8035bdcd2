/** The words of the interface in English; nl has the same keys. `{{name}}` is filled in; terms as the field writes them. */
import { atlasView } from './en/atlas-view.ts';
import { compare } from './en/compare.ts';
import { figures } from './en/figures.ts';
import { generate } from './en/generate.ts';
import { logitLens } from './en/logit-lens.ts';
import { joint } from './en/joint.ts';
import { layers } from './en/layers.ts';
import { beside } from './en/beside.ts';
import { lens } from './en/lens.ts';
import { library } from './en/library.ts';
import { messages } from './en/messages.ts';
import { neighbours } from './en/neighbours.ts';
import { palette } from './en/palette.ts';
import { positions } from './en/positions.ts';
import { preferences } from './en/preferences.ts';
import { projector } from './en/projector.ts';
import { reading } from './en/reading.ts';
import { selfCheck } from './en/self-check.ts';
import { sheet } from './en/sheet.ts';
import { tokenizer } from './en/tokenizer.ts';
import { tokenFlow } from './en/token-flow.ts';
import { views } from './en/views.ts';
import { walk } from './en/walk.ts';
import { whatIf } from './en/what-if.ts';
import { window } from './en/window.ts';

export const en = {
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

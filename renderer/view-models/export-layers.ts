/** The flow across layers to take along: of one run, or of two below each other. */
import type { LayerFlowInput } from '../figures/layer-flow.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { LayerFlow } from '../state/flow.ts';
import type { Frame } from '../state/frames.ts';
import type { Lens } from '../state/lens.ts';
import { changesText } from './export-text.ts';
import type { Translate } from './failure.ts';
import type { FigureText } from './figure-input.ts';
import { tokenLabel } from './format.ts';
import { flowUnits, layersFigure, methodText } from './layers.ts';
import type { RunPart } from './run-compare.ts';

/** A run and the answer that is shown of it. */
export interface LayersPart {
  readonly part: RunPart;
  readonly frame: Frame;
  readonly flow: LayerFlow;
}

export interface LayersPlace {
  /** In the order of the stage. */
  readonly parts: readonly LayersPart[];
  readonly lens: Pick<Lens, 'unit' | 'groups'>;
  readonly theme: ThemeName;
  readonly words: Translate;
}

/** Room of a figure in px: a column of text at 96 px an inch. */
const WIDTH = 860;
const HEIGHT = 640;

/**
 * A figure a run, and the words above them all; a single one has those words itself.
 * @throws RangeError `invalid parts: …` without an answer
 */
export function layersExport({ parts, lens, theme, words }: LayersPlace): {
  readonly text: FigureText;
  readonly figures: readonly LayerFlowInput[];
} {
  const last = parts.at(-1);
  if (last === undefined) throw new RangeError('invalid parts: none; expected the flow that is shown');
  const text = layersText(last, words);
  const figures = parts.map(({ part, frame, flow }): LayerFlowInput => {
    const figure = layersFigure(flow, flowUnits(frame, lens), words);
    const heading = parts.length === 1 ? text : { title: words(`compare.part.${part}`), subtitle: '' };
    return { ...figure, ...heading, theme, maxWidth: WIDTH, maxHeight: HEIGHT, id: `layers-${part}` };
  });
  return { text, figures };
}

/** Title and subtitle: whose information, by which way, in which model, with which changes. */
function layersText({ frame, flow }: LayersPart, words: Translate): FigureText {
  const token = tokenLabel(frame.run.tokens[flow.target]?.text ?? '');
  const changes = changesText(frame, words);
  const parts = [methodText(flow, words), frame.model.entry.name, ...(changes === '' ? [] : [changes])];
  return { title: words('layers.title', { token, index: flow.target }), subtitle: parts.join(' · ') };
}

/** Titles and subtitles of the stage: where in the model, and what is seen there. */
import type { OpenedModel, Prediction, Scale, StackInfo } from '../../electron/api/index.ts';
import type { Selection } from '../state/selection.ts';
import { classifies } from '../state/predictions.ts';
import { stationRow } from '../state/stations.ts';
import type { Station } from '../state/stations.ts';
import type { Translate } from './failure.ts';
import { shownIndex } from './format.ts';

/** `layer 4, head 2`, `layer 4`, or the model's name for stations outside the layers. */
export function placeText(selection: Selection, model: OpenedModel, words: Translate): string {
  const values = { layer: shownIndex(selection.layer), head: shownIndex(selection.head) };
  const { station } = selection;
  if (station === 'output' || station === 'residual') return words('stage.placeLayer', values);
  if (stationRow(station).inHead) return words('stage.place', values);
  return model.entry.name;
}

/** The words for a prediction at a token. */
const OF_TOKEN = {
  'next-token': 'predictionNext',
  'masked-token': 'predictionMasked',
  'token-classification': 'predictionLabel',
} as const;

/** What the station shows, in half a sentence. */
export function subtitleText(
  selection: Selection,
  stack: StackInfo | null,
  prediction: { kind: Prediction['kind']; token: string; scale: Scale } | null,
  words: Translate,
): string {
  const { station } = selection;
  if (station === 'scaled') return words('stage.subtitle.scaled', { dHead: stack?.dHead ?? '?' });
  if (station === 'masked' && stack?.causal !== true) return words('stage.subtitle.maskedAll');
  if (station !== 'prediction') return words(`stage.subtitle.${station}`);
  if (prediction === null) return words('stage.subtitle.predictionNone');
  const token = `“${prediction.token}”`;
  if (prediction.kind === 'classification') return words(`stage.subtitle.predictionOfText.${prediction.scale}`);
  return words(`stage.subtitle.${OF_TOKEN[prediction.kind]}`, { token });
}

/** The key of the words that explain a station. */
export function captionKey(station: Station, { head, scale }: OpenedModel, causal: boolean): string {
  if (station === 'masked' && !causal) return 'walk.caption.maskedAll';
  if (station === 'prediction' && classifies(head)) return `walk.caption.predictionOf.${scale}`;
  return `walk.caption.${station}`;
}

/** More names than these are counted. */
const MOST_NAMES = 2;

/** The traced values' own names, as the command line and exported files call them. */
export function valueName(names: readonly { name: string; head?: number | undefined }[]): string {
  const [first] = names;
  if (first === undefined) return '';
  const kindOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
  if (names.length > 1 && names.every(({ name }) => kindOf(name) === kindOf(first.name))) {
    const more = names.length > MOST_NAMES ? [`… (${names.length})`] : [];
    return [...names.slice(0, MOST_NAMES).map(({ name, head }) => `${name}[${head ?? ''}]`), ...more].join(', ');
  }
  const head = first.head === undefined ? '' : `[${first.head}]`;
  if (names.length === 1) return `${first.name}${head}`;
  const stem = first.name.slice(0, first.name.lastIndexOf('.'));
  return `${stem}.{${names.map(({ name }) => name.slice(stem.length + 1)).join(',')}}${head}`;
}

/** Words around an exported figure: title, where in the model, what was changed there, and the file's name. */
import type { Prediction } from '../../electron/api/index.ts';
import type { Frame } from '../state/frames.ts';
import { stackOf } from '../state/selection.ts';
import { shownStageView } from '../state/views.ts';
import { stationRow } from '../state/stations.ts';
import type { Translate } from './failure.ts';
import type { FigureText } from './figure-input.ts';
import { tokenLabel } from './format.ts';
import { placeText, subtitleText } from './stage-text.ts';
import { describeChange } from './what-if-words.ts';

/** Titles carry their subscripts as plain letters: `√dₖ`, `Wₒ`. */
export const plain = (text: string): string => text.replace(/_k/g, 'ₖ').replace(/_O/g, 'ₒ');

/** Title and subtitle: what is seen, where, in which model, with which changes; `first` begins the subtitle. */
export function figureText(
  frame: Frame,
  prediction: Prediction | null,
  words: Translate,
  first: readonly string[] = [],
): FigureText {
  const { selection, model, run } = frame;
  const token = prediction === null ? '' : tokenLabel(run.tokens[prediction.position]?.text ?? '');
  const shown = prediction === null ? null : { kind: prediction.kind, token, scale: model.scale };
  const about = subtitleText(selection, stackOf(model.stacks, selection), shown, words);
  const place = placeText(selection, model, words);
  const { name } = model.entry;
  const changes = changesText(frame, words);
  const parts = [...first, about, place, ...(place === name ? [] : [name]), ...(changes === '' ? [] : [changes])];
  return { title: plain(words(`stage.title.${selection.station}`)), subtitle: parts.join(' · ') };
}

/** So many changes are described one by one. */
const DESCRIBED = 3;

/** `1 change: Knocked out: layer 3, head 5`; empty for the model as trained. */
export function changesText({ interventions, run, model }: Frame, words: Translate): string {
  const count = interventions.length;
  if (count === 0) return '';
  const setting = { tokens: run.tokens, stacks: model.stacks };
  const said = interventions.slice(0, DESCRIBED).map((each) => plain(describeChange(each, setting, words)));
  if (count > DESCRIBED) said.push(words('walk.changesMore', { count: count - DESCRIBED }));
  return words('walk.changes', { count, what: said.join('; ') });
}

/** A file name without surprises: `headlight-bert-pattern-layer-4-head-2.svg`. @param token of a walk: whose it is */
export function fileName(frame: Frame, extension: string, token: number | null = null): string {
  const { selection, model } = frame;
  const row = stationRow(selection.station);
  const view = token === null ? shownStageView(selection) : 'matrix';
  const parts = [model.entry.name, selection.station, ...(view === 'matrix' ? [] : [view])];
  if (row.inHead || selection.station === 'residual') parts.push(`layer-${selection.layer}`);
  if (row.inHead && selection.station !== 'output') parts.push(`head-${selection.head}`);
  if (token !== null) parts.push(`token-${token}`);
  if (frame.interventions.length > 0) parts.push('changed');
  const stem = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
  return `${stem}.${extension}`;
}

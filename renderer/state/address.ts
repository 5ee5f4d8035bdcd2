/**
 * What the window shows as the part of its address after `#`, so that a reload or a link comes back to it. What is as it is at first
 * is left out; what is damaged or unknown in an address is read as if it were left out.
 */
import type { StackInfo } from '../../electron/api/index.ts';
import type { AppState } from './app-state.ts';
import { NOTHING_BESIDE } from './beside.ts';
import type { Beside } from './beside.ts';
import { FIRST_FLOW, FLOW_METHODS } from './flow-options.ts';
import type { FlowOptions } from './flow-options.ts';
import { jointText, readJoint } from './joint-view.ts';
import type { JointView } from './joint-view.ts';
import { COMBINATIONS, PLAIN_LENS } from './lens.ts';
import type { Lens, TokenSpan } from './lens.ts';
import { putProjection, readProjection } from './projection-view.ts';
import type { ProjectionView } from './projection-view.ts';
import { FIRST_SELECTION } from './selection.ts';
import type { HeadPlace, Selection } from './selection.ts';
import { ALL_STATIONS } from './stations.ts';
import { STAGE_VIEWS } from './views.ts';

export interface Address {
  readonly model: string | null;
  readonly text: string;
  readonly pair: string;
  /** null: the address names no place. */
  readonly selection: Partial<Selection> | null;
  readonly lens: Lens;
  readonly flow: FlowOptions;
  readonly beside: Beside;
  readonly joint: JointView;
  readonly projection: ProjectionView;
}

type Told = Pick<
  AppState,
  'model' | 'text' | 'pair' | 'selection' | 'lens' | 'flow' | 'beside' | 'joint' | 'projection' | 'covered'
>;

/** Without the `#`; empty while there is nothing to come back to. */
export function writeAddress(state: Told): string {
  const { model, text, pair, flow, beside } = state;
  // The worked example stands in the place of the sentence for a while; the address keeps the sentence.
  const { selection, lens } = state.covered ?? state;
  if (text === '') return '';
  const query = new URLSearchParams();
  const put = (key: string, value: string, first = ''): void => {
    if (value !== first) query.set(key, value);
  };
  put('model', model.id ?? '');
  put('text', text);
  put('pair', pair);
  put('at', `${selection.stack}.${selection.layer}.${selection.site}:${selection.head}`);
  put('heads', selection.others.map(headText).join(' '));
  put('station', selection.station, FIRST_SELECTION.station);
  put('query', String(selection.query));
  put('key', selection.key === null ? '' : String(selection.key));
  put('position', selection.position === null ? '' : String(selection.position));
  put('mode', selection.mode, FIRST_SELECTION.mode);
  put('view', selection.view, FIRST_SELECTION.view);
  putLens(put, lens);
  put('method', flow.method, FIRST_FLOW.method);
  put('weighting', flow.weighting, FIRST_FLOW.weighting);
  put('residual', String(flow.residual), String(FIRST_FLOW.residual));
  put('beside', beside.text, NOTHING_BESIDE.text);
  put('besideModel', beside.model ?? '');
  put('besideHead', beside.head === null ? '' : headText(beside.head));
  put('joint', jointText(state.joint));
  putProjection(put, state.projection);
  return query.toString();
}

function putLens(put: (key: string, value: string, first?: string) => void, lens: Lens): void {
  put('combine', lens.combine, PLAIN_LENS.combine);
  put('unit', lens.unit, PLAIN_LENS.unit);
  put('groups', lens.groups.map(spanText).join(' '));
  const hidden = [lens.hideSpecial && 'special', lens.hideFirst && 'first', lens.renormalise && 'rescale'];
  put('hide', hidden.filter(Boolean).join(' '));
  put('direction', lens.direction, PLAIN_LENS.direction);
  put('threshold', String(lens.threshold), String(PLAIN_LENS.threshold));
  put('top', lens.topK === null ? '' : String(lens.topK));
  put('range', lens.range, PLAIN_LENS.range);
  put('region', lens.brush === null ? '' : `${spanText(lens.brush.queries)} ${spanText(lens.brush.keys)}`);
}

const headText = ({ layer, head }: HeadPlace): string => `${layer}:${head}`;
const spanText = ({ first, last }: TokenSpan): string => `${first}-${last}`;

/** @param hash with or without its `#` */
export function readAddress(hash: string): Address {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const get = (key: string): string => query.get(key) ?? '';
  const model = get('model');
  return {
    model: model === '' ? null : model,
    text: get('text'),
    pair: get('pair'),
    selection: readSelection(get),
    lens: readLens(get),
    flow: {
      method: oneOf(get('method'), FLOW_METHODS, FIRST_FLOW.method),
      weighting: oneOf(get('weighting'), ['attention', 'norms'], FIRST_FLOW.weighting),
      residual: share(get('residual'), FIRST_FLOW.residual),
    },
    beside: {
      text: get('beside'),
      model: get('besideModel') === '' ? null : get('besideModel'),
      head: heads(get('besideHead'))[0] ?? null,
    },
    joint: readJoint(get('joint')),
    projection: readProjection(get),
  };
}

const SITE = /^(encoder|decoder|vision)\.(\d+)\.(self|cross):(\d+)$/;

function readSelection(get: (key: string) => string): Partial<Selection> | null {
  const at = SITE.exec(get('at'));
  if (at === null) return null;
  const views = STAGE_VIEWS.map(({ id }) => id);
  return {
    stack: at[1] as StackInfo['name'],
    layer: Number(at[2]),
    site: at[3] as StackInfo['sites'][number],
    head: Number(at[4]),
    others: heads(get('heads')),
    station: oneOf(get('station'), ALL_STATIONS, FIRST_SELECTION.station),
    query: whole(get('query')) ?? 0,
    key: whole(get('key')),
    position: whole(get('position')),
    mode: oneOf(get('mode'), ['all', 'one'], FIRST_SELECTION.mode),
    view: oneOf(get('view'), views, FIRST_SELECTION.view),
  };
}

function readLens(get: (key: string) => string): Lens {
  const hidden = get('hide').split(' ');
  const [queries, keys] = spans(get('region'));
  return {
    combine: oneOf(get('combine'), COMBINATIONS, PLAIN_LENS.combine),
    unit: oneOf(get('unit'), ['pieces', 'words'], PLAIN_LENS.unit),
    groups: spans(get('groups')),
    hideSpecial: hidden.includes('special'),
    hideFirst: hidden.includes('first'),
    renormalise: hidden.includes('rescale'),
    direction: oneOf(get('direction'), ['from', 'to'], PLAIN_LENS.direction),
    threshold: share(get('threshold'), PLAIN_LENS.threshold),
    topK: whole(get('top')) || null,
    range: oneOf(get('range'), ['shared', 'own'], PLAIN_LENS.range),
    brush: queries === undefined || keys === undefined ? null : { queries, keys },
  };
}

const oneOf = <T extends string>(value: string, allowed: readonly T[], first: T): T =>
  allowed.find((item) => item === value) ?? first;

const whole = (value: string): number | null => (/^\d{1,7}$/.test(value) ? Number(value) : null);

function share(value: string, first: number): number {
  const number = value === '' ? NaN : Number(value);
  return number >= 0 && number <= 1 ? number : first;
}

/** Pairs of whole numbers. */
function matches(value: string, pattern: RegExp): [number, number][] {
  return [...value.matchAll(pattern)].map(([, a, b]) => [Number(a), Number(b)]);
}

function heads(value: string): HeadPlace[] {
  return matches(value, /(\d+):(\d+)/g).map(([layer, head]) => ({ layer, head }));
}

/** In the order given; a span that ends before it starts is none. */
function spans(value: string): TokenSpan[] {
  return matches(value, /(\d+)-(\d+)/g).flatMap(([first, last]) => (last < first ? [] : [{ first, last }]));
}

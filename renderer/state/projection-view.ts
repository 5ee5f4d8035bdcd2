/** How the embedding projector is set, and the sentences that are kept for it; kept while other views are looked at. */
import type { TextInput } from '../../electron/api/index.ts';
import { DEFAULT_SETTINGS, METHODS } from '../projection/types.ts';
import type { Method, ProjectionSettings } from '../projection/types.ts';

/**
 * What is projected. states: what every token is at one depth; path: the same at every depth; sentences: a vector a sentence; table: rows
 * of the embedding table.
 */
export const PROJECTED = ['states', 'path', 'sentences', 'table'] as const;
export type Projected = (typeof PROJECTED)[number];

/** row: of the embedding table. */
export const COLOURED_BY = ['token', 'position', 'layer', 'sentence', 'part', 'row'] as const;
export type ColouredBy = (typeof COLOURED_BY)[number];

/** What a point has, so that it can be coloured by it; the first one is taken where it has not what is wanted. */
const COLOURS: Readonly<Record<Projected, readonly ColouredBy[]>> = {
  states: ['position', 'token', 'sentence', 'part'],
  path: ['layer', 'token', 'position', 'sentence', 'part'],
  sentences: ['sentence'],
  table: ['row'],
};

export interface ProjectionView extends Pick<
  ProjectionSettings,
  'method' | 'components' | 'seed' | 'neighbours' | 'minDist' | 'perplexity'
> {
  readonly what: Projected;
  /** −1: what enters layer 0; null: the last layer. */
  readonly layer: number | null;
  /** How a sentence becomes one vector: the mean of its tokens, or its first token ([CLS]). */
  readonly pooling: 'mean' | 'first';
  /** Rows of the table, from the first on. */
  readonly rows: number;
  /** What is wanted; null: what goes with what is projected. */
  readonly colour: ColouredBy | null;
  /** Projected together with the sentence that is typed. */
  readonly kept: readonly TextInput[];
  readonly marks: Marks;
}

/** Points that are chosen and marked, by their place among the points. */
export interface Marks {
  /** Which points they are of: of others they mean nothing. */
  readonly of: string;
  /** The token that was selected; another one is chosen when it is selected. */
  readonly query: number;
  readonly chosen: number | null;
  readonly within: readonly number[];
}

export const FIRST_PROJECTION_VIEW: ProjectionView = {
  what: 'states',
  layer: null,
  pooling: 'mean',
  rows: 2000,
  method: 'pca',
  components: 2,
  seed: DEFAULT_SETTINGS.seed,
  neighbours: DEFAULT_SETTINGS.neighbours,
  minDist: DEFAULT_SETTINGS.minDist,
  perplexity: DEFAULT_SETTINGS.perplexity,
  colour: null,
  kept: [],
  marks: { of: '', query: 0, chosen: null, within: [] },
};

/** Rows that can be chosen; fewer where the table ends. */
export const ROW_CHOICES = [500, 2000, 10_000, 50_000] as const;
/** More sentences than these are not kept. */
export const MOST_KEPT = 50;

export function coloursOf({ what }: Pick<ProjectionView, 'what'>): readonly ColouredBy[] {
  return COLOURS[what];
}

/** What is coloured by. */
export function colouredBy({ what, colour }: Pick<ProjectionView, 'what' | 'colour'>): ColouredBy {
  const [first = 'token'] = COLOURS[what];
  return COLOURS[what].find((each) => each === colour) ?? first;
}

const isSame = (a: TextInput, b: TextInput): boolean => a.text === b.text && (a.pair ?? '') === (b.pair ?? '');

export function isKept({ kept }: Pick<ProjectionView, 'kept'>, input: TextInput): boolean {
  return kept.some((each) => isSame(each, input));
}

/** Keeps a sentence, once; the oldest goes where there are too many. */
export function keepSentence(view: Pick<ProjectionView, 'kept'>, input: TextInput): readonly TextInput[] {
  return input.text === '' || isKept(view, input) ? view.kept : [...view.kept, input].slice(-MOST_KEPT);
}

export function letGo({ kept }: Pick<ProjectionView, 'kept'>, input: TextInput): readonly TextInput[] {
  return kept.filter((each) => !isSame(each, input));
}

/** The typed sentence, then the kept ones. */
export function projectedTexts({ kept }: Pick<ProjectionView, 'kept'>, typed: TextInput): readonly TextInput[] {
  return [typed, ...letGo({ kept }, typed)];
}

/** Fields whose numbers are typed, with what is allowed. */
export const TYPED_SETTINGS = {
  neighbours: { least: 2, most: 200, whole: true, methods: ['umap'] },
  minDist: { least: 0, most: 1, whole: false, methods: ['umap'] },
  perplexity: { least: 1, most: 500, whole: false, methods: ['tsne'] },
  seed: { least: 0, most: 2 ** 32 - 1, whole: true, methods: ['umap', 'tsne'] },
} as const satisfies Record<string, { least: number; most: number; whole: boolean; methods: readonly Method[] }>;
export type TypedSetting = keyof typeof TYPED_SETTINGS;

/** The fields of a method. */
export function typedSettings(method: Method): readonly TypedSetting[] {
  return (Object.keys(TYPED_SETTINGS) as TypedSetting[]).filter((name) =>
    (TYPED_SETTINGS[name].methods as readonly Method[]).includes(method),
  );
}

/** A number that was typed, with a point or a comma; null for what is none, or not allowed. */
export function typedSetting(name: TypedSetting, text: string): number | null {
  const { least, most, whole } = TYPED_SETTINGS[name];
  const plain = text.trim().replace(',', '.');
  const value = /^\d*\.?\d+$/.test(plain) ? Number(plain) : NaN;
  return value >= least && value <= most && (!whole || Number.isInteger(value)) ? value : null;
}

type Put = (key: string, value: string, first?: string) => void;

/** As parts of an address; what is as at first is left out. The keys begin with `p.` */
export function putProjection(put: Put, view: ProjectionView): void {
  const first = FIRST_PROJECTION_VIEW;
  put('p.show', view.what, first.what);
  put('p.layer', view.layer === null ? '' : String(view.layer));
  put('p.pooling', view.pooling, first.pooling);
  put('p.rows', String(view.rows), String(first.rows));
  put('p.method', view.method, first.method);
  put('p.dimensions', String(view.components), String(first.components));
  put('p.colour', view.colour ?? '');
  for (const name of Object.keys(TYPED_SETTINGS) as TypedSetting[])
    put(`p.${name}`, String(view[name]), String(first[name]));
  put('p.kept', view.kept.length === 0 ? '' : JSON.stringify(view.kept.map(({ text, pair }) => [text, pair ?? ''])));
}

/** @param get empty for what is not there; what is damaged is read as if it were left out */
export function readProjection(get: (key: string) => string): ProjectionView {
  const first = FIRST_PROJECTION_VIEW;
  const layer = get('p.layer');
  const typed = (name: TypedSetting): number => typedSetting(name, get(`p.${name}`)) ?? first[name];
  return {
    ...first,
    what: PROJECTED.find((id) => id === get('p.show')) ?? first.what,
    layer: /^(-1|\d{1,3})$/.test(layer) ? Number(layer) : null,
    pooling: get('p.pooling') === 'first' ? 'first' : 'mean',
    rows: ROW_CHOICES.find((rows) => String(rows) === get('p.rows')) ?? first.rows,
    method: METHODS.find((id) => id === get('p.method')) ?? first.method,
    components: get('p.dimensions') === '3' ? 3 : 2,
    colour: COLOURED_BY.find((id) => id === get('p.colour')) ?? null,
    seed: typed('seed'),
    neighbours: typed('neighbours'),
    minDist: typed('minDist'),
    perplexity: typed('perplexity'),
    kept: readKept(get('p.kept')),
  };
}

function readKept(value: string): readonly TextInput[] {
  let found: unknown = null;
  try {
    found = JSON.parse(value);
  } catch {
    // Damaged, or none.
  }
  const all: readonly unknown[] = Array.isArray(found) ? found : [];
  return all.slice(0, MOST_KEPT).flatMap((each): TextInput[] => {
    const [text, pair] = Array.isArray(each) ? (each as unknown[]) : [];
    if (typeof text !== 'string' || text === '') return [];
    return [typeof pair === 'string' && pair !== '' ? { text, pair } : { text }];
  });
}

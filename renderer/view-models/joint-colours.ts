/** Colours of queries and keys: the shape always tells which of the two a point is. */
import { colourScale, weightScale } from '../figures/colour-scale.ts';
import type { ColourScaleSpec } from '../figures/colour-scale.ts';
import { headColours } from '../figures/head-colours.ts';
import type { FigureTheme } from '../figures/theme.ts';
import type { JointColour } from '../state/joint-view.ts';
import type { JointPoint } from './joint.ts';

/** Of a query, and of a key: disc and square. */
export const JOINT_SHAPES = { query: 0, key: 1 } as const;

export interface JointLegendItem {
  readonly label: string;
  readonly colour: string;
  /** 0 disc, 1 square; null: a colour only. */
  readonly shape: number | null;
}

export interface JointColours {
  /** One a point. */
  readonly colours: readonly string[];
  readonly shapes: Uint8Array;
  /** Query and key, then what the colours stand for. */
  readonly items: readonly JointLegendItem[];
}

export interface JointWords {
  readonly query: string;
  readonly key: string;
  readonly others: (count: number) => string;
  readonly sentence: (sentence: number) => string;
  readonly position: (position: number) => string;
}

export function jointColours(
  points: readonly JointPoint[],
  by: JointColour,
  theme: FigureTheme,
  words: JointWords,
): JointColours {
  const shapes = Uint8Array.from(points, ({ kind }) => JOINT_SHAPES[kind]);
  const kinds = (query: string, key: string): readonly JointLegendItem[] => [
    { label: words.query, colour: query, shape: JOINT_SHAPES.query },
    { label: words.key, colour: key, shape: JOINT_SHAPES.key },
  ];
  if (by === 'kind') {
    const colours = points.map(({ kind }) => theme[kind]);
    return { colours, shapes, items: kinds(theme.query, theme.key) };
  }
  const items = kinds(theme.grey, theme.grey);
  const made = by === 'position' ? positions(points, theme, words) : names(points, by, theme, words);
  return { colours: made.colours, shapes, items: [...items, ...made.items] };
}

/** From the first place to the last; the legend has some on the way. */
function positions(points: readonly JointPoint[], theme: FigureTheme, words: JointWords) {
  const most = points.reduce((top, { position }) => Math.max(top, position), 1);
  // Away from the ground, so that the first ones can be seen too.
  const scale: ColourScaleSpec = { ...weightScale({ transform: 'linear', max: most }), domain: [-most * 0.35, most] };
  const { colour } = colourScale(scale, theme);
  const steps = new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * most)));
  const items = [...steps].map((at): JointLegendItem => ({
    label: words.position(at),
    colour: colour(at),
    shape: null,
  }));
  return { colours: points.map(({ position }) => colour(position)), items };
}

/** The most frequent names have a colour of their own; the others are grey, and the legend says how many they are. */
function names(points: readonly JointPoint[], by: 'token' | 'sentence', theme: FigureTheme, words: JointWords) {
  const nameOf = ({ label, sentence }: JointPoint): string => (by === 'token' ? label : words.sentence(sentence));
  const counts = new Map<string, number>();
  for (const point of points) counts.set(nameOf(point), (counts.get(nameOf(point)) ?? 0) + 1);
  const palette = headColours(theme);
  const ranked = [...counts].sort(([, a], [, b]) => b - a);
  const colours = new Map(ranked.slice(0, palette.length).map(([name], at) => [name, palette[at] ?? theme.grey]));
  const items = [...colours].map(([label, colour]): JointLegendItem => ({ label, colour, shape: null }));
  const rest = ranked.length - colours.size;
  return {
    colours: points.map((point) => colours.get(nameOf(point)) ?? theme.grey),
    items: rest <= 0 ? items : [...items, { label: words.others(rest), colour: theme.grey, shape: null }],
  };
}

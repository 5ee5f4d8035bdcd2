/** The walk of one token as a figure to take along: what the screen lists at the station, in its words and rounding. */
import type { ThemeName } from '../figures/theme.ts';
import type { WalkBlock, WalkFigureInput, WalkLegendItem } from '../figures/walk-input.ts';
import type { WalkState } from '../state/app-state.ts';
import type { Frame } from '../state/frames.ts';
import { EXAMPLE_TRACE } from '../state/worked-example.ts';
import { keyBlocks, keyLegend } from './export-walk-keys.ts';
import { stripLegend, vectorBlocks } from './export-walk-vectors.ts';
import type { VectorStation } from './export-walk-vectors.ts';
import type { Translate } from './failure.ts';
import { formulaFacts } from './formula-facts.ts';
import { shownRow, strongestKey } from './inspector.ts';
import { stationFormula } from './station-formula.ts';
import { isKeyStation, siteValue } from './walk-names.ts';

/** The walk as it is shown. */
export interface WalkPlace {
  /** Of the walk: the values of every key or of the token's vectors. */
  readonly frame: Frame;
  readonly query: number;
  /** null: the key with the largest weight. */
  readonly key: number | null;
  readonly shown: WalkState;
  readonly theme: ThemeName;
  readonly words: Translate;
}

/** Width of an exported figure in px: a column of text at 96 px an inch. */
const WIDTH = 860;

/** The figure of the station, under a heading that the caller words. */
export function walkFigureInput(place: WalkPlace, heading: { title: string; subtitle: string }): WalkFigureInput {
  const { frame, theme, words } = place;
  const isExample = frame.run.traceId === EXAMPLE_TRACE;
  return {
    ...heading,
    mark: isExample ? words('example.mark') : '',
    formulas: formulasOf(place),
    blocks: blocksOf(place),
    legend: legendOf(place),
    theme,
    width: WIDTH,
  };
}

/** The query and the key that are shown, inside this text. */
function cellOf({ frame, query, key }: WalkPlace): { readonly query: number; readonly key: number | null } {
  const count = frame.run.tokens.length;
  const wanted = Math.min(query, count - 1);
  const pattern = siteValue(frame, 'pattern');
  const shown = pattern === null ? wanted : shownRow(pattern, wanted);
  const strongest = pattern === null ? null : strongestKey(pattern, shown);
  return { query: shown, key: key !== null && key < count ? key : strongest };
}

/** In symbols and with the numbers of the run that is shown. */
function formulasOf(place: WalkPlace): readonly string[] {
  const { frame } = place;
  const values = ['q', 'k', 'scores', 'scaled', 'masked', 'pattern'].map((value) => siteValue(frame, value));
  const matrices = values.flatMap((matrix) => (matrix === null ? [] : [matrix]));
  const inspector = matrices.length === values.length ? { ...frame, matrices } : null;
  const facts = formulaFacts({ frame, inspector, walk: frame, ...cellOf(place), prediction: null });
  const { symbols, filled } = stationFormula(facts);
  return filled === null ? [symbols] : [symbols, filled];
}

function blocksOf(place: WalkPlace): readonly WalkBlock[] {
  const { frame, shown, words } = place;
  const { station } = frame.selection;
  const cell = cellOf(place);
  if (isKeyStation(station)) return keyBlocks(frame, station, cell, shown, words);
  return isVectorStation(station) ? vectorBlocks(station, frame, cell.query, words) : [];
}

/** What the colours mean: of the strips in the blocks, and of the bars. */
function legendOf(place: WalkPlace): readonly WalkLegendItem[] {
  const { frame, words } = place;
  const { station } = frame.selection;
  if (isKeyStation(station)) return keyLegend(frame, station, cellOf(place), place.shown, words);
  return stripLegend(station === 'qkv' ? ['product', 'query', 'key', 'value'] : ['product'], words);
}

const isVectorStation = (station: string): station is VectorStation =>
  ['embedding', 'qkv', 'output', 'residual'].includes(station);

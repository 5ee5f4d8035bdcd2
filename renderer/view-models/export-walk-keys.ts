/** The keys of the walk for an exported figure: the same rows, bars and numbers as the list on screen. */
import type { WalkBlock, WalkFacts, WalkKeys, WalkLegendItem, WalkRow as FigureRow } from '../figures/walk-input.ts';
import type { WalkState } from '../state/app-state.ts';
import type { Frame } from '../state/frames.ts';
import { stackOf } from '../state/selection.ts';
import { vectorBlock } from './export-walk-vectors.ts';
import type { Translate } from './failure.ts';
import { formatNumber, tokenLabel } from './format.ts';
import { row } from './inspector.ts';
import { barOf, barReach, contributionReach, NUMBER_COLUMNS, sortValue } from './walk-columns.ts';
import { siteValue } from './walk-names.ts';
import type { KeyStation } from './walk-names.ts';
import { rowStrips } from './walk-strips.ts';
import type { RowStrips, StripVectors } from './walk-strips.ts';
import { dimensionProducts, KEY_LIMIT, shownRows, walkNumbers } from './walk.ts';
import type { WalkNumbers, WalkRow } from './walk.ts';

interface Cell {
  readonly query: number;
  readonly key: number | null;
}

/** Everything that a station with a list of keys is made of. */
interface KeyFacts {
  readonly frame: Frame;
  readonly station: KeyStation;
  readonly cell: Cell;
  readonly shown: WalkState;
  readonly detail: 'bars' | 'dimensions';
  readonly numbers: WalkNumbers;
  readonly vectors: StripVectors;
  readonly rows: readonly WalkRow[];
  readonly strips: RowStrips;
}

/** null where the frame is of another station's walk. */
function factsOf(frame: Frame, station: KeyStation, cell: Cell, shown: WalkState): KeyFacts | null {
  const [scores, scaled, masked, pattern] = ['scores', 'scaled', 'masked', 'pattern'].map((value) =>
    siteValue(frame, value),
  );
  const [q, k, v, context] = ['q', 'k', 'v', 'context'].map((value) => siteValue(frame, value));
  if (!scores || !scaled || !masked || !pattern || !q || !k || !v || !context) return null;
  const matrices = { scores, scaled, masked, pattern, valueNorm: siteValue(frame, 'valueNorm') };
  const numbers = walkNumbers(matrices, cell.query, frame.selection.head);
  if (numbers === null) return null;
  const able = station === 'context' ? numbers.rows.filter(({ visible }) => visible) : numbers.rows;
  const limit = shown.everyKey ? Infinity : KEY_LIMIT;
  const rows = shownRows(able, shown.order, (item) => sortValue(station, item), limit, cell.key);
  const detail = station === 'scores' ? shown.detail : 'bars';
  const vectors = { q, k, v, context };
  const strips = rowStrips(station, detail, rows, vectors, cell.query);
  return { frame, station, cell, shown, detail, numbers, vectors, rows, strips };
}

const tokenAt = ({ frame }: KeyFacts, index: number): string => tokenLabel(frame.run.tokens[index]?.text ?? '');

/** The list with what stands above and below it. */
export function keyBlocks(
  frame: Frame,
  station: KeyStation,
  cell: Cell,
  shown: WalkState,
  words: Translate,
): readonly WalkBlock[] {
  const facts = factsOf(frame, station, cell, shown);
  if (facts === null) return [];
  const { vectors, numbers, detail } = facts;
  const whole = rowFacts(facts, words);
  const query = words('walk.of', { name: 'q', token: tokenAt(facts, numbers.query) });
  const z = vectorBlock(words('walk.vector.z'), row(vectors.context, numbers.query), words, {
    hue: 'value',
    sign: '=',
  });
  return [
    ...(whole.facts.length === 0 ? [] : [whole]),
    ...(detail === 'dimensions' ? [vectorBlock(query, row(vectors.q, numbers.query), words, { hue: 'query' })] : []),
    keysBlock(facts, words),
    ...(station === 'scores' ? productBlocks(facts, words) : []),
    ...(station === 'context' ? [z] : []),
  ];
}

/** What the station does to the row as a whole. */
function rowFacts({ station, numbers }: KeyFacts, words: Translate): WalkFacts {
  const fact = (label: string, value: string, before = '') => ({ label: words(`walk.${label}`), before, value });
  const change = (label: 'spread' | 'entropy') =>
    fact(label, formatNumber(numbers[label].scaled, 3), formatNumber(numbers[label].scores, 3));
  const total = numbers.rows.reduce((sum, { weight }) => sum + weight, 0);
  const weights = fact('sumWeights', formatNumber(total));
  const { visible, rows, maximum, sum } = numbers;
  const facts: Readonly<Record<KeyStation, WalkFacts['facts']>> = {
    scores: [],
    scaled: [change('spread'), change('entropy')],
    masked: [fact('visible', words('walk.visibleOf', { visible, keys: rows.length }))],
    pattern: [fact('maximum', formatNumber(maximum)), fact('sumExp', formatNumber(sum)), weights],
    context: [weights],
  };
  return { kind: 'facts', facts: facts[station] };
}

function keysBlock(facts: KeyFacts, words: Translate): WalkKeys {
  const { station, detail, frame, strips, rows } = facts;
  const dHead = stackOf(frame.model.stacks, frame.selection)?.dHead ?? 1;
  const hasBars = detail === 'bars';
  return {
    kind: 'keys',
    keyTitle: words('walk.head.key'),
    stripTitles: strips.titles.map((title) => words(`walk.head.${title}`)),
    cellTitles: NUMBER_COLUMNS[station].map(({ id }) => words(`walk.head.${id}`, { dHead })),
    hasBars,
    isCentred: hasBars && station !== 'pattern' && station !== 'context',
    rows: rows.map((item) => figureRow(facts, item, hasBars)),
    more: moreText(facts, words),
  };
}

function figureRow(facts: KeyFacts, item: WalkRow, hasBars: boolean): FigureRow {
  const { station, numbers, cell, strips } = facts;
  const { left, width, side } = barOf(station, item, barReach(station, numbers));
  const most = station === 'context' ? contributionReach(numbers) : 0;
  const bar = { from: left / 100, width: width / 100, colour: side };
  const contribution = {
    from: 0,
    width: most > 0 ? (item.contribution ?? 0) / most : 0,
    colour: 'contribution',
  } as const;
  return {
    label: tokenAt(facts, item.key),
    isSelected: item.key === cell.key,
    isHidden: isHidden(station, item),
    bars: hasBars ? [bar, ...(most > 0 ? [contribution] : [])] : [],
    strips: strips.of(item),
    cells: NUMBER_COLUMNS[station].map(({ value, isQuiet }) => {
      const number = value(item);
      return { text: number === null ? '–' : formatNumber(number), isQuiet: isQuiet || number === null };
    }),
  };
}

const isHidden = (station: KeyStation, { visible }: WalkRow): boolean =>
  !visible && ['masked', 'pattern', 'context'].includes(station);

/** What a long list leaves out. */
function moreText({ station, numbers, rows }: KeyFacts, words: Translate): string {
  const all = station === 'context' ? numbers.visible : numbers.rows.length;
  const count = all - rows.length;
  const weight = 1 - rows.reduce((sum, item) => sum + item.weight, 0);
  return count > 0 ? words('walk.more', { count, weight: formatNumber(Math.max(0, weight), 3) }) : '';
}

/** The products of the key that is open. */
function productBlocks(facts: KeyFacts, words: Translate): readonly WalkBlock[] {
  const { shown, rows, vectors, numbers } = facts;
  const open = rows.find(({ key }) => key === shown.openKey);
  if (open === undefined) return [];
  const [q, k] = [row(vectors.q, numbers.query), row(vectors.k, open.key)];
  const [query, key] = [tokenAt(facts, numbers.query), tokenAt(facts, open.key)];
  const { items, sum, agrees } = dimensionProducts(q, k, open.score, shown.products);
  const values = items.map(({ value }) => value);
  const most = values.reduce((reach, value) => Math.max(reach, Math.abs(value)), 0) || 1;
  const total = `${words('walk.productSum')} = ${formatNumber(agrees ? open.score : sum)}`;
  const name = (symbol: string, token: string): string => words('walk.of', { name: symbol, token });
  return [
    ...(shown.products === 'size'
      ? []
      : [
          vectorBlock(name('q', query), q, words, { hue: 'query' }),
          vectorBlock(name('k', key), k, words, { hue: 'key' }),
        ]),
    {
      kind: 'products',
      title: words('walk.products', { query, key }),
      detail: `±${formatNumber(most, 3)}`,
      values,
      sum: agrees ? `${total}, ${words('walk.productScore')}` : `${total}. ${words('walk.productDiffers')}`,
    },
  ];
}

/** What bars and strips mean. */
export function keyLegend(
  frame: Frame,
  station: KeyStation,
  cell: Cell,
  shown: WalkState,
  words: Translate,
): readonly WalkLegendItem[] {
  const facts = factsOf(frame, station, cell, shown);
  if (facts === null) return [];
  const bars = facts.detail === 'bars' ? barLegend(facts, words) : [];
  const [first] = facts.rows;
  const strips = first === undefined ? [] : facts.strips.of(first);
  const columns = strips.map(({ hue, reach }, at): WalkLegendItem => {
    const high = formatNumber(reach, 3);
    return {
      kind: 'strip',
      hue,
      low: `−${high}`,
      high,
      text: words(`walk.head.${facts.strips.titles[at] ?? 'strip'}`),
    };
  });
  return [...bars, ...columns];
}

function barLegend({ station, numbers, rows }: KeyFacts, words: Translate): readonly WalkLegendItem[] {
  const reach = formatNumber(barReach(station, numbers), 3);
  const most = station === 'context' ? contributionReach(numbers) : 0;
  const item = (colours: Extract<WalkLegendItem, { kind: 'swatches' }>['colours'], text: string): WalkLegendItem => ({
    kind: 'swatches',
    colours,
    text,
  });
  const hidden = rows.some((each) => isHidden(station, each)) ? [item(['masked'], words('stage.hidden'))] : [];
  if (station === 'pattern') return [item(['weight'], words('walk.scaleWeight')), ...hidden];
  if (station !== 'context') {
    const scale = words(station === 'scaled' ? 'walk.scaleSame' : 'walk.scale', { reach });
    return [item(['below', 'above'], scale), ...hidden];
  }
  const contribution = words('walk.scaleContribution', { reach: formatNumber(most, 3) });
  return [item(['weight'], words('walk.scaleAlpha')), ...(most > 0 ? [item(['contribution'], contribution)] : [])];
}

/** The large atlas as a figure to take along: every head, in the order and the groups in which they stand. */
import type { SiteSummary } from '../../electron/api/index.ts';
import type { AtlasInput } from '../figures/atlas.ts';
import type { AtlasSectionsInput } from '../figures/atlas-sections.ts';
import { weightScale } from '../figures/colour-scale.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { AtlasOrder } from '../state/atlas.ts';
import type { Frame } from '../state/frames.ts';
import type { Lens } from '../state/lens.ts';
import type { AtlasArrangement } from './atlas-order.ts';
import { groupTitle } from './atlas-groups.ts';
import { headLabel } from './atlas-rank.ts';
import { changesText } from './export-text.ts';
import type { Translate } from './failure.ts';
import type { HeadReading } from './head-quantity.ts';
import { pictureBytes } from './heads.ts';

export type HeadsFigureInput =
  | { readonly kind: 'atlas'; readonly input: AtlasInput }
  | { readonly kind: 'atlas-sections'; readonly input: AtlasSectionsInput };

export interface HeadsPlace {
  /** Of the run whose heads are shown. */
  readonly frame: Frame;
  readonly summary: SiteSummary;
  readonly order: AtlasOrder;
  /** What they are sorted by; null: their own weights are shown, which have no order. */
  readonly reading: HeadReading | null;
  readonly arrangement: AtlasArrangement;
  readonly range: Lens['range'];
  readonly theme: ThemeName;
  readonly words: Translate;
}

/** Room of the figure in px. */
const WIDTH = 860;
const HEIGHT = 860;

export function headsFigure(place: HeadsPlace): HeadsFigureInput {
  const { frame, summary, reading, arrangement, range, theme, words } = place;
  const { layers, heads, grid } = summary;
  const { selection } = frame;
  const common = {
    pictures: pictureBytes(summary, range),
    layers,
    heads,
    grid,
    title: words('atlasView.stage.exportTitle'),
    subtitle: subtitleOf(place),
    legendTitle: legendOf(summary, range, words),
    scale: weightScale(),
    theme,
    maxWidth: WIDTH,
    id: 'figure-heads',
  };
  if (arrangement.kind === 'layers') {
    const titles = { rowTitle: words('atlasView.stage.layer'), columnTitle: words('atlasView.stage.head') };
    const { layer, head } = selection;
    return { kind: 'atlas', input: { ...common, ...titles, selection: { layer, head }, maxHeight: HEIGHT } };
  }
  const flat = (at: { readonly layer: number; readonly head: number }): number => at.layer * heads + at.head;
  const sections = arrangement.sections.map((section) => ({
    name: section.name === null ? null : `${groupTitle(section.name, words)} (${section.heads.length})`,
    heads: section.heads.map((index) => ({ index, label: headLabel(index, heads, reading) })),
  }));
  const chosen = { selection: flat(selection), others: selection.others.map(flat) };
  return { kind: 'atlas-sections', input: { ...common, ...chosen, sections } };
}

/** The model, the order and by what, and what was changed. */
function subtitleOf({ frame, summary, order, reading, arrangement, words }: HeadsPlace): string {
  const { model } = frame;
  const sorted = words('atlasView.stage.exportOrder', { order: words(`atlas.orders.${order}`) });
  const site = model.stacks.length > 1 || summary.site === 'cross' ? [`${summary.stack} ${summary.site}`] : [];
  const by = reading === null || arrangement.kind === 'layers' ? [] : [words(reading.quantity)];
  const changes = changesText(frame, words);
  return [model.entry.name, ...site, sorted, ...by, ...(changes === '' ? [] : [changes])].join(' · ');
}

/** What a cell of a picture and its colour stand for. */
function legendOf({ block }: SiteSummary, range: Lens['range'], words: Translate): string {
  const cell = block === 1 ? words('atlasView.stage.exportCell') : words('atlasView.stage.exportTile', { block });
  return `${cell}, ${words(`atlasView.stage.exportRange.${range}`)}`;
}

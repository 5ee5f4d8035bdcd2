/** What the large atlas is drawn from. */
import { useLayoutEffect, useMemo } from 'react';
import type { SiteSummary } from '../../electron/api/index.ts';
import { pictureOf } from '../state/exact.ts';
import type { Rect } from '../figures/legend.ts';
import { THEMES } from '../figures/theme.ts';
import type { Frame } from '../state/frames.ts';
import { groupTitle } from '../view-models/atlas-groups.ts';
import type { HeadsLayout } from '../view-models/atlas-layout.ts';
import { levelFor } from '../view-models/atlas-levels.ts';
import { headLabel } from '../view-models/atlas-rank.ts';
import { tokenLabel } from '../view-models/format.ts';
import type { AtlasShown } from './atlas-shown.ts';
import { useApp, useTheme, useWords } from './context.tsx';
import type { HeadsScene } from './heads-canvas.ts';
import { patternScale, pooledLevels } from './heads-pictures.ts';
import { headPlaces } from './heads-places.ts';
import type { HeadPlaces } from './heads-places.ts';
import type { HeadTiles, TileSource } from './heads-tiles.ts';
import { useHeadMarks } from './use-head-pointer.ts';
import type { HeadMark } from './use-head-pointer.ts';

export interface SceneProps {
  readonly summary: SiteSummary;
  /** Of the run whose heads are shown. */
  readonly frame: Frame;
  readonly shown: AtlasShown;
  readonly layout: HeadsLayout;
  /** Size of the canvas, and the part of it that the heads are seen in, in px. */
  readonly room: { readonly width: number; readonly height: number };
  readonly inner: Rect;
  readonly tiles: HeadTiles;
}

/** What the whole patterns are fetched from. */
function useTileSource({ summary, frame, tiles }: SceneProps): void {
  const theme = useTheme();
  const range = useApp((state) => state.lens.range);
  const { run } = frame;
  const source = useMemo<TileSource>(() => {
    const { stack, site, heads } = summary;
    return {
      traceId: run.traceId,
      tokens: run.tokens.length,
      pooled: summary.grid,
      requestOf: (index) =>
        pictureOf({ name: `${stack}.${Math.floor(index / heads)}.${site}.pattern`, head: index % heads }, run),
      scaleOf: (index) => patternScale(summary, index, range, theme),
    };
  }, [summary, run, range, theme]);
  useLayoutEffect(() => {
    tiles.setSource(source);
  }, [tiles, source]);
}

/** How heads are marked, by index. */
function useMarks(heads: number): (index: number) => HeadMark {
  const markOf = useHeadMarks();
  return useMemo(() => (index) => markOf({ layer: Math.floor(index / heads), head: index % heads }), [markOf, heads]);
}

export interface HeadsView {
  readonly scene: HeadsScene;
  readonly places: HeadPlaces;
}

export function useHeadsView(props: SceneProps): HeadsView {
  const { summary, shown, layout, room, inner, tiles } = props;
  useTileSource(props);
  const words = useWords();
  const theme = useTheme();
  const range = useApp((state) => state.lens.range);
  const markOf = useMarks(summary.heads);
  const pooled = useMemo(() => pooledLevels(summary, range, theme), [summary, range, theme]);
  const places = useMemo(
    () => headPlaces({ layout, summary, pooled, tiles, inner, density: () => window.devicePixelRatio || 1 }),
    [layout, summary, pooled, tiles, inner],
  );
  const tokensOf = useTokenLabels(props, places);
  const { reading, arrangement } = shown;
  const scene = useMemo<HeadsScene>(
    () => ({
      ...room,
      layout,
      inner,
      theme: THEMES[theme],
      heads: summary.heads,
      imageOf: (index, pixels) =>
        tiles.get(index)?.levels.find(({ cells }) => cells <= pixels)?.image ?? levelFor(pooled, pixels).imageOf(index),
      markOf,
      labelOf: (index) => headLabel(index, summary.heads, reading),
      headingOf: (section) => {
        const name = arrangement.kind === 'flow' ? arrangement.sections[section]?.name : null;
        return name == null ? '' : groupTitle(name, words);
      },
      tokensOf,
    }),
    [summary, layout, room, inner, theme, tiles, pooled, markOf, reading, arrangement, words, tokensOf],
  );
  return useMemo(() => ({ scene, places }), [scene, places]);
}

/** The tokens of the head that is large enough to name them; the selected ones stand out beside the selected head. */
function useTokenLabels({ summary, frame }: SceneProps, places: HeadPlaces): HeadsScene['tokensOf'] {
  const chosen = useApp(({ selection }) => selection.layer * summary.heads + selection.head);
  const query = useApp(({ selection }) => selection.query);
  const key = useApp(({ selection }) => selection.key);
  const labels = useMemo(() => frame.run.tokens.map(({ text }) => tokenLabel(text)), [frame.run]);
  return useMemo(
    () => (zoom) => {
      const index = places.namedAt(zoom, labels.length, chosen);
      if (index === null) return null;
      const marked = index === chosen ? { query, key: key ?? -1 } : { query: -1, key: -1 };
      return { box: places.boxOfHead(index, zoom), labels, ...marked };
    },
    [places, labels, chosen, query, key],
  );
}

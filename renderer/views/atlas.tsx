/** All layers × heads as small pictures on one canvas; a grid over it chooses the head, with the pointer or the keys. */
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ListBox, ListBoxItem, Popover, Select } from 'react-aria-components';
import type { SiteSummary } from '../../electron/api/index.ts';
import { Chevron } from '../components/icons.tsx';
import { useMedia } from '../components/use-media.ts';
import { useSize } from '../components/use-size.ts';
import { atlasPicture } from './atlas-picture.ts';
import { cellMoveOf } from '../state/commands.ts';
import { summaryOf } from '../state/selection.ts';
import { atlasGeometry } from '../view-models/atlas.ts';
import { formatNumber, shownIndex } from '../view-models/format.ts';
import { STATISTIC_ORDER, statisticOf } from '../view-models/heads.ts';
import type { Statistic } from '../view-models/heads.ts';
import { useApp, useSession, useTheme, useWords } from './context.tsx';
import { HeadPanel } from './head-panel.tsx';

/** Height of the pictures where the atlas is a strip above the figure, in px. */
const STRIP_HEIGHT = 160;

export type AtlasColour = 'pictures' | Statistic;
const COLOURS: readonly AtlasColour[] = ['pictures', ...STATISTIC_ORDER];

export function Atlas(): ReactElement {
  const { t } = useTranslation();
  const summary = useApp((state) => summaryOf(state.run.result?.summaries ?? [], state.selection));
  const [colour, setColour] = useState<AtlasColour>('pictures');
  const [pointed, setPointed] = useState<{ layer: number; head: number } | null>(null);
  return (
    <section className="atlas" aria-label={t('atlas.label')} data-testid="atlas">
      <div className="panel-heading">
        <h2>{t('atlas.label')}</h2>
        <ColourSelect value={colour} onChange={setColour} />
      </div>
      {summary === null ? (
        <div className="atlas-empty" aria-hidden="true" />
      ) : (
        <AtlasGrid summary={summary} colour={colour} onPoint={setPointed} />
      )}
      {summary !== null && <HeadPanel summary={summary} pointed={pointed} />}
    </section>
  );
}

function ColourSelect({ value, onChange }: { value: AtlasColour; onChange: (value: AtlasColour) => void }): ReactElement {
  const { t } = useTranslation();
  const label = (item: AtlasColour): string => (item === 'pictures' ? t('atlas.pictures') : t(`statistic.${item}`));
  return (
    <Select
      aria-label={t('atlas.colour')}
      selectedKey={value}
      onSelectionChange={(key) => onChange(COLOURS.find((item) => item === key) ?? 'pictures')}
    >
      <Button className="index-button" data-testid="atlas-colour">
        <span>
          {t('atlas.colour')}: {label(value)}
        </span>
        <Chevron />
      </Button>
      <Popover className="popover">
        <ListBox className="menu" items={COLOURS.map((id) => ({ id }))}>
          {({ id }) => (
            <ListBoxItem id={id} className="menu-item" textValue={label(id)}>
              {label(id)}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

interface GridProps {
  readonly summary: SiteSummary;
  readonly colour: AtlasColour;
  readonly onPoint: (head: { layer: number; head: number } | null) => void;
}

function AtlasGrid({ summary, colour, onPoint }: GridProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const theme = useTheme();
  const layer = useApp((state) => state.selection.layer);
  const head = useApp((state) => state.selection.head);
  const room = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const width = useSize(room)?.width ?? null;
  const strip = useMedia('(max-width: 799px)');
  const geometry = useMemo(
    () => (width === null ? null : atlasGeometry(summary.layers, summary.heads, width, strip ? STRIP_HEIGHT : Infinity)),
    [summary.layers, summary.heads, width, strip],
  );
  const picture = useMemo(() => atlasPicture(summary, colour, theme), [summary, colour, theme]);
  useLayoutEffect(() => {
    if (canvas.current !== null && geometry !== null) picture.paint(canvas.current, geometry);
  }, [picture, geometry]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const move = cellMoveOf(event.key);
    if (move === null) return;
    event.preventDefault();
    event.stopPropagation();
    const to = {
      layer: Math.max(0, Math.min(summary.layers - 1, layer + move.dQuery)),
      head: Math.max(0, Math.min(summary.heads - 1, head + move.dKey)),
    };
    session.select(to);
    grid.current?.querySelector<HTMLElement>(`[data-layer="${to.layer}"][data-head="${to.head}"]`)?.focus();
  };
  const nameOf = (at: number, of: number): string => {
    const values = { layer: shownIndex(at), head: shownIndex(of) };
    if (colour === 'pictures') return t('atlas.cell', values);
    const value = formatNumber(statisticOf(summary, at, of, colour), 3);
    return t('atlas.cellValue', { ...values, name: t(`statistic.${colour}`), value });
  };
  const help = colour === 'pictures' ? t('atlas.pictureHelp') : statisticHelp(colour, picture.low, picture.high, words);

  return (
    <div className="atlas-room" ref={room}>
      {geometry !== null && (
        <div
          ref={grid}
          className="atlas-grid"
          role="grid"
          aria-label={t('atlas.label')}
          style={{ width: geometry.width, height: geometry.height }}
          onKeyDown={onKeyDown}
          onPointerMove={(event) => onPoint(headOf(event))}
          onPointerLeave={() => onPoint(null)}
          onClick={(event) => {
            const to = headOf(event);
            if (to !== null) session.select(to);
          }}
        >
          <canvas ref={canvas} className="atlas-canvas" aria-hidden="true" />
          {geometry.headLabels.map(({ index, x }) => (
            <span key={`h${index}`} className={index === head ? 'atlas-label on' : 'atlas-label'} style={{ left: x, top: 0 }} aria-hidden="true">
              {shownIndex(index)}
            </span>
          ))}
          {Array.from({ length: summary.layers }, (_, at) => (
            <div key={at} role="row" className="atlas-row">
              {geometry.showsLayer(at) && (
                <span className={at === layer ? 'atlas-label row on' : 'atlas-label row'} style={{ top: geometry.y(at) + geometry.tile / 2 }} aria-hidden="true">
                  {shownIndex(at)}
                </span>
              )}
              {Array.from({ length: summary.heads }, (_, of) => (
                <div
                  key={of}
                  role="gridcell"
                  className={at === layer && of === head ? 'atlas-cell on' : 'atlas-cell'}
                  style={{ left: geometry.x(of), top: geometry.y(at), width: geometry.tile, height: geometry.tile }}
                  tabIndex={at === layer && of === head ? 0 : -1}
                  aria-selected={at === layer && of === head}
                  aria-label={nameOf(at, of)}
                  data-layer={at}
                  data-head={of}
                  data-testid={`head-${at}-${of}`}
                />
              ))}
            </div>
          ))}
        </div>
      )}
      <p className="note atlas-note">{help}</p>
    </div>
  );
}

function statisticHelp(statistic: Statistic, low: number, high: number, words: ReturnType<typeof useWords>): string {
  const name = words(`statistic.${statistic}`);
  return words('atlas.statisticHelp', { name, low: formatNumber(low, 3), high: formatNumber(high, 3) });
}

function headOf(event: PointerEvent | { target: EventTarget }): { layer: number; head: number } | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('.atlas-cell') : null;
  const { layer, head } = cell?.dataset ?? {};
  return layer === undefined || head === undefined ? null : { layer: Number(layer), head: Number(head) };
}

/** The reading view: the text as it was typed, coloured by the weights of the token under the pointer, else of the selected one. */
import { useId, useMemo, useRef } from 'react';
import type { KeyboardEvent, ReactElement, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { lensedFrame, rowOf, tokensOf } from '../view-models/lens/apply.ts';
import type { Lensed } from '../view-models/lens/apply.ts';
import { matrixPanels } from '../view-models/matrix-panels.ts';
import type { MatrixPanel } from '../view-models/matrix-panels.ts';
import { readingTitle, stepLine, strongestText } from '../view-models/reading.ts';
import { readingText } from '../view-models/reading-text.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { ReadingBlock } from './reading-block.tsx';
import type { ReadingHandle } from './reading-block.tsx';
import { Switch } from './switch.tsx';
import { useParts } from './use-parts.ts';
import { useReadingPointer } from './use-reading-pointer.ts';

/** @param frame the patterns of the chosen heads, of the original run */
export function ReadingStage({ frame }: { frame: Frame }): ReactElement {
  const lens = useApp((state) => state.lens);
  const runs = useParts(frame);
  const shown = lensedFrame(frame, lens);
  const panels = useMemo(() => matrixPanels(runs, lens), [runs, lens]);
  const parts = useMemo(() => readingText(shown, frame.run.tokens, frame.input), [shown, frame]);
  const query = useApp((state) => state.selection.query);
  const row = rowOf(shown, query);
  const room = useRef<HTMLDivElement>(null);
  const handles = useRef(new Map<number, ReadingHandle>());
  const pointer = useReadingPointer({ shown, row, direction: lens.direction, handles });
  const help = useId();
  const { t } = useTranslation();
  return (
    <div className="reading">
      <DirectionSwitch />
      <div
        ref={room}
        className="reading-room"
        role="application"
        tabIndex={0}
        aria-label={useLabel(panels[0], shown, row)}
        aria-describedby={help}
        data-testid="reading"
        data-rows={shown.rows}
        onKeyDown={useTokenKeys(shown, row, room)}
        {...pointer}
      >
        {panels.map((panel, at) => (
          <ReadingBlock
            key={`${panel.part} ${at}`}
            {...{ at, panel, parts, row, handles }}
            direction={lens.direction}
            isNamed={panels.length > 1}
            hasLegend={at === 0 || !isSameScale(panel, panels[at - 1])}
          />
        ))}
      </div>
      <p id={help} className="hidden">
        {t('reading.help')}
      </p>
      <Readout panel={panels[0]} row={row} />
    </div>
  );
}

export function DirectionSwitch(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const direction = useApp((state) => state.lens.direction);
  return (
    <Switch
      label={t('reading.direction')}
      choices={(['from', 'to'] as const).map((id) => ({ id, label: t(`reading.${id}`), help: t(`reading.${id}Help`) }))}
      chosen={direction}
      onChoose={(id) => session.setLens({ direction: id })}
      testId="reading-direction"
    />
  );
}

/** The strongest weights of the selected token, read out as it changes. */
function Readout({ panel, row }: { panel: MatrixPanel | undefined; row: number | null }): ReactElement {
  const words = useWords();
  const direction = useApp((state) => state.lens.direction);
  return (
    <p className="hidden" aria-live="polite" data-testid="reading-readout">
      {panel === undefined || row === null ? words('reading.hiddenRow') : strongestText(panel, row, direction, words)}
    </p>
  );
}

function useLabel(panel: MatrixPanel | undefined, { labels }: Lensed, row: number | null): string {
  const words = useWords();
  const place = panel === undefined ? '' : readingTitle(panel, words);
  return words('reading.label', { place, token: row === null ? '–' : (labels[row]?.text ?? '') });
}

function isSameScale({ scale, isDifference }: MatrixPanel, before: MatrixPanel | undefined): boolean {
  return before?.isDifference === isDifference && JSON.stringify(before.scale) === JSON.stringify(scale);
}

/** Arrow keys move the selected token: along the text, and from line to line. */
function useTokenKeys(
  shown: Lensed,
  row: number | null,
  room: RefObject<HTMLElement | null>,
): (event: KeyboardEvent) => void {
  const session = useSession();
  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = rowAfter(event.key, row ?? 0, shown.rows, room.current);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    session.select({ query: tokensOf(shown, to).first });
    elementsOf(room.current)[to]?.scrollIntoView({ block: 'nearest' });
  };
}

function rowAfter(key: string, row: number, rows: number, room: HTMLElement | null): number | null {
  const inside = (to: number): number => Math.max(0, Math.min(rows - 1, to));
  switch (key) {
    case 'ArrowLeft':
      return inside(row - 1);
    case 'ArrowRight':
      return inside(row + 1);
    case 'Home':
      return 0;
    case 'End':
      return inside(rows - 1);
    case 'ArrowUp':
    case 'ArrowDown': {
      const places = elementsOf(room).map(({ offsetLeft, offsetTop }) => ({ x: offsetLeft, y: offsetTop }));
      return stepLine(places, row, key === 'ArrowUp' ? -1 : 1);
    }
    default:
      return null;
  }
}

/** The tokens of the first text, by row. */
function elementsOf(room: HTMLElement | null): readonly HTMLElement[] {
  return [...(room?.querySelectorAll<HTMLElement>('[data-row][data-at="0"]') ?? [])];
}

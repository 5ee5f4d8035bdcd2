/** One text of the reading view: which heads, the numbers of the pointed pair, and the tokens. */
import { memo, useLayoutEffect, useRef } from 'react';
import type { ReactElement, RefObject } from 'react';
import { readingLegend as drawLegend } from '../figures/reading.ts';
import type { Lens } from '../state/lens.ts';
import type { MatrixPanel } from '../view-models/matrix-panels.ts';
import { pairText, readingLegend, readingTitle, strongestText } from '../view-models/reading.ts';
import type { ReadingPart } from '../view-models/reading-text.ts';
import { useTheme, useWords } from './context.tsx';
import { ReadingPainter } from './reading-painter.ts';

/** How the stage tells a text what is pointed at. */
export interface ReadingHandle {
  /**
   * Shows the weights of a row, and the numbers of a pair.
   * @param shown the row whose weights are the colours; null: none
   * @param pointed the row under the pointer; null: none
   */
  readonly show: (shown: number | null, pointed: number | null) => void;
}

interface ReadingBlockProps {
  readonly at: number;
  readonly panel: MatrixPanel;
  readonly parts: readonly ReadingPart[];
  readonly direction: Lens['direction'];
  /** The row of the selected token. */
  readonly row: number | null;
  /** Whether it is one of several, and says which. */
  readonly isNamed: boolean;
  /** Whether its colours have a legend of their own. */
  readonly hasLegend: boolean;
  readonly handles: RefObject<Map<number, ReadingHandle>>;
}

export function ReadingBlock(props: ReadingBlockProps): ReactElement {
  const { at, panel, parts, direction, row, isNamed, hasLegend } = props;
  const words = useWords();
  const text = useRef<HTMLParagraphElement>(null);
  const pair = useRef<HTMLSpanElement>(null);
  const strongest = useRef<HTMLSpanElement>(null);
  useReadingHandle(props, { text, pair, strongest });
  const title = readingTitle(panel, words);
  return (
    <section className="reading-block" aria-label={isNamed ? title : undefined} data-testid={`reading-${at}`}>
      <div className="reading-head" aria-hidden="true">
        {isNamed && <h3>{title}</h3>}
        <p className="mono">
          <span ref={strongest} data-testid={`reading-strongest-${at}`} />
          <span ref={pair} className="reading-pair" data-testid={`reading-pair-${at}`} />
        </p>
        {hasLegend && <Legend panel={panel} at={at} />}
      </div>
      {row === null && <p className="note">{words('reading.hiddenRow')}</p>}
      <p ref={text} className="reading-text" data-direction={direction} data-testid={`reading-text-${at}`}>
        <Parts parts={parts} at={at} />
      </p>
    </section>
  );
}

interface Places {
  readonly text: RefObject<HTMLElement | null>;
  readonly pair: RefObject<HTMLElement | null>;
  readonly strongest: RefObject<HTMLElement | null>;
}

/** Registers the text with the stage, and paints it again whenever something else than the pointer changes. */
function useReadingHandle(
  { at, panel, parts, direction, row, handles }: ReadingBlockProps,
  { text, pair, strongest }: Places,
): void {
  const theme = useTheme();
  const words = useWords();
  useLayoutEffect(() => {
    const root = text.current;
    if (root === null) return undefined;
    const painter = new ReadingPainter(root, panel, direction, theme);
    const say = (place: RefObject<HTMLElement | null>, said: string): void => {
      if (place.current !== null) place.current.textContent = said;
    };
    const show: ReadingHandle['show'] = (shown, pointed) => {
      painter.paint(shown);
      say(strongest, shown === null ? '' : strongestText(panel, shown, direction, words));
      say(pair, row === null || pointed === null ? '' : pairText(panel, row, pointed, direction, words));
    };
    painter.choose(row);
    show(row, null);
    const registry = handles.current;
    registry.set(at, { show });
    return () => {
      registry.delete(at);
    };
    // `parts` are the elements that are painted.
  }, [at, panel, parts, direction, row, handles, theme, words, text, pair, strongest]);
}

/** The tokens; they stay the same elements while only colours change. */
const Parts = memo(function Parts({ parts, at }: { parts: readonly ReadingPart[]; at: number }): ReactElement {
  return (
    <>
      {parts.map(({ token, row, before, text, kind }) => (
        <PartText key={token} before={before}>
          <span
            className={row === null ? `reading-token ${kind} left-out` : `reading-token ${kind}`}
            data-row={row ?? undefined}
            data-at={at}
            data-token={token}
          >
            {text}
          </span>
        </PartText>
      ))}
    </>
  );
});

function PartText({ before, children }: { before: string; children: ReactElement }): ReactElement {
  return (
    <>
      {before}
      {children}
    </>
  );
}

/** Room of a legend, in px. */
const LEGEND_WIDTH = 720;

function Legend({ panel, at }: { panel: MatrixPanel; at: number }): ReactElement {
  const theme = useTheme();
  const words = useWords();
  const room = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const title = readingLegend(panel, words);
    const look = { scale: panel.scale, theme, maxWidth: LEGEND_WIDTH, id: `reading-legend-${at}` };
    room.current?.replaceChildren(drawLegend({ ...look, title }, { document }));
  }, [panel, at, theme, words]);
  return <div ref={room} className="reading-legend" data-testid={`reading-legend-${at}`} />;
}

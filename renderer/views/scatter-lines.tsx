/** Lines from point to point in a scatter plot: a dot and a word at each point, and an arrow where they end. */
import type { ReactElement } from 'react';

export interface LineLook {
  readonly colour: string;
  /** Lengths of strokes and gaps in px; null: without gaps. */
  readonly dash: readonly number[] | null;
  /** One a point of the line; empty for none. */
  readonly words: readonly string[];
}

interface ScatterLinesProps {
  readonly lines: readonly (readonly number[])[];
  readonly looks: readonly LineLook[] | undefined;
  readonly placeOf: (point: number) => readonly [number, number];
}

const ARROW = { length: 9, half: 4 } as const;
const WORD_SIZE = 10;

export function ScatterLines({ lines, looks, placeOf }: ScatterLinesProps): ReactElement {
  return (
    <>
      {lines.map((line, at) => (
        <Line key={at} places={line.map(placeOf)} look={looks?.[at]} isBelow={at % 2 === 1} />
      ))}
    </>
  );
}

function Line({
  places,
  look,
  isBelow,
}: {
  places: readonly (readonly [number, number])[];
  look: LineLook | undefined;
  /** Words of one line lie above it, of the next below, so that both can be read. */
  isBelow: boolean;
}): ReactElement {
  const end = places.at(-1);
  const before = places.at(-2);
  return (
    <g
      className="scatter-path"
      style={look === undefined ? undefined : { color: look.colour }}
      data-points={places.length}
    >
      <polyline
        points={places.map((place) => place.join(',')).join(' ')}
        strokeDasharray={look?.dash?.join(' ') ?? undefined}
      />
      {end !== undefined && before !== undefined && <path d={arrowAt(end, before)} />}
      {look?.words.map((word, at) => {
        const [x = 0, y = 0] = places[at] ?? [];
        return word === '' ? null : (
          <text
            key={at}
            x={x + (isBelow ? 7 : -7)}
            y={y + (isBelow ? 14 : -7)}
            fontSize={WORD_SIZE}
            textAnchor={isBelow ? 'start' : 'end'}
          >
            {word}
          </text>
        );
      })}
    </g>
  );
}

/** A triangle that points from `before` to `end`; none where they are one. */
function arrowAt([x, y]: readonly [number, number], before: readonly [number, number]): string {
  const length = Math.hypot(x - before[0], y - before[1]);
  if (length < 1) return '';
  const [dx, dy] = [(x - before[0]) / length, (y - before[1]) / length];
  const [bx, by] = [x - ARROW.length * dx, y - ARROW.length * dy];
  return `M${x},${y}L${bx - ARROW.half * dy},${by + ARROW.half * dx}L${bx + ARROW.half * dy},${by - ARROW.half * dx}Z`;
}

/** Colours the tokens of the reading view through their elements, without React: a thousand tokens a move of the pointer. */
import { colourScale } from '../figures/colour-scale.ts';
import { inkOn } from '../figures/contrast.ts';
import { THEMES } from '../figures/theme.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { Lens } from '../state/lens.ts';
import type { MatrixPanel } from '../view-models/matrix-panels.ts';
import { weightBetween } from '../view-models/reading.ts';

/** What an element looks like: no colour, a place on the scale (0…255), or the colour of what is no number. */
const NONE = -1;
const MISSING = 256;
/** Not known yet, so that it is written whatever it becomes. */
const UNKNOWN = -2;

interface Look {
  readonly ground: string;
  readonly ink: string;
}

export class ReadingPainter {
  readonly #panel: MatrixPanel;
  readonly #direction: Lens['direction'];
  /** The element of each row. */
  readonly #elements: readonly (HTMLElement | undefined)[];
  readonly #painted: Int16Array;
  readonly #looks: readonly Look[];
  readonly #position: (weight: number) => number;
  #anchor: HTMLElement | undefined;
  #chosen: HTMLElement | undefined;

  /** @param root holds an element with `data-row` for every row */
  constructor(root: HTMLElement, panel: MatrixPanel, direction: Lens['direction'], theme: ThemeName) {
    this.#panel = panel;
    this.#direction = direction;
    const elements: (HTMLElement | undefined)[] = Array.from({ length: panel.rows });
    for (const element of root.querySelectorAll<HTMLElement>('[data-row]')) {
      elements[Number(element.dataset['row'])] = element;
      element.classList.remove('anchor', 'chosen');
    }
    this.#elements = elements;
    this.#painted = new Int16Array(panel.rows).fill(UNKNOWN);
    const scale = colourScale(panel.scale, THEMES[theme]);
    this.#position = scale.position;
    this.#looks = looksOf(scale.table, scale.missing);
  }

  /** Colours every token by its weight with the token of a row; null: no colours. */
  paint(row: number | null): void {
    for (let other = 0; other < this.#painted.length; other += 1) {
      const look = row === null ? NONE : this.#lookOf(weightBetween(this.#panel, row, other, this.#direction));
      if (this.#painted[other] === look) continue;
      this.#painted[other] = look;
      const style = this.#elements[other]?.style;
      if (style === undefined) continue;
      style.backgroundColor = this.#looks[look]?.ground ?? '';
      style.color = this.#looks[look]?.ink ?? '';
    }
    this.#anchor = mark(this.#anchor, row === null ? undefined : this.#elements[row], 'anchor');
  }

  /** Marks the selected token. */
  choose(row: number | null): void {
    this.#chosen = mark(this.#chosen, row === null ? undefined : this.#elements[row], 'chosen');
  }

  #lookOf(weight: number): number {
    if (weight === 0) return NONE;
    const position = this.#position(weight);
    return Number.isNaN(position) ? MISSING : Math.round(255 * position);
  }
}

function mark(old: HTMLElement | undefined, now: HTMLElement | undefined, name: string): HTMLElement | undefined {
  if (old === now) return now;
  old?.classList.remove(name);
  now?.classList.add(name);
  return now;
}

/** Entry by entry of a colour table of 256, with ink that reads on it; then that of what is missing. */
function looksOf(table: Uint8ClampedArray, missing: string): Look[] {
  const looks = Array.from({ length: 256 }, (_, at): Look => {
    const [red = 0, green = 0, blue = 0] = table.subarray(4 * at, 4 * at + 3);
    const ground = `rgb(${red}, ${green}, ${blue})`;
    return { ground, ink: inkOn(ground) };
  });
  return [...looks, { ground: missing, ink: inkOn(missing) }];
}

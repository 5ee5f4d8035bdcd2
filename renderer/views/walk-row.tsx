/** One key of the walk. */
import type { ReactElement } from 'react';
import { exactDouble, exactNumber, formatNumber } from '../view-models/format.ts';
import { barOf, barReach, contributionReach, NUMBER_COLUMNS } from '../view-models/walk-columns.ts';
import type { NumberColumn } from '../view-models/walk-columns.ts';
import type { KeyStation } from '../view-models/walk-names.ts';
import type { RowStrip } from '../view-models/walk-strips.ts';
import type { WalkNumbers, WalkRow } from '../view-models/walk.ts';
import { StripCanvas } from './strip-canvas.tsx';

interface KeyRowProps {
  readonly item: WalkRow;
  readonly station: KeyStation;
  readonly token: string;
  readonly numbers: WalkNumbers;
  readonly strips: readonly RowStrip[];
  readonly showsBar: boolean;
  readonly isSelected: boolean;
  readonly isFocusable: boolean;
  /** null where rows do not open. */
  readonly isOpen: boolean | null;
  /** The row's number for ARIA, where not every row is in the document. */
  readonly rowIndex: number | undefined;
  readonly onChoose: () => void;
}

export function KeyRow(props: KeyRowProps): ReactElement {
  const { item, station, token, numbers, strips, showsBar, isSelected, isFocusable, isOpen, rowIndex, onChoose } =
    props;
  const bar = barOf(station, item, barReach(station, numbers));
  const isHidden = !item.visible && ['masked', 'pattern', 'context'].includes(station);
  const most = station === 'context' ? contributionReach(numbers) : 0;
  const centred = bar.side === 'weight' ? '' : ' centred';
  return (
    <tr
      className={`key-row${isSelected ? ' selected' : ''}${isHidden ? ' masked' : ''}`}
      aria-rowindex={rowIndex}
      data-testid={`walk-row-${item.key}`}
      onClick={onChoose}
    >
      <th scope="row">
        <button
          type="button"
          className="key-name"
          tabIndex={isFocusable ? 0 : -1}
          data-row={item.key}
          aria-expanded={isOpen ?? undefined}
          aria-pressed={isOpen === null ? isSelected : undefined}
          data-testid={`walk-key-${item.key}`}
        >
          {isOpen !== null && (
            <span className="key-open" aria-hidden="true">
              {isOpen ? '▾' : '▸'}
            </span>
          )}
          {token}
        </button>
      </th>
      {showsBar && (
        <td className="key-bar-cell" aria-hidden="true">
          <span className={`key-bar${centred}${most > 0 ? ' thin' : ''}`}>
            <span className={`key-fill ${bar.side}`} style={{ left: `${bar.left}%`, width: `${bar.width}%` }} />
          </span>
          {most > 0 && (
            <span className="key-bar contribution">
              <span
                className="key-fill contribution"
                style={{ left: 0, width: `${(100 * (item.contribution ?? 0)) / most}%` }}
              />
            </span>
          )}
        </td>
      )}
      {strips.map(({ id, values, hue, reach }) => (
        <td key={id} className="key-strip" data-testid={`walk-${id}-strip-${item.key}`} {...dimensionTitle(values)}>
          <StripCanvas values={values} hue={hue} reach={reach} />
        </td>
      ))}
      {NUMBER_COLUMNS[station].map((column) => (
        <NumberCell key={column.id} column={column} item={item} />
      ))}
    </tr>
  );
}

/** The exact number under the pointer as the cell's title. */
function dimensionTitle(values: Float32Array) {
  return {
    onPointerMove: (event: { clientX: number; currentTarget: HTMLElement }) => {
      const { left, width } = event.currentTarget.getBoundingClientRect();
      const index = Math.min(values.length - 1, Math.floor(((event.clientX - left) / width) * values.length));
      event.currentTarget.title = `[${index}] ${exactNumber(values[index] ?? NaN)}`;
    },
  };
}

function NumberCell({ column, item }: { column: NumberColumn; item: WalkRow }): ReactElement {
  const value = column.value(item);
  const testId = `walk-${column.id}-${item.key}`;
  if (value === null) {
    return (
      <td className="number quiet" data-testid={testId}>
        –
      </td>
    );
  }
  return (
    <td
      className={column.isQuiet ? 'number quiet' : 'number'}
      title={column.isDouble ? exactDouble(value) : exactNumber(value)}
      data-testid={testId}
    >
      {formatNumber(value)}
    </td>
  );
}

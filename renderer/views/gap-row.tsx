/** Empty room in a table, in the place of rows that are scrolled out of view. */
import type { ReactElement } from 'react';

export function GapRow({ height, columns }: { height: number; columns: number }): ReactElement {
  return (
    <tr className="gap-row" aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

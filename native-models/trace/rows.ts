/** Some rows of a traced value: tokens or queries, where that is the axis before the last. */
import { ModelError } from '../errors.ts';
import type { Fetched } from '../session/runtime.ts';
import type { TraceName } from './names.ts';

/** `first … first + count − 1` of an axis. */
export interface Range {
  readonly first: number;
  readonly count: number;
}

/**
 * @param size how many rows the value has
 * @throws ModelError `bad-request` for rows that are not there, for a value without rows, or for rows of all heads at once
 */
export function assertRows({ name, axes }: TraceName, head: number | undefined, rows: Range, size: number): void {
  if (axes[0] === 'head' && axes.length > 2 && head === undefined) {
    const message = `Rows of ${name} are given for one head at a time; name its head.`;
    throw new ModelError('bad-request', 'rows-without-head', message);
  }
  const rowAxis = (head === undefined ? axes : axes.slice(1)).at(-2);
  if (rowAxis !== 'query' && rowAxis !== 'token') {
    const message = `${name} has the axes ${axes.join(', ')}; it has no rows of tokens or queries to choose from.`;
    throw new ModelError('bad-request', 'no-row-axis', message);
  }
  const { first, count } = rows;
  const whole = Number.isInteger(first) && Number.isInteger(count);
  if (whole && first >= 0 && count >= 1 && first + count <= size) return;
  const asked = count === 1 ? `row ${first}` : `${count} rows from ${first}`;
  const message = `${name} has no ${asked}; it has rows 0…${size - 1}, and at least one is to be asked for.`;
  throw new ModelError('bad-request', 'rows-missing', message, { first, count, size });
}

/** Rows of a [… , rows, columns] value with a single entry on the axes before, as a view. */
export function rowsOf({ data, dims }: Fetched, { first, count }: Range): Fetched {
  const columns = dims.at(-1) ?? 0;
  return {
    data: data.subarray(first * columns, (first + count) * columns),
    dims: [...dims.slice(0, -2), count, columns],
  };
}

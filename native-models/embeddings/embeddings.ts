/** A token's row of the embedding table, and what is near it. */
import { ModelError } from '../errors.ts';
import type { Model } from '../model.ts';
import { readingsOf } from '../generate/named.ts';
import type { Reading } from '../generate/named.ts';
import { nearestRows } from './neighbours.ts';
import type { Neighbour } from './neighbours.ts';

export interface NamedNeighbour extends Neighbour {
  /** The piece as people read it, its leading space or `##` kept. */
  readonly text: string;
}

export interface EmbeddingNeighbours {
  /** The token whose row it is; null for a vector of a run. */
  readonly id: number | null;
  readonly text: string | null;
  /** f32 [hidden] */
  readonly vector: Float32Array;
  /** ‖vector‖ */
  readonly norm: number;
  /** Pieces that were compared: the whole vocabulary, without the token itself. */
  readonly among: number;
  readonly byCosine: readonly NamedNeighbour[];
  readonly byDot: readonly NamedNeighbour[];
}

/**
 * The pieces whose embeddings are nearest to a token's own: by cosine, and by dot product. Exact, over the whole vocabulary.
 * @throws ModelError 'bad-request' `token-unknown`
 */
export async function tokenNeighbours(model: Model, id: number, count: number): Promise<EmbeddingNeighbours> {
  const { token: table } = model.embeddings;
  if (!Number.isInteger(id) || id < 0 || id >= table.rows) throw tokenUnknown(id, table.rows);
  const vector = await table.read(id, 1);
  const near = await vectorNeighbours(model, vector, count, id);
  return { ...near, id, text: nameOf(model, id) };
}

/**
 * The pieces whose embeddings are nearest to a vector, such as a token's hidden state in some layer.
 * @param vector f32 [hidden]
 * @param except a token that is left out
 * @throws ModelError 'bad-request' `vector-length`
 */
export async function vectorNeighbours(
  model: Model,
  vector: Float32Array,
  count: number,
  except?: number,
): Promise<EmbeddingNeighbours> {
  const { token: table } = model.embeddings;
  if (vector.length !== table.columns) {
    const message = `The vector has ${vector.length} numbers; the embeddings of this model have ${table.columns}.`;
    throw new ModelError('bad-request', 'vector-length', message, { length: vector.length, columns: table.columns });
  }
  const { among, norm, byCosine, byDot } = await nearestRows(table, vector, count, {
    ...(except === undefined ? {} : { except }),
  });
  const named = (list: readonly Neighbour[]) => list.map((each) => ({ ...each, text: nameOf(model, each.id) }));
  return { id: null, text: null, vector, norm, among, byCosine: named(byCosine), byDot: named(byDot) };
}

export interface TypedReading {
  readonly reading: Reading['reading'];
  readonly pieces: readonly { readonly id: number; readonly text: string }[];
}

/**
 * The pieces of a typed text, in the ways that it can be read: as a word of its own, as it was typed, or as a stored piece.
 * @throws ModelError `bad-text` for an empty text, or one too long to be a token
 */
export async function typedPieces(model: Model, typed: string): Promise<readonly TypedReading[]> {
  const readings = await readingsOf(model.tokenizer, typed);
  return readings.map(({ reading, ids }) => ({ reading, pieces: ids.map((id) => ({ id, text: nameOf(model, id) })) }));
}

export interface TableRows {
  /** Of the whole table. */
  readonly rows: number;
  readonly columns: number;
  /** f32 [count, columns] */
  readonly data: Float32Array;
  /** The pieces as people read them. */
  readonly names: readonly string[];
}

/**
 * Rows of the token embedding table.
 * @param first the first row
 * @param count fewer are given where the table ends
 * @throws ModelError 'bad-request' `token-unknown` for a first row that is not there
 */
export async function tokenRows(model: Model, first: number, count: number): Promise<TableRows> {
  const { token: table } = model.embeddings;
  if (!Number.isInteger(first) || first < 0 || first >= table.rows) throw tokenUnknown(first, table.rows);
  const given = Math.min(count, table.rows - first);
  const data = await table.read(first, given);
  const names = Array.from({ length: given }, (_, at) => nameOf(model, first + at));
  return { rows: table.rows, columns: table.columns, data, names };
}

function tokenUnknown(id: number, rows: number): ModelError {
  const message = `The model has no token ${id}; expected an id from 0 to ${rows - 1}.`;
  return new ModelError('bad-request', 'token-unknown', message, { id, vocabulary: rows });
}

/** Tables may have more rows than the tokenizer has pieces: rows that fill them up have no name. */
function nameOf({ tokenizer }: Model, id: number): string {
  return id < tokenizer.vocabularySize ? tokenizer.pieceName(id) : `#${id}`;
}

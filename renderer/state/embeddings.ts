/** What the embedding table says: rows, and what is near a vector; asked for by model, kept by their question. */
import type {
  Neighbours as Sent,
  RequestInput,
  TableRows as SentRows,
  TypedReading,
} from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import type { AskedParts } from './asked-parts.ts';
import { Answers } from './tokenizing.ts';

export type NeighboursQuestion = RequestInput<'embedding.neighbours'>;

/** An answer, decoded. */
export interface Neighbours extends Omit<Sent, 'vector'> {
  /** f32 [hidden] */
  readonly vector: Float32Array;
}

export interface FindQuestion {
  readonly model: string;
  readonly typed: string;
}

/** Decoded: vectors are f32. */
export type ModelPositions =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'learned';
      readonly rows: number;
      readonly columns: number;
      readonly shown: number;
      /** f32 [shown, shown] */
      readonly cosine: Float32Array;
      /** f32 [shown] */
      readonly norms: Float32Array;
    };

export interface TableRows extends Omit<SentRows, 'data'> {
  /** f32 [count, columns] */
  readonly data: Float32Array;
}

export class Embeddings {
  readonly neighbours: AskedParts<NeighboursQuestion, Neighbours>;
  readonly find: AskedParts<FindQuestion, readonly TypedReading[]>;

  /** Rows of the table, decoded; not kept. */
  readonly rows: (model: string, first: number, count: number) => Promise<TableRows>;
  readonly positions: AskedParts<{ readonly model: string }, ModelPositions>;

  /** @param onLost called when the engine no longer has the run that it is asked about */
  constructor(client: Client, onLost: (traceId: string) => void) {
    this.neighbours = new Answers<NeighboursQuestion, Neighbours>(async (question) => {
      try {
        const { vector, ...near } = await client.call('embedding.neighbours', question);
        return { ...near, vector: new Float32Array(vector) };
      } catch (error) {
        if (question.of.kind === 'state' && asApiError(error).failure.code === 'not-found') onLost(question.of.traceId);
        throw error;
      }
    });
    this.positions = new Answers<{ readonly model: string }, ModelPositions>(async (question) => {
      const found = await client.call('embedding.positions', question);
      if (found.kind === 'none') return found;
      return { ...found, cosine: new Float32Array(found.cosine), norms: new Float32Array(found.norms) };
    });
    this.rows = async (model, first, count) => {
      const { data, ...rest } = await client.call('embedding.rows', { model, first, count });
      return { ...rest, data: new Float32Array(data) };
    };
    this.find = new Answers<FindQuestion, readonly TypedReading[]>((question) =>
      client.call('embedding.find', question),
    );
  }
}

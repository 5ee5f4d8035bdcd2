/** Requests drawn from the contract's own schemas, so that every channel is fuzzed, also one that is added tomorrow. */
import { contract, type Channel } from '../../../electron/api/contract.ts';
import { z } from '../../../electron/api/schema.ts';
import type { Random } from '../../native-models/checkpoint/mutations.ts';

interface Schema {
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Strings that mean something to Headlight, by the name of the field they are for. */
export type Known = Readonly<Record<string, readonly string[]>>;

const NUMBERS = [0, 1, 2, 3, 7, 100, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, 0.5, 1e300];
const STRINGS = ['', 'main', 'The cat sat', '../../etc/passwd', '__proto__', 'é😀\u0000', 'x'.repeat(3000)];
const schemas = new Map<Channel, Schema>();

/** A payload that the schema of `channel` describes, with numbers from small to absurd. A buffer is `{ "$buffer": 0 }`. */
export function drawRequest(channel: Channel, known: Known, random: Random): unknown {
  let schema = schemas.get(channel);
  if (schema === undefined) {
    schema = z.toJSONSchema(contract[channel].request, { unrepresentable: 'any', io: 'input' }) as Schema;
    schemas.set(channel, schema);
  }
  return draw(schema, '', known, random);
}

function draw(schema: Schema, field: string, known: Known, random: Random): unknown {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return draw(random.pick(choices), field, known, random);
  if (schema.const !== undefined) return schema.const;
  const meaningful = random.next() < 0.9 ? known[field] : undefined;
  if (schema.enum !== undefined) return random.pick(meaningful ?? schema.enum);
  if (schema.type === 'object') return drawObject(schema, known, random);
  if (schema.type === 'array') {
    return Array.from({ length: random.below(4) }, () => draw(schema.items ?? {}, field, known, random));
  }
  if (schema.type === 'integer' || schema.type === 'number') return drawNumber(schema, random);
  if (schema.type === 'string') return random.pick(meaningful ?? STRINGS);
  if (schema.type === 'boolean') return random.next() < 0.5;
  return schema.type === 'null' ? null : { $buffer: 0 };
}

function drawObject({ properties = {}, required = [] }: Schema, known: Known, random: Random): Record<string, unknown> {
  const drawn: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (required.includes(key) || random.next() < 0.5) drawn[key] = draw(value, key, known, random);
  }
  return drawn;
}

function drawNumber({ minimum, maximum }: Schema, random: Random): number {
  const fitting = NUMBERS.filter((n) => n >= (minimum ?? -Infinity) && n <= (maximum ?? Infinity));
  // Mostly small: a request that is refused for its first number shows nothing of what lies behind.
  return random.next() < 0.7 ? (fitting[random.below(Math.min(4, fitting.length))] ?? 0) : random.pick(fitting);
}

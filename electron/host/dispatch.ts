/**
 * One request from a page, whichever way it came: validated against the contract, answered by the host or the engine, turned into
 * a reply. Nothing a page sends can make `dispatch` throw.
 */
import type { Reply } from '../api/bridge.ts';
import {
  contract,
  engineContract,
  type Channel,
  type HostChannel,
  type Request,
  type Response,
} from '../api/contract.ts';
import { ApiError, type ApiFailure } from '../api/errors.ts';
import type { z } from '../api/schema.ts';
import { toFailure } from './failure.ts';

/** The longest text of one request, in UTF-16 units: far above any model's length, below what would hurt. */
export const MAX_TEXT_UNITS = 1_000_000;

/** What answers the engine's channels; a `Supervisor` is one. */
export interface EngineLine {
  request(channel: string, payload: unknown, client: string): Promise<unknown>;
  cancel(): boolean;
}

/** What answers the host's channels, `engine.cancel` aside. `client` says which window or connection asks. */
export type HostHandlers = {
  readonly [C in Exclude<HostChannel, 'engine.cancel'>]: (
    request: Request<C>,
    client: string,
  ) => Promise<Response<C>> | Response<C>;
};

export interface DispatchOptions {
  readonly engine: EngineLine;
  readonly host: HostHandlers;
}

export type Dispatch = (channel: string, payload: unknown, client: string) => Promise<Reply>;

export function createDispatch({ engine, host }: DispatchOptions): Dispatch {
  const respond = (channel: Channel, request: unknown, client: string): unknown => {
    if (Object.hasOwn(engineContract, channel)) return engine.request(channel, request, client);
    if (channel === 'engine.cancel') return { cancelled: engine.cancel() };
    const handler = host[channel as keyof HostHandlers] as (request: unknown, client: string) => unknown;
    return handler(request, client);
  };
  return async (channel, payload, client) => {
    try {
      const known = channelOf(channel);
      const request = parseRequest(known, payload);
      checkText(request);
      return { ok: true, value: parseResponse(known, await respond(known, request, client)) };
    } catch (error) {
      return { ok: false, failure: toFailure(error) };
    }
  };
}

function channelOf(channel: string): Channel {
  if (Object.hasOwn(contract, channel)) return channel as Channel;
  throw badRequest('unknown-channel', `invalid channel: ${JSON.stringify(channel.slice(0, 60))}`, {});
}

function parseRequest(channel: Channel, payload: unknown): unknown {
  const parsed = contract[channel].request.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw badRequest('invalid-request', `invalid request of ${channel}: ${firstIssue(parsed.error)}`, { channel });
}

/** A response that breaks the contract is our fault and must not reach a page half understood. */
function parseResponse(channel: Channel, value: unknown): unknown {
  const parsed = contract[channel].response.safeParse(value);
  if (parsed.success) return parsed.data;
  const message = `Something went wrong inside Headlight: invalid response of ${channel}: ${firstIssue(parsed.error)}`;
  throw new ApiError({ code: 'internal', message, reason: 'invalid-response', values: { channel } });
}

function checkText(request: unknown): void {
  const input = (request as { input?: { text: string; pair?: string | undefined } }).input;
  if (input === undefined) return;
  const units = input.text.length + (input.pair?.length ?? 0);
  if (units <= MAX_TEXT_UNITS) return;
  throw new ApiError({
    code: 'bad-text',
    message: `The text has ${units} characters; at most ${MAX_TEXT_UNITS} are accepted.`,
    reason: 'text-too-large',
    values: { characters: units, limit: MAX_TEXT_UNITS },
  });
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  return `${where}${issue?.message ?? 'does not match'}`;
}

function badRequest(reason: string, message: string, values: NonNullable<ApiFailure['values']>): ApiError {
  return new ApiError({ code: 'bad-request', message, reason, values });
}

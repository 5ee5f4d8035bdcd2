/** From whatever was thrown to the failure that crosses the border. */
import { ModelError } from '../../native-models/errors.ts';
import { ApiError, type ApiFailure } from '../api/errors.ts';

/** A ModelError keeps its code, reason and values; anything unknown is `internal` with its message in one line. */
export function toFailure(error: unknown): ApiFailure {
  if (error instanceof ApiError) return error.failure;
  if (error instanceof ModelError) {
    return { code: error.code, message: error.message, reason: error.reason, values: { ...error.values } };
  }
  const text = (error instanceof Error ? error.message : String(error)).replace(/\s+/gu, ' ').trim();
  return {
    code: 'internal',
    message: `Something went wrong inside Headlight: ${text.slice(0, 500)}`,
    reason: 'internal',
  };
}

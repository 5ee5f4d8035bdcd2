/** The failure with which a promise rejects; fails the test where it does not reject with an ApiError. */
import { ApiError, type ApiFailure } from '../../../electron/api/errors.ts';

export async function failureOf(promise: Promise<unknown>): Promise<ApiFailure> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ApiError) return error.failure;
    throw error;
  }
  throw new Error('the promise was fulfilled');
}

/** Errors that a user can act on. `reason` is a stable key and `values` its numbers, so that a caller can say it in any language. */

export type ModelErrorCode = 'bad-model' | 'bad-text' | 'bad-request' | 'not-found' | 'device' | 'network' | 'disk';

export class ModelError extends Error {
  readonly code: ModelErrorCode;
  readonly reason: string;
  readonly values: Readonly<Record<string, string | number>>;

  /**
   * @param code what kind of input is at fault
   * @param reason stable key in kebab-case, e.g. `text-too-long`
   * @param message one readable English sentence: what, where, what was expected
   * @param values the facts in the message by name
   */
  constructor(
    code: ModelErrorCode,
    reason: string,
    message: string,
    values: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
    this.name = 'ModelError';
    this.code = code;
    this.reason = reason;
    this.values = values;
  }
}

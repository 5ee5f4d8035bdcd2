/** What went wrong, in the user's language: by its stable reason and values, else the engine's own sentence. */
import type { ApiFailure } from '../../electron/api/index.ts';

export interface Translate {
  (key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
}

/** One sentence for a failure. `failure.<reason>` is the catalogue's sentence; unknown reasons keep the engine's message. */
export function failureText(failure: ApiFailure, translate: Translate): string {
  if (failure.reason !== undefined) {
    const key = `failure.${failure.reason}`;
    const text = translate.has(key) ? translate(key, failure.values ?? {}) : '{{';
    // A sentence whose facts did not come along would have holes; the engine's own has none.
    if (!text.includes('{{')) return text;
  }
  return sentence(failure.message);
}

/** The headline of a failure: what kind of thing went wrong. */
export function failureTitle(failure: ApiFailure, translate: Translate): string {
  const key = `failureTitle.${failure.reason ?? failure.code}`;
  return translate(translate.has(key) ? key : `failureTitle.${failure.code}`);
}

function sentence(text: string): string {
  const trimmed = text.trim();
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

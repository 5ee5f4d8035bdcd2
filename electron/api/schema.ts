/**
 * The one place that imports zod. CSP forbids `eval`, so zod's code generation is switched off before any schema exists.
 */
import { z } from 'zod';

z.config({ jitless: true });

export { z };

/** A tensor's bytes; always an ArrayBuffer of its own, so that it can be transferred. */
export const binary = z.instanceof(ArrayBuffer);

export const count = z.number().int().nonnegative();

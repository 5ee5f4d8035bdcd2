/** What the app is made of and under which licences: `licences.json`, which lies beside the page and is made with it. */
import { count, z } from './schema.ts';

/** The file's name, relative to the page. */
export const LICENCES_FILE = 'licences.json';

export const licenceList = z.object({
  parts: z.array(
    z.object({
      name: z.string(),
      version: z.string().nullable(),
      kind: z.enum(['app', 'runtime', 'package', 'font', 'model']),
      /** An SPDX expression such as `MIT`. */
      licence: z.string(),
      /** Where it comes from, or null where it does not say. */
      source: z.string().nullable(),
      /** Index into `texts`; null for a part that names its licence but brings no text. */
      text: count.nullable(),
      /** What there is to add, in English. */
      note: z.string().nullable(),
    }),
  ),
  /** The licences' texts, each once. */
  texts: z.array(z.string()),
});
export type LicenceList = z.output<typeof licenceList>;

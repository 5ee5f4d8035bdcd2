/** What transformers gave (tests/fixtures/make_lens_fixtures.py). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fixtures } from '../../support/fixtures.ts';

type Bits = readonly (number | null)[];

interface Scored {
  readonly text: string;
  readonly bits: Bits;
}

interface Reference {
  readonly gpt2: Readonly<
    Record<'plain' | 'unicode', Scored & { readonly loss: number; readonly started: { loss: number; bits: Bits } }>
  > & { readonly long: Scored & { readonly stride: number } };
  readonly bert: Readonly<Record<'single' | 'pair', Scored & { readonly pair: string | null }>> & {
    readonly long: Scored & { readonly stride: number };
    readonly masks: {
      readonly text: string;
      readonly candidates: readonly (readonly { readonly id: number; readonly probability: number }[])[];
    };
  };
}

export const REFERENCE = JSON.parse(readFileSync(path.join(fixtures, 'lens.json'), 'utf8')) as Reference;

/** Tokenizers written to a folder of the test's own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTokenizer } from '../../../native-models/tokenizer/tokenizer.ts';
import type { Tokenizer } from '../../../native-models/tokenizer/tokenizer.ts';
import { temporaryFolder } from '../checkpoint/support.ts';

export type Json = Record<string, unknown>;

export const TINY_BERT = 'tests/fixtures/tiny-bert';
export const TINY_GPT2 = 'tests/fixtures/tiny-gpt2';

export function readJson(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8')) as Json;
}

/** The tokenizer of a folder that holds exactly these files; a record is written as JSON. */
export function openFiles(files: Readonly<Record<string, string | Json>>): Promise<Tokenizer> {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return openTokenizer(folder);
}

/** A fixture's tokenizer.json with some parts replaced. */
export function changed(folder: string, parts: Json): Json {
  return { ...readJson(join(folder, 'tokenizer.json')), ...parts };
}

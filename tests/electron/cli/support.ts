/** Running commands inside the test's process, against the tiny checkpoints. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { runCli } from '../../../electron/cli/cli.ts';

const fixtures = path.join(import.meta.dirname, '../../fixtures');
export const TINY_GPT2 = path.join(fixtures, 'tiny-gpt2');
export const TINY_BERT = path.join(fixtures, 'tiny-bert');
export const TINY_BERT_CLASSES = path.join(fixtures, 'tiny-bert-cls');
export const TINY_BERT_TAGS = path.join(fixtures, 'tiny-bert-tok');
export const TINY_DISTILBERT_TOPICS = path.join(fixtures, 'tiny-distilbert-cls');
export const TINY_ROBERTA = path.join(fixtures, 'tiny-roberta');
export const TINY_ROBERTA_VALUE = path.join(fixtures, 'tiny-roberta-cls');

export function temporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'headlight-cli-'));
}

/** A machine with nothing of the user's on it: no settings, no Hugging Face cache, no remembered devices. */
export function emptyMachine(): Readonly<Record<string, string>> {
  const folder = temporaryFolder();
  return {
    HEADLIGHT_SETTINGS: path.join(folder, 'settings'),
    HEADLIGHT_STATE: path.join(folder, 'state'),
    HF_HOME: path.join(folder, 'huggingface'),
    HF_HUB_CACHE: path.join(folder, 'huggingface', 'hub'),
  };
}

export function useEmptyMachine(): void {
  beforeEach(() => {
    for (const [name, value] of Object.entries(emptyMachine())) vi.stubEnv(name, value);
  });
  afterEach(() => vi.unstubAllEnvs());
}

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function cli(...words: string[]): Promise<CliResult> {
  let out = '';
  let err = '';
  const code = await runCli(words, { write: (text) => (out += text), note: (text) => (err += text) });
  return { code, out, err };
}

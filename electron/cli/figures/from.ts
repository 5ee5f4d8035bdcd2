/** `--from figure.svg`: the options that make a figure again, from what its file says about its origin. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Intervention } from '../../../native-models/index.ts';
import type { Provenance } from '../../../renderer/export/provenance.ts';
import { readProvenance } from '../../../renderer/export/read-provenance.ts';
import { intervention } from '../../api/intervention.ts';
import { z } from '../../api/schema.ts';
import { appVersion } from '../../host/versions.ts';
import { UsageError, Values } from '../command.ts';
import { userFolder } from '../files.ts';
import { windowOptions } from './from-window.ts';

export interface Remade {
  readonly values: Values;
  readonly interventions: readonly Intervention[];
  readonly provenance: Provenance;
}

/**
 * @param known the options that a figure may be drawn with; others in the file are refused
 * @throws UsageError that names the file and what is wrong with it
 */
export async function readFrom(typed: string, given: Values, known: readonly string[]): Promise<Remade> {
  const file = path.resolve(userFolder(), typed);
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new UsageError(`--from: ${file} cannot be read: ${(error as Error).message}.`);
  });
  const provenance = provenanceIn(file, bytes);
  checkVersion(file, provenance.version);
  const changes = z.array(intervention).safeParse(provenance.interventions ?? []);
  if (!changes.success) throw new UsageError(`--from: ${file} has changes to the model that are none.`);
  const command = provenance.command ?? windowOptions(file, provenance);
  const unknown = Object.entries(command).find(([name, value]) => !known.includes(name) || !isOption(value));
  if (unknown !== undefined) throw new UsageError(`--from: ${file} has the unknown option ${unknown[0]}.`);
  const { model, text, pair, device } = provenance;
  const own = { model, text, ...(pair === undefined ? {} : { pair }), device, ...command };
  const kept = Object.fromEntries(Object.entries(given.given()).filter(([name]) => KEPT.includes(name)));
  return {
    values: new Values({ ...own, ...kept }),
    interventions: changes.data,
    provenance,
  };
}

/** What is of the new file, not of the figure. */
const KEPT = ['out', 'ratio', 'transparent'];

const isOption = (value: unknown): boolean => typeof value === 'string' || value === true;

function provenanceIn(file: string, bytes: Uint8Array): Provenance {
  try {
    return readProvenance(path.basename(file), bytes);
  } catch (error) {
    throw new UsageError(`--from: ${(error as Error).message}`);
  }
}

function checkVersion(file: string, version: string): void {
  const own = appVersion();
  const [theirs, ours] = [version, own].map((text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0));
  const at = [0, 1, 2].find((part) => (theirs?.[part] ?? 0) !== (ours?.[part] ?? 0));
  if (at === undefined || (theirs?.[at] ?? 0) < (ours?.[at] ?? 0)) return;
  throw new UsageError(`--from: ${file} was made by Headlight ${version}, which is newer than this one (${own}).`);
}

/** @throws UsageError when the weights here are others than those of the figure */
export function checkWeights({ model, weights }: Provenance, here: string): void {
  if (weights === undefined || weights === here) return;
  throw new UsageError(
    `--from: the figure was made with other weights of ${model}: SHA-256 ${weights.slice(0, 12)}…, here ${here.slice(0, 12)}….`,
  );
}

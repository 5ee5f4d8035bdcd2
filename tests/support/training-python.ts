/**
 * A Python that has what the training scripts need, for their smoke test. `HEADLIGHT_PYTHON` names it where the caller knows it;
 * else it is a virtual environment of our own under build/cache, made from requirements.txt when npm test first needs it.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { attempt, cache, installDebian, lastLine, root, type Outcome } from './processes.ts';

export type FoundPython = { readonly python: string } | { readonly reason: string };

const REQUIREMENTS = path.join(root, 'native-models/training/requirements.txt');
const FOLDER = path.join(cache, 'training-python');
const PYTHON = path.join(FOLDER, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
/** Written last, with the sum of the requirements that were installed. */
const STAMP = path.join(FOLDER, 'requirements.sha256');
/** PyTorch's own index of builds without CUDA, which on Linux is some gigabytes smaller than PyPI's. */
const CPU_INDEX = 'https://download.pytorch.org/whl/cpu';

/** Looks only on this machine. */
export function findTrainingPython(): FoundPython {
  const given = process.env['HEADLIGHT_PYTHON'];
  if (given !== undefined) return { python: given };
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === requirementsSum()) return { python: PYTHON };
  return { reason: 'there is no Python with PyTorch for the training scripts (npm test sets one up)' };
}

/** As `findTrainingPython`, and sets the environment up when it is not there yet. */
export function prepareTrainingPython(): FoundPython {
  const found = findTrainingPython();
  if ('python' in found) return found;
  const made = makeEnvironment();
  if (!made.ok) return { reason: `no virtual environment for the training scripts: ${lastLine(made.output)}` };
  const installed = install();
  if (!installed.ok)
    return { reason: `pip could not install the training scripts' packages: ${lastLine(installed.output)}` };
  writeFileSync(STAMP, requirementsSum());
  return { python: PYTHON };
}

/** An empty environment, of a Python that is new enough; on Debian its package for that is installed first where it is missing. */
function makeEnvironment(): Outcome {
  rmSync(FOLDER, { recursive: true, force: true });
  const isNewEnough = (command: string): boolean =>
    attempt(command, ['-c', 'import sys, tomllib; sys.exit(sys.version_info < (3, 11))'], 30).ok;
  const command = ['python3', 'python', 'py'].find(isNewEnough);
  if (command === undefined) return { ok: false, output: 'there is no Python 3.11 or newer' };
  const make = (): Outcome => attempt(command, ['-m', 'venv', FOLDER]);
  const first = make();
  return first.ok || !installDebian(['python3-venv']).ok ? first : make();
}

function install(): Outcome {
  const pip = (...args: string[]): Outcome =>
    attempt(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...args], 1200);
  const plan = pip('--dry-run', '--report', '-', '-r', REQUIREMENTS);
  if (!plan.ok) return plan;
  if (/"name": "nvidia/u.test(plan.output)) {
    const torch = readFileSync(REQUIREMENTS, 'utf8').match(/^torch==\S+/mu)![0];
    const withoutCuda = pip('--index-url', CPU_INDEX, torch);
    if (!withoutCuda.ok) return withoutCuda;
  }
  return pip('-r', REQUIREMENTS);
}

function requirementsSum(): string {
  return createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
}

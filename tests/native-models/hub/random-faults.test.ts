/** 100 sequences of faults, drawn by seed: each ends in a verified model or in a clear error, and never in a wrong file under its name. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../native-models/errors.ts';
import type { Fault, SeenRequest } from '../../support/hub-server.ts';
import { expectNoWrongBlob, expectSnapshot, fetching, hubWith, lineTo, randomOf, randomRepo, REPO } from './support.ts';

const BYTES = 150_000;

function drawnFault(random: () => number, { kind }: SeenRequest): Fault | null {
  const below = (limit: number): number => Math.floor(random() * limit);
  const status = [404, 401, 403, 408, 429, 500, 502, 503][below(8)]!;
  const whole: Fault[] = [
    { kind: 'status', status, headers: random() < 0.5 ? { 'Retry-After': String(below(30)) } : {} },
    { kind: 'nonsense' },
  ];
  const body: Fault[] = [
    { kind: 'cut', bytes: below(BYTES) },
    { kind: 'cut', bytes: below(2_000) },
    { kind: 'flip', at: below(BYTES) },
    { kind: 'length', bytes: below(200) - 100 },
    { kind: 'no-range' },
    { kind: 'other-part', by: below(2_000) - 1_000 },
    { kind: 'drip', bytes: 40_000, pause: 1 },
  ];
  const isFile = kind === 'cdn' || kind === 'resolve';
  const choices = isFile && random() < 0.9 ? body : whole;
  return choices[below(choices.length)]!;
}

describe('a download with drawn faults', () => {
  it('ends well or says why, 100 times', async () => {
    const outcomes = new Map<string, number>();
    for (let seed = 1; seed <= 100; seed++) {
      const random = randomOf(seed);
      const repo = randomRepo(seed, BYTES);
      const hub = await hubWith({ [REPO]: repo });
      const { connection } = await lineTo(hub);
      const { cacheFolder, fetch } = fetching(connection);
      const [rate, most] = [0.15 + 0.6 * random(), Math.floor(random() * 30)];
      let made = 0;
      hub.fault = (seen) => (random() < rate && made++ < most ? drawnFault(random, seen) : null);
      const ended = await fetch().then(
        (model) => {
          expectSnapshot(model, repo);
          return 'fetched';
        },
        (error: unknown) => {
          expect(error, `seed ${seed}`).toBeInstanceOf(ModelError);
          const snapshots = path.join(cacheFolder, 'models--someone--tiny', 'snapshots');
          expect(existsSync(snapshots) ? readdirSync(snapshots) : [], `seed ${seed}`).toEqual([]);
          return (error as ModelError).reason;
        },
      );
      outcomes.set(ended, (outcomes.get(ended) ?? 0) + 1);
      expectNoWrongBlob(cacheFolder);
      hub.fault = null;
      expectSnapshot(await fetch(), repo);
      expectNoWrongBlob(cacheFolder);
    }
    // The draw is hard enough to fail in several ways, and easy enough to end well often.
    expect(outcomes.get('fetched')).toBeGreaterThan(30);
    expect(outcomes.size).toBeGreaterThan(4);
  }, 120_000);
});

import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, ProjectionError } from '../../../renderer/projection/types.ts';
import type { Points, Progress, Projection } from '../../../renderer/projection/types.ts';
import { ProjectionRuns } from '../../../renderer/state/projection-runs.ts';

const POINTS: Points = { data: new Float32Array(4), count: 2, dims: 2 };
const job = (key: string) => ({ key, of: 'states', points: POINTS, settings: DEFAULT_SETTINGS });
const projected = (): Projection => ({
  ...{ method: 'pca', coordinates: new Float32Array(4), components: 2, explained: [1, 0], reducedTo: null, pca: null },
  ...{ preservation: { score: 1, trustworthiness: null, k: 1, sampled: 2 }, used: DEFAULT_SETTINGS },
});

/** Projections that end when the test says so. */
function controlled() {
  const started: {
    finish: (projection: Projection) => void;
    fail: (error: Error) => void;
    tell: (progress: Progress) => void;
  }[] = [];
  const runs = new ProjectionRuns<Points>((_, __, { onProgress }) => {
    let cancel: () => void = () => undefined;
    const result = new Promise<Projection>((resolve, reject) => {
      started.push({ finish: resolve, fail: reject, tell: onProgress });
      cancel = () => {
        reject(new ProjectionError('stopped', 'stopped'));
      };
    });
    return { result, cancel };
  });
  return { runs, started };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('projections under way', () => {
  it('tell how far they are, and are kept until the next is done', async () => {
    const { runs, started } = controlled();
    runs.want(job('a'));
    runs.want(job('a'));
    expect(started).toHaveLength(1);
    started[0]?.tell({ stage: 'score', fraction: 0.5 });
    expect(runs.getSnapshot().running?.progress).toEqual({ stage: 'score', fraction: 0.5 });
    started[0]?.finish(projected());
    await turn();
    expect(runs.getSnapshot()).toMatchObject({ done: { job: { key: 'a' } }, running: null, problem: null });
    runs.want(job('b'));
    expect(runs.getSnapshot()).toMatchObject({ done: { job: { key: 'a' } }, running: { job: { key: 'b' } } });
    // Back to what is done: nothing is projected.
    runs.want(job('a'));
    await turn();
    expect(runs.getSnapshot()).toMatchObject({ done: { job: { key: 'a' } }, running: null, problem: null });
    expect(started).toHaveLength(2);
  });

  it('are stopped, and go on when they are asked to', async () => {
    const { runs, started } = controlled();
    runs.want(job('a'));
    runs.cancel();
    await turn();
    expect(runs.getSnapshot().problem?.error.code).toBe('stopped');
    runs.want(job('a'));
    expect(started).toHaveLength(1);
    runs.again();
    started[1]?.finish(projected());
    await turn();
    expect(runs.getSnapshot()).toMatchObject({ done: { job: { key: 'a' } }, problem: null });
  });

  it('give way to newer ones, whose problem is told', async () => {
    const { runs, started } = controlled();
    runs.want(job('a'));
    runs.want(job('b'));
    started[0]?.finish(projected());
    started[1]?.fail(new Error('no room'));
    await turn();
    const { done, problem } = runs.getSnapshot();
    expect(done).toBeNull();
    expect([problem?.job.key, problem?.error.code]).toEqual(['b', 'failed']);
  });
});

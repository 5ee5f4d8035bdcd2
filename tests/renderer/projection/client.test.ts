import { describe, expect, it, vi } from 'vitest';
import { startProjection } from '../../../renderer/projection/client.ts';
import type { ProjectionWorker } from '../../../renderer/projection/client.ts';
import type { FromWorker } from '../../../renderer/projection/messages.ts';
import { runProjection } from '../../../renderer/projection/run.ts';
import { DEFAULT_SETTINGS } from '../../../renderer/projection/types.ts';
import { randomPoints } from './support.ts';

const points = randomPoints(8, 4);

function started() {
  const worker = { postMessage: vi.fn(), terminate: vi.fn(), onmessage: null, onerror: null, onmessageerror: null };
  const fake: ProjectionWorker = worker;
  const onProgress = vi.fn();
  const running = startProjection(points, DEFAULT_SETTINGS, { onProgress }, () => fake);
  const says = (data: FromWorker): void => {
    fake.onmessage?.call(fake as Worker, new MessageEvent('message', { data }));
  };
  return { ...running, fake, worker, onProgress, says };
}

describe('a projection in a worker', () => {
  it('hands over the points, tells progress, gives the result, and ends the worker', async () => {
    const { worker, onProgress, says, result } = started();
    expect(worker.postMessage).toHaveBeenCalledWith({ type: 'start', points, settings: DEFAULT_SETTINGS });
    says({ type: 'progress', progress: { stage: 'reduce', fraction: 0.5 } });
    expect(onProgress).toHaveBeenCalledWith({ stage: 'reduce', fraction: 0.5 });
    expect(worker.terminate).not.toHaveBeenCalled();
    const projection = await runProjection(points, DEFAULT_SETTINGS);
    says({ type: 'done', projection });
    expect(await result).toBe(projection);
    expect(worker.terminate).toHaveBeenCalled();
  });

  it('fails as the work fails, and ends the worker', async () => {
    const { worker, says, result } = started();
    says({ type: 'error', code: 'not-finite', message: 'no number' });
    await expect(result).rejects.toMatchObject({ code: 'not-finite', message: 'no number' });
    expect(worker.terminate).toHaveBeenCalled();
  });

  it('fails where the worker itself does', async () => {
    const { fake, result } = started();
    fake.onerror?.call(fake as Worker, { message: '' } as ErrorEvent);
    await expect(result).rejects.toMatchObject({ code: 'failed', message: 'The projection worker failed.' });
  });

  it('is cancelled at once', async () => {
    const { worker, cancel, result } = started();
    cancel();
    expect(worker.terminate).toHaveBeenCalled();
    await expect(result).rejects.toMatchObject({ code: 'stopped' });
  });
});

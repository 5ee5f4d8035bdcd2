/** The entry of the worker that projects, beside the page. It makes one projection; ending the worker cancels it. */
import type { FromWorker, ToWorker } from './messages.ts';
import { runProjection } from './run.ts';
import { ProjectionError } from './types.ts';

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  void project(event.data);
});

async function project({ points, settings }: ToWorker): Promise<void> {
  try {
    const projection = await runProjection(points, settings, (progress) => tell({ type: 'progress', progress }));
    tell({ type: 'done', projection }, [projection.coordinates.buffer]);
  } catch (error) {
    const code = error instanceof ProjectionError ? error.code : 'failed';
    tell({ type: 'error', code, message: error instanceof Error ? error.message : String(error) });
  }
}

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

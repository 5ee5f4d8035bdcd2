/** The logit lens, filled masks and surprise, as the engine tells them: long ones a part a request, kept while their run is. */
import type { LensGrid, Stepwise, Surprise } from '../../native-models/index.ts';
import type { Request, Response } from '../api/contract.ts';
import type { Backend, Trace } from './backend.ts';
import { KeptWork } from './kept-work.ts';
import { ownBuffer } from './own-buffer.ts';

/** With a start token and without. */
const SURPRISES = 2;

type LensChannel = 'trace.lens' | 'trace.lensCell' | 'trace.fill' | 'trace.surprise';
type LensHandlers = { readonly [C in LensChannel]: (request: Request<C>) => Promise<Response<C>> };

export function lensHandlers(
  backend: Pick<Backend, 'startLens' | 'lensCell' | 'fill' | 'startSurprise'>,
  traces: { get(traceId: string): Trace },
): LensHandlers {
  const lenses = new KeptWork<Trace, LensGrid, Stepwise<LensGrid>>(1);
  const surprises = new KeptWork<Trace, Surprise, Stepwise<Surprise>>(SURPRISES);
  return {
    'trace.lens': async ({ traceId }) => {
      const trace = traces.get(traceId);
      const { work, result } = await lenses.advance(
        trace,
        '',
        () => backend.startLens(trace),
        () => undefined,
      );
      return { fraction: work.fraction, lens: result === null ? null : sentLens(result) };
    },
    'trace.lensCell': async ({ traceId, ...place }) => {
      const cell = await backend.lensCell(traces.get(traceId), place);
      return { ...cell, candidates: cell.candidates.map((each) => ({ ...each })) };
    },
    'trace.fill': async ({ traceId, ...asked }) =>
      (await backend.fill(traces.get(traceId), asked)).map((mask) => ({
        ...mask,
        candidates: mask.candidates.map((each) => ({ ...each })),
      })),
    'trace.surprise': async ({ traceId, start }) => {
      const trace = traces.get(traceId);
      const { work, result } = await surprises.advance(
        trace,
        String(start),
        () => backend.startSurprise(trace, { start }),
        () => undefined,
      );
      return { fraction: work.fraction, surprise: result === null ? null : { ...result, tokens: [...result.tokens] } };
    },
  };
}

function sentLens({ cells, names, ...grid }: LensGrid): NonNullable<Response<'trace.lens'>['lens']> {
  // A copy: what is sent is given away, and the kept answer may be asked for again.
  return { ...grid, cells: ownBuffer(cells.slice()), names: [...names].map(([id, text]) => ({ id, text })) };
}

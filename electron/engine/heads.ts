/** What the engine tells about all heads of a model or of a run, a part a request: their scores, and their ranking. */
import type { HeadRanking } from '../../native-models/index.ts';
import type { RankedHead, ScoredHead } from '../../native-models/types.ts';
import type { Request, Response } from '../api/contract.ts';
import type { Backend, Model, Trace } from './backend.ts';
import { KeptWork } from './kept-work.ts';

export type OnScoring = (stage: 'scoring', fraction?: number) => void;

/** How many rankings of one run are kept: one a position and candidate that was asked for. */
const RANKINGS = 8;

/** The scores of open models' heads, each model's measured once. */
export function headScores(
  backend: Pick<Backend, 'startHeadScoring'>,
): (model: Model, onStage: OnScoring) => Promise<Response<'model.heads'>> {
  const scores = new KeptWork<Model, readonly ScoredHead[], ReturnType<Backend['startHeadScoring']>>(1);
  return async (model, onStage) => {
    const start = () => backend.startHeadScoring(model);
    const { work, result } = await scores.advance(model, '', start, telling(onStage));
    return { fraction: work.fraction, heads: result?.map((head) => ({ ...head, scores: { ...head.scores } })) ?? null };
  };
}

/** The rankings of runs' heads by a prediction, kept while the run is. */
export function headRankings(
  backend: Pick<Backend, 'startHeadRanking'>,
): (
  trace: Trace,
  asked: Omit<Request<'trace.rank'>, 'traceId'>,
  onStage: OnScoring,
) => Promise<Response<'trace.rank'>> {
  const rankings = new KeptWork<Trace, readonly RankedHead[], HeadRanking>(RANKINGS);
  return async (trace, { position, candidate }, onStage) => {
    const start = () => backend.startHeadRanking(trace, { position, candidate });
    const question = `${position ?? ''} ${candidate ?? ''}`;
    const { work, result } = await rankings.advance(trace, question, start, telling(onStage));
    if (work.candidate === null) throw new Error('invalid ranking: it has made no step');
    const heads = result?.map((head) => ({ ...head })) ?? null;
    return { fraction: work.fraction, position: work.position, candidate: { ...work.candidate }, heads };
  };
}

function telling(onStage: OnScoring): (fraction: number) => void {
  return (fraction) => {
    onStage('scoring', fraction);
  };
}

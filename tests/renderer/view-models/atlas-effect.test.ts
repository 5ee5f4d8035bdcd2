import { describe, expect, it } from 'vitest';
import type { OpenedModel, Ranking } from '../../../electron/api/index.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { createAppStore, NO_RUN } from '../../../renderer/state/app-state.ts';
import { PLAIN_LENS } from '../../../renderer/state/lens.ts';
import type { AppState, Run } from '../../../renderer/state/app-state.ts';
import { predictionCaption, rankedPrediction, rankingQuestion } from '../../../renderer/view-models/atlas-effect.ts';
import { EFFECT_QUANTITIES } from '../../../renderer/view-models/head-quantity.ts';
import { openedModel, runResult, tokensOf } from '../support.ts';

const TOKENS = tokensOf('on', 'the', 'mat');

function runOf(traceId: string, change: Partial<Run> = {}): Run {
  return { ...NO_RUN, status: 'done', result: runResult(traceId, TOKENS), model: openedModel(), ...change };
}

/** A text of three tokens that was run, and something changed in it. */
function stateOf(change: Partial<AppState> = {}): AppState {
  return { ...createAppStore().getState(), run: runOf('original'), changed: runOf('changed'), ...change };
}

describe('rankingQuestion', () => {
  const { whatIf, selection } = createAppStore().getState();
  const original = { ...whatIf, view: 'original' as const };

  it('is about the run that is shown: the changed one, unless the original is asked for or nothing is changed', () => {
    expect(rankingQuestion(stateOf())).toEqual({ traceId: 'changed', position: null });
    expect(rankingQuestion(stateOf({ whatIf: original }))).toEqual({ traceId: 'original', position: null });
    expect(rankingQuestion(stateOf({ changed: NO_RUN }))).toEqual({ traceId: 'original', position: null });
  });

  it('is about the token whose prediction is shown; the model’s own place is one question, chosen or not', () => {
    const at = (position: number) => rankingQuestion(stateOf({ selection: { ...selection, position } }));
    expect(at(1)).toEqual({ traceId: 'changed', position: 1 });
    expect(at(2)).toEqual({ traceId: 'changed', position: null });
    expect(at(3)).toEqual({ traceId: 'changed', position: null });
  });

  it('is about the query where the model predicts nothing by itself', () => {
    const result = runResult('bert', TOKENS, { predictions: [] });
    const run = runOf('bert', { result, model: openedModel({ head: 'masked-token' }) });
    const state = stateOf({ run, changed: NO_RUN, selection: { ...selection, query: 1 } });
    expect(rankingQuestion(state)).toEqual({ traceId: 'bert', position: 1 });
  });

  it('waits for the changed run that is on its way', () => {
    const changed = { ...NO_RUN, status: 'running' as const };
    expect(rankingQuestion(stateOf({ changed }))).toBeNull();
    expect(rankingQuestion(stateOf({ changed, whatIf: original }))).toEqual({ traceId: 'original', position: null });
    expect(rankingQuestion(stateOf({ changed: { ...changed, status: 'failed' } }))?.traceId).toBe('original');
  });

  it('is none without a run, without an output layer, and for the worked example', () => {
    expect(rankingQuestion(stateOf({ run: NO_RUN, changed: NO_RUN }))).toBeNull();
    const headless = runOf('bare', { model: openedModel({ head: 'none' }) });
    expect(rankingQuestion(stateOf({ run: headless, changed: NO_RUN }))).toBeNull();
    expect(rankingQuestion(stateOf({ covered: { run: runOf('covered'), selection, lens: PLAIN_LENS } }))).toBeNull();
  });
});

describe('predictionCaption', () => {
  const ranking: Ranking = {
    fraction: 1,
    position: 1,
    candidate: { id: 7, text: ' cat', probability: 0.21345, logit: -3.25 },
    heads: [],
  };
  const english = translator(createI18n('en'), 'en');

  it('names the token and the candidate, with the number that changes', () => {
    const prediction = rankedPrediction(runOf('run'), ranking)!;
    const captions = EFFECT_QUANTITIES.map((quantity) => predictionCaption(quantity, prediction, english));
    expect(captions).toEqual([
      'probability of “cat” after “the”: 0.213',
      'logit of “cat” after “the”: −3.25',
      'prediction after “the”, most probable “cat”: 0.213',
    ]);
  });

  it('says where the model predicts, in both languages', () => {
    const captionOf = (head: 'masked-token' | 'classification', position: number, language: 'en' | 'nl') => {
      const prediction = rankedPrediction(runOf('run', { model: openedModel({ head }) }), { ...ranking, position })!;
      return predictionCaption('effect.deltaProbability', prediction, translator(createI18n(language), language));
    };
    expect(captionOf('masked-token', 1, 'en')).toBe('probability of “cat” at “the”: 0.213');
    expect(captionOf('masked-token', 1, 'nl')).toBe('kans op “cat” op “the”: 0.213');
    expect(captionOf('classification', -1, 'en')).toBe('probability of “cat” for the whole text: 0.213');
    expect(captionOf('classification', -1, 'nl')).toBe('kans op “cat” voor de hele tekst: 0.213');
  });

  it('calls a value no probability, and names the token that has a label', () => {
    const of = (change: Partial<OpenedModel>, position: number) => {
      const prediction = rankedPrediction(runOf('run', { model: openedModel(change) }), { ...ranking, position })!;
      return predictionCaption('effect.deltaProbability', prediction, english);
    };
    expect(of({ head: 'classification', scale: 'value' }, -1)).toBe('value of “cat” for the whole text: 0.213');
    expect(of({ head: 'token-classification' }, 1)).toBe('probability of “cat” for “the”: 0.213');
  });

  it('is not known before the run is', () => {
    expect(rankedPrediction(NO_RUN, ranking)).toBeNull();
  });
});

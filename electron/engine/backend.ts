/** What the engine needs of native-models; handlers take it as an argument so that tests can make it fail. */
import type * as nativeModels from '../../native-models/index.ts';

export type Model = nativeModels.Model;
export type Trace = nativeModels.Trace;
export type OpenOptions = nativeModels.OpenOptions & nativeModels.LibraryOptions;

export type Backend = Pick<
  typeof nativeModels,
  | 'listModels'
  | 'describeFolder'
  | 'openModel'
  | 'tokenize'
  | 'inspectTokenizer'
  | 'runText'
  | 'summary'
  | 'slice'
  | 'predict'
  | 'distribution'
  | 'startGeneration'
  | 'comparePredictions'
  | 'startComparison'
  | 'startHeadScoring'
  | 'startHeadRanking'
  | 'startFlow'
  | 'startLens'
  | 'lensCell'
  | 'fill'
  | 'startSurprise'
  | 'tokenNeighbours'
  | 'vectorNeighbours'
  | 'typedPieces'
  | 'tokenRows'
  | 'positions'
  | 'weightsHash'
  | 'knownDevices'
  | 'probeDevices'
  | 'checkBundledModels'
  | 'runtimeVersion'
  | 'disposeCore'
>;

/** The hub as the rest of the app sees it: what to fetch, fetching it, and what is in the cache. Loads neither ONNX Runtime nor a model. */
export { describeModel, searchModels } from './api.ts';
export type { HubFile, HubModel, HubResult } from './api.ts';
export { deleteCached, discardPartials, scanCache, scanRepo } from './cache.ts';
export type { CachedRepo, CachedRevision } from './cache.ts';
export { CURATED, curatedModel } from './curated.ts';
export type { CuratedModel } from './curated.ts';
export { cachePlace, cleanToken, endpointOf, expand, findToken, huggingFaceFolder, isOffline } from './environment.ts';
export type { Environment, FoundToken } from './environment.ts';
export { fetchModel } from './fetch-model.ts';
export type { FetchedModel, FetchOptions, FetchProgress, FetchStage } from './fetch-model.ts';
export { connect } from './http.ts';
export type { Connection, ConnectOptions } from './http.ts';
export { checkedRevision, parseRepo } from './layout.ts';
export type { RepoRevision } from './layout.ts';
export { RateMeter } from './rate.ts';
export type { Rate } from './rate.ts';
export { freeBytes } from './space.ts';
export { wantedFiles } from './wanted.ts';

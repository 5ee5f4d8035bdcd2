/** The Hugging Face hub and its cache: what there is, what is being downloaded, and the token. */
import { apiFailure } from './errors.ts';
import { count, z } from './schema.ts';
import { cacheSource } from './self-check.ts';

/** A model that the library names for who does not know where to begin. */
export const curatedModel = z.object({
  repo: z.string(),
  /** A commit, or `main`. */
  revision: z.string(),
  name: z.string(),
  family: z.string(),
  license: z.string(),
  /** ISO 639-1. */
  language: z.string(),
  layers: count,
  heads: count,
  /** Size of the weights in bytes; null where it is not known for certain. */
  weightBytes: count.nullable(),
});
export type CuratedModel = z.infer<typeof curatedModel>;

export const cachedRevision = z.object({
  commit: z.string(),
  /** Branches and tags that name it. */
  refs: z.array(z.string()),
  files: count,
  bytes: count,
  /** Bytes that deleting it frees: what other revisions share stays. */
  ownBytes: count,
  /** True when it has a config and weights. */
  isModel: z.boolean(),
});

export const cachedRepo = z.object({
  repo: z.string(),
  bytes: count,
  /** Of that, what downloads that did not end have left. */
  partialBytes: count,
  revisions: z.array(cachedRevision),
});
export type CachedRepo = z.infer<typeof cachedRepo>;

export const hubToken = z.object({
  /** Where the token in use comes from: given in the app and kept by the system's key store (`stored`) or until the app ends (`session`). */
  from: z.enum(['stored', 'session', 'environment', 'file']).nullable(),
  /** What happens to a token that is given in the app. */
  keeps: z.enum(['stored', 'session']),
});
export type HubToken = z.infer<typeof hubToken>;

export const hubOverview = z.object({
  /** Host name of the hub, without the path. */
  host: z.string(),
  /** True where HF_HUB_OFFLINE forbids every request. */
  offline: z.boolean(),
  /** The cache's folder, and bytes that are free there (null where the system does not say). */
  folder: z.string(),
  /** What decides that; only a setting, XDG_CACHE_HOME and the default can be changed in the app. */
  folderFrom: cacheSource,
  freeBytes: count.nullable(),
  curated: z.array(curatedModel),
  cache: z.array(cachedRepo),
  token: hubToken,
});
export type HubOverview = z.infer<typeof hubOverview>;

export const hubResult = z.object({
  repo: z.string(),
  family: z.string().nullable(),
  license: z.string().nullable(),
  downloads: count,
  gated: z.boolean(),
});
export type HubResult = z.infer<typeof hubResult>;

export const hubInfo = z.object({
  repo: z.string(),
  commit: z.string(),
  family: z.string().nullable(),
  license: z.string().nullable(),
  gated: z.boolean(),
  /** What would be fetched, small files first; empty when it cannot be used. */
  files: z.array(z.object({ path: z.string(), bytes: count })),
  bytes: count,
  /** Why it cannot be used; null when it can. */
  problem: apiFailure.nullable(),
});
export type HubInfo = z.infer<typeof hubInfo>;

export const download = z.object({
  /** `repo@revision`. */
  id: z.string(),
  repo: z.string(),
  revision: z.string(),
  state: z.enum(['queued', 'running', 'paused', 'failed', 'done']),
  /** What a running one does: `waiting` for another process, `checking` what is here. */
  stage: z.enum(['resolving', 'waiting', 'checking', 'downloading', 'linking']).nullable(),
  file: z.string().nullable(),
  /** Bytes that are here, and in all; 0 while the files are not known. */
  bytes: count,
  total: count,
  bytesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  failure: apiFailure.nullable(),
  /** The commit that was fetched; null before the end. */
  commit: z.string().nullable(),
});
export type Download = z.infer<typeof download>;

const one = z.object({ id: z.string() });
const nothing = z.object({});

/** Channels of the hub, answered by the process that owns the window (or by the server): a download does not wait for a model. */
export const hubContract = {
  /** The curated list, the cache and the token; asks no network. */
  'hub.overview': { request: nothing, response: hubOverview },
  'hub.search': { request: z.object({ query: z.string().max(200) }), response: z.array(hubResult) },
  /** `model` is `org/name`, `org/name@revision`, or the address of its page. */
  'hub.info': { request: z.object({ model: z.string().max(500) }), response: hubInfo },
  'hub.downloads': { request: nothing, response: z.array(download) },
  /** Begins a download, or goes on with the one there is. Its progress comes as the event `downloads`. */
  'hub.fetch': { request: z.object({ model: z.string().max(500) }), response: download },
  'hub.pause': { request: one, response: nothing },
  'hub.resume': { request: one, response: nothing },
  /** Ends a download and removes what came of it; one that ended is taken off the list. */
  'hub.cancel': { request: one, response: nothing },
  /** Takes a repository, or one commit of it, out of the cache. */
  'hub.delete': {
    request: z.object({ repo: z.string(), commit: z.string().nullable().default(null) }),
    response: z.object({ freed: count }),
  },
  /** Another folder for the cache, made if it is not there; null goes back to the default. Answers with the overview of it. */
  'hub.setFolder': { request: z.object({ folder: z.string().max(4000).nullable() }), response: hubOverview },
  /** Gives a token, or (null) forgets the one that was given. Nothing ever answers with a token. */
  'hub.setToken': { request: z.object({ token: z.string().max(500).nullable() }), response: hubToken },
} as const;

/** Every download, whenever one changes (at most four times a second while bytes come). */
export const downloadsEvent = z.object({ downloads: z.array(download) });

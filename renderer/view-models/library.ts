/** The model library in lines: what each model is, whether it is here, and what its download does. */
import type { CachedRepo, Download, HubOverview, HubResult, ModelEntry } from '../../electron/api/index.ts';
import type { LibraryState } from '../state/library.ts';
import { failureText } from './failure.ts';
import type { Translate } from './failure.ts';
import { formatBytes, formatCount } from './format.ts';

export interface LibraryRow {
  /** What is fetched: `org/name` or `org/name@revision`. */
  readonly model: string;
  readonly repo: string;
  readonly name: string;
  /** Family, shape, licence, language. */
  readonly facts: string;
  readonly state: 'absent' | 'here' | Download['state'];
  /** Where it is, in a few words: `Here, 548 MB`; progress of a download. */
  readonly place: string;
  /** Not null while it is downloaded, or was and stopped. */
  readonly download: Download | null;
  /** 0…1; null while it is not known. */
  readonly fraction: number | null;
  /** The id by which the engine opens it; null when it is not here or cannot be opened. */
  readonly opens: string | null;
  /** Why it cannot be opened, or why its download stopped; null when nothing is wrong. */
  readonly problem: string | null;
  /** Bytes that deleting it frees; 0 when it is not here. */
  readonly deletes: number;
}

/** What the library is drawn from. */
export interface LibraryFacts {
  readonly overview: HubOverview;
  readonly downloads: readonly Download[];
  /** The models that the engine lists. */
  readonly models: readonly ModelEntry[];
}

/** The curated models, in their order. */
export function curatedRows(facts: LibraryFacts, words: Translate): LibraryRow[] {
  return facts.overview.curated.map((model) => {
    const { repo, name, family, layers, heads, license, language, weightBytes } = model;
    const parts = [
      family,
      words('library.shape', { layers, heads }),
      weightBytes === null
        ? words('library.unknownSize')
        : words('library.weights', { size: formatBytes(weightBytes) }),
      words('library.licence', { license }),
      words(`library.language.${language}`),
    ];
    return rowOf(facts, words, { model: repo, repo, name, facts: parts.join(' · ') });
  });
}

/** What else is in the cache, or being fetched, in the order of size; a repository that `shown` names is there already. */
export function otherRows(facts: LibraryFacts, words: Translate, shown: readonly LibraryRow[]): LibraryRow[] {
  const known = new Set(shown.map(({ repo }) => repo.toLowerCase()));
  const repos = new Set([...facts.overview.cache, ...facts.downloads.filter(isOpen)].map(({ repo }) => repo));
  return [...repos]
    .filter((repo) => !known.has(repo.toLowerCase()))
    .map((repo) => rowOf(facts, words, { model: repo, repo, name: repo, facts: cachedFacts(facts, repo, words) }));
}

/** What the hub found, without what the other lists have. */
export function resultRows(facts: LibraryFacts, results: readonly HubResult[], words: Translate): LibraryRow[] {
  return results.map((result) => {
    const { repo: model, family, license, downloads, gated } = result;
    const repo = model.split('@')[0] ?? model;
    const parts = [
      family,
      license === null ? null : words('library.licence', { license }),
      downloads === 0 ? null : words('library.downloads', { count: downloads, number: formatCount(downloads) }),
      gated ? words('library.gated') : null,
    ];
    const text = parts.filter((part) => part !== null).join(' · ');
    return rowOf(facts, words, { model, repo, name: model, facts: text });
  });
}

/** `Models from huggingface.co, kept …`: where they come from, where they go, and how much room there is. */
export function aboutText({ host, folder, freeBytes, cache }: HubOverview, words: Translate): string {
  const bytes = cache.reduce((sum, repo) => sum + repo.bytes, 0);
  const used = bytes === 0 ? '0 kB' : formatBytes(bytes);
  if (freeBytes === null) return words('library.aboutUnknown', { host, folder, used });
  return words('library.about', { host, folder, used, free: formatBytes(freeBytes) });
}

/** The sentence that says that there is no network, or null; a failed search or download is what shows it. */
export function offlineText({ overview, search, failure, downloads }: LibraryState, words: Translate): string | null {
  if (overview === null) return null;
  if (overview.offline) return words('library.offline');
  const reasons = [search.failure, failure, ...downloads.map((download) => download.failure)].map(
    (each) => each?.reason,
  );
  const lost = reasons.some((reason) => reason === 'hub-unreachable' || reason === 'hub-slow');
  return lost ? words('library.unreachable', { host: overview.host }) : null;
}

/** What ended last, for the status line. */
export function endedText({ ended }: LibraryState, words: Translate): string {
  if (ended === null) return '';
  const name = ended.repo;
  if (ended.kind === 'done') return words('library.doneSay', { name });
  if (ended.kind === 'deleted') return words('library.deleted', { name, size: formatBytes(ended.bytes) });
  return words('library.failedSay', { name, reason: failureText(ended.failure, words) });
}

/** How many downloads run or wait for their turn. */
export function busyCount(downloads: readonly Download[]): number {
  return downloads.filter(({ state }) => state === 'running' || state === 'queued').length;
}

function rowOf(
  { overview, downloads, models }: LibraryFacts,
  words: Translate,
  row: Pick<LibraryRow, 'model' | 'repo' | 'name' | 'facts'>,
): LibraryRow {
  const same = (name: string): boolean => name.toLowerCase() === row.repo.toLowerCase();
  const cached = overview.cache.find(({ repo }) => same(repo));
  const download = downloads.find((each) => same(each.repo) && isOpen(each)) ?? null;
  const entry = models.find(({ id, source }) => source === 'huggingface' && same(id));
  const isHere = cached?.revisions.some(({ isModel }) => isModel) ?? false;
  const state = download?.state ?? (isHere ? 'here' : 'absent');
  const failure = download?.failure ?? null;
  const notOpened = entry?.problem ?? null;
  return {
    ...row,
    state,
    place: placeText(download, isHere ? cached : undefined, words),
    download,
    fraction: download === null || download.total === 0 ? null : Math.min(1, download.bytes / download.total),
    opens: entry !== undefined && notOpened === null ? entry.id : null,
    problem:
      failure === null
        ? notOpened === null
          ? null
          : words('library.problem', { reason: notOpened })
        : words('library.failed', { reason: failureText(failure, words) }),
    deletes: download === null ? (cached?.bytes ?? 0) : 0,
  };
}

/** A download that did not come to its end. */
function isOpen({ state }: Pick<Download, 'state'>): boolean {
  return state !== 'done';
}

function cachedFacts({ overview, models }: LibraryFacts, repo: string, words: Translate): string {
  const cached = overview.cache.find((each) => each.repo === repo);
  const entry = models.find(({ id, source }) => source === 'huggingface' && id === repo);
  const [first, ...others] = cached?.revisions ?? [];
  const parts = [
    entry?.family ?? null,
    entry?.layers != null && entry.heads !== null
      ? words('library.shape', { layers: entry.layers, heads: entry.heads })
      : null,
    entry?.license == null ? null : words('library.licence', { license: entry.license }),
    first === undefined
      ? null
      : others.length === 0
        ? words('library.revision', { revision: first.commit.slice(0, 12) })
        : words('library.revisions', { count: others.length + 1 }),
    (cached?.partialBytes ?? 0) > 0 ? words('library.partial', { size: formatBytes(cached?.partialBytes ?? 0) }) : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function placeText(download: Download | null, cached: CachedRepo | undefined, words: Translate): string {
  if (download !== null) return progressText(download, words);
  return cached === undefined ? words('library.notHere') : words('library.here', { size: formatBytes(cached.bytes) });
}

/** `120 MB of 548 MB · 12 MB/s · 35 s left`, or what it waits for. */
export function progressText(download: Download, words: Translate): string {
  const { state, stage, bytes, total, bytesPerSecond, secondsLeft } = download;
  const amount =
    total === 0 ? null : words('library.progress', { bytes: formatBytes(bytes), total: formatBytes(total) });
  const moving = state === 'running' && stage === 'downloading';
  const parts = [
    state === 'queued' ? words('library.queued') : null,
    state === 'paused' ? words('library.paused') : null,
    state === 'running' && !moving ? words(`library.stage.${stage ?? 'resolving'}`) : null,
    amount,
    moving && bytesPerSecond !== null ? words('library.rate', { rate: formatBytes(bytesPerSecond) }) : null,
    moving && secondsLeft !== null ? words('library.left', { time: durationText(secondsLeft, words) }) : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** `45 s`, `2 min 05 s`, `1 h 02 min`. */
export function durationText(seconds: number, words: Translate): string {
  const whole = Math.ceil(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 60) return words('library.time.seconds', { seconds: whole });
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return words('library.time.minutes', { minutes, seconds: two(whole % 60) });
  return words('library.time.hours', { hours: Math.floor(minutes / 60), minutes: two(minutes % 60) });
}

/** The models on this machine, each as one line: what it is, or why it cannot be opened. */
import { WEIGHT_DTYPES } from '../checkpoint/dtypes.ts';
import { quote } from '../checkpoint/json.ts';
import { readConfig } from '../checkpoint/config.ts';
import { isFolder, TOKENIZER_EXPECTED, tokenizerFiles } from '../checkpoint/files.ts';
import { readWeights } from '../checkpoint/shards.ts';
import { ModelError } from '../errors.ts';
import { expand, huggingFaceFolder } from '../hub/environment.ts';
import type { Environment } from '../hub/environment.ts';
import type { ModelEntry } from '../types.ts';
import { sizesOf, weightFacts } from './facts.ts';
import { readLicense } from './model-card.ts';
import { nearest } from './nearest.ts';
import { bundledFolder, bundledPlaces, commitOfRef, folderPlace, huggingFacePlaces, userPlaces } from './places.ts';
import type { Place, Revision } from './places.ts';

export interface LibraryOptions {
  /** The model_type values that can be opened. */
  readonly supportedFamilies: readonly string[];
  /** Folders of the user's: models, or folders of models. */
  readonly folders?: readonly string[] | undefined;
  /** Where HF_HOME and the like are read; the process's own by default. */
  readonly env?: Environment | undefined;
  /** Where the bundled models lie; by default beside this module, or where HEADLIGHT_BUNDLED_MODELS says. */
  readonly bundled?: string | undefined;
}

/**
 * Bundled models first, then the Hugging Face cache, then the user's folders; ids are unique (the first of a name stays). A cached
 * repository is followed by its other revisions that can be opened, as `org/name@revision`. Reads configs and headers only. Never throws
 * for what it finds: a model that cannot be opened says why in `problem`.
 */
export async function listModels(options: LibraryOptions): Promise<ModelEntry[]> {
  const entries: ModelEntry[] = [];
  for (const place of await findPlaces(options)) {
    const shown = await describePlace(place, options);
    entries.push(shown, ...(await otherRevisions(place, shown, options)));
  }
  return entries;
}

/** One folder as a line of the library: its absolute path is its id; a repository of a hub cache has its name there. */
export async function describeFolder(folder: string, options: LibraryOptions): Promise<ModelEntry> {
  return describePlace(await folderPlace(expand(folder, options.env ?? process.env)), options);
}

/**
 * The entry of an id from the list, or of a folder's path. The entry may have a `problem`.
 *
 * @throws ModelError 'not-found' `model-unknown` naming the ids that come nearest
 */
export async function findModel(model: string, options: LibraryOptions): Promise<ModelEntry> {
  const places = await findPlaces(options);
  const place = places.find(({ id }) => id === model) ?? places.find(({ id }) => sameId(id, model));
  if (place !== undefined) return describePlace(place, options);
  const revision = await findRevision(places, model);
  if (revision !== null) return describePlace(revision, options);
  if (model !== '' && (await isFolder(expand(model, options.env ?? process.env))))
    return describeFolder(model, options);
  const near = nearest(
    model,
    places.map(({ id }) => id),
  );
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'The library lists what there is.';
  const message = `There is no model "${model.slice(0, 200)}", neither in the library nor as a folder. ${hint}`;
  throw new ModelError('not-found', 'model-unknown', message, { model, near: near.join(', ') });
}

async function findPlaces(options: LibraryOptions): Promise<Place[]> {
  const env = options.env ?? process.env;
  const found = [
    ...(await bundledPlaces(options.bundled ?? bundledFolder(env))),
    ...(await huggingFacePlaces(huggingFaceFolder(env))),
  ];
  for (const folder of options.folders ?? []) found.push(...(await userPlaces(folder, env)));
  const byId = new Map<string, Place>();
  for (const place of found) if (!byId.has(place.id)) byId.set(place.id, place);
  return [...byId.values()];
}

/** A commit as an id shows it; enough of it to be one of a kind. */
const SHOWN_DIGITS = 12;

async function otherRevisions(place: Place, shown: ModelEntry, options: LibraryOptions): Promise<ModelEntry[]> {
  if (place.source !== 'huggingface') return [];
  const others: ModelEntry[] = [];
  for (const revision of place.folders) {
    if (revision.folder === shown.folder || revision.revision === null) continue;
    const id = `${place.id}@${revision.revision.slice(0, SHOWN_DIGITS)}`;
    const entry = await describeRevision({ ...place, id, name: id }, revision, options);
    if (entry.problem === null) others.push(entry);
  }
  return others;
}

/** The one snapshot that `org/name@revision` names, by its commit (or at least 7 digits of it), or by a branch or tag. */
async function findRevision(places: readonly Place[], model: string): Promise<Place | null> {
  const at = model.indexOf('@');
  const place = at < 0 ? undefined : places.find(({ id }) => sameId(id, model.slice(0, at)));
  if (place?.source !== 'huggingface') return null;
  const wanted = model.slice(at + 1);
  const commit = (await commitOfRef(place, wanted)) ?? wanted;
  const isIt = ({ revision }: Revision): boolean =>
    revision !== null && (revision === commit || (commit.length >= 7 && revision.startsWith(commit)));
  const [found, ...others] = place.folders.filter(isIt);
  if (found === undefined || others.length > 0) return null;
  const id = `${place.id}@${(found.revision ?? commit).slice(0, SHOWN_DIGITS)}`;
  return { ...place, id, name: id, folders: [found] };
}

/** The first revision that can be opened; when none can, the first. */
async function describePlace(place: Place, options: LibraryOptions): Promise<ModelEntry> {
  let first: ModelEntry | null = null;
  for (const revision of place.folders) {
    const entry = await describeRevision(place, revision, options);
    if (entry.problem === null) return entry;
    first ??= entry;
  }
  return first ?? blank(place, place.folders[0]);
}

async function describeRevision(place: Place, revision: Revision, options: LibraryOptions): Promise<ModelEntry> {
  let entry = blank(place, revision);
  try {
    entry = { ...entry, license: await readLicense(revision.folder) };
    if (!(await isFolder(revision.folder))) {
      throw new ModelError('not-found', 'folder-missing', `There is no folder ${revision.folder}.`);
    }
    const config = await readConfig(revision.folder);
    entry = { ...entry, family: config.modelType };
    entry = { ...entry, ...sizesOf(config) };
    assertSupported(config.modelType, options.supportedFamilies);
    const { tensors, byteLength } = await readWeights(revision.folder);
    entry = { ...entry, bytes: byteLength, ...weightFacts(tensors.values()) };
    assertUsable(entry);
    await assertTokenizer(revision.folder);
    return entry;
  } catch (error) {
    return { ...entry, problem: error instanceof Error ? error.message : String(error) };
  }
}

function assertSupported(family: string, supported: readonly string[]): void {
  if (supported.includes(family)) return;
  const message = `The architecture ${quote(family)} is not supported; Headlight opens ${supported.join(', ')}.`;
  throw new ModelError('bad-model', 'family-unsupported', message, { family });
}

async function assertTokenizer(folder: string): Promise<void> {
  if ((await tokenizerFiles(folder)) !== null) return;
  const message = `${folder} has no tokenizer; expected ${TOKENIZER_EXPECTED}.`;
  throw new ModelError('bad-model', 'tokenizer-missing', message);
}

function assertUsable({ folder, dtype }: ModelEntry): void {
  if (dtype !== null && WEIGHT_DTYPES.includes(dtype)) return;
  const given = dtype === null ? 'no weights' : `weights stored as ${dtype}`;
  const message = `${folder} has ${given}; Headlight computes with ${WEIGHT_DTYPES.join(', ')}.`;
  throw new ModelError('bad-model', 'weight-dtype', message);
}

function blank({ id, name, source }: Place, { folder, revision }: Revision): ModelEntry {
  return {
    id,
    name,
    source,
    folder,
    family: null,
    layers: null,
    heads: null,
    hidden: null,
    maxTokens: null,
    vocabulary: null,
    parameters: null,
    bytes: null,
    dtype: null,
    license: null,
    revision,
    problem: null,
  };
}

function sameId(id: string, given: string): boolean {
  return id.toLowerCase() === given.toLowerCase();
}

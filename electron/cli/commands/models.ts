/** `headlight models`: what can be opened on this machine, and why something cannot; and deleting from the hub cache. */
import { deleteCached, huggingFaceFolder, parseRepo, scanCache, scanRepo } from '../../../native-models/hub/index.ts';
import { ModelError } from '../../../native-models/errors.ts';
import { listModels } from '../../../native-models/index.ts';
import type { ModelEntry } from '../../../native-models/index.ts';
import type { Command, Output } from '../command.ts';
import { cacheEnvironment, library } from '../models.ts';
import { byteText } from '../sizes.ts';
import { plainLine, textTable } from '../table.ts';

export const modelsCommand: Command = {
  options: {
    json: { help: 'a JSON array with everything that is known of each' },
    delete: { value: 'REPO[@REVISION]', help: 'take a model out of the Hugging Face cache, or one revision of it' },
  },
  examples: ['', '--json', '--delete openai-community/gpt2'],
  run: async (values, output) => {
    const doomed = values.text('delete');
    if (doomed !== undefined) {
      await deleteModel(doomed, output);
      return;
    }
    const models = await listModels(await library());
    if (values.flag('json')) output.write(`${JSON.stringify(models, null, 2)}\n`);
    else output.write((models.length === 0 ? 'No models found.\n' : modelTable(models)) + (await cacheLine()));
  },
};

async function deleteModel(typed: string, output: Output): Promise<void> {
  const { repo, revision } = parseRepo(typed);
  const cacheFolder = huggingFaceFolder(await cacheEnvironment());
  const commit = typed.includes('@') ? await commitOf(cacheFolder, repo, revision) : null;
  const freed = await deleteCached(cacheFolder, repo, commit);
  output.write(
    `${repo}${commit === null ? '' : `@${commit.slice(0, 12)}`} is deleted; ${byteText(freed)} are free again.\n`,
  );
}

/** The cached commit that a branch, a tag or the beginning of a commit names. */
async function commitOf(cacheFolder: string, repo: string, revision: string): Promise<string> {
  const { revisions } = await scanRepo(cacheFolder, repo);
  const named = revisions.filter(
    ({ commit, refs }) => refs.includes(revision) || (revision.length >= 7 && commit.startsWith(revision)),
  );
  const [found, ...others] = named;
  if (found !== undefined && others.length === 0) return found.commit;
  const known = revisions.map(({ commit, refs }) => [commit.slice(0, 12), ...refs].join(' ')).join(', ');
  const message = `${repo}@${revision} is not in the hub cache${known === '' ? '' : `; there is ${known}`}.`;
  throw new ModelError('not-found', 'hub-not-cached', message, { repo });
}

async function cacheLine(): Promise<string> {
  const folder = huggingFaceFolder(await cacheEnvironment());
  const repos = await scanCache(folder);
  if (repos.length === 0) return '';
  const total = (key: 'bytes' | 'partialBytes'): number => repos.reduce((sum, repo) => sum + repo[key], 0);
  const partial = total('partialBytes') === 0 ? '' : `, ${byteText(total('partialBytes'))} of it unfinished downloads`;
  return `\nThe Hugging Face cache has ${byteText(total('bytes'))}${partial}: ${plainLine(folder)}\n`;
}

function modelTable(models: readonly ModelEntry[]): string {
  const rows = models.map((model) => [
    plainLine(model.id),
    model.family ?? '?',
    model.layers === null || model.heads === null ? '' : `${model.layers} × ${model.heads}`,
    model.parameters === null ? '' : parameterCount(model.parameters),
    model.bytes === null ? '' : byteText(model.bytes),
    model.maxTokens === null ? '' : String(model.maxTokens),
    plainLine(model.license ?? ''),
    sourceText(model),
  ]);
  const header = ['MODEL', 'FAMILY', 'LAYERS × HEADS', 'PARAMETERS', 'SIZE', 'TOKENS', 'LICENCE', 'FROM'];
  const problems = models
    .filter(({ problem }) => problem !== null)
    .map(({ id, problem }) => `${plainLine(id)} cannot be opened: ${plainLine(problem ?? '')}\n`);
  return textTable([header, ...rows], [2, 3, 4, 5]) + (problems.length > 0 ? `\n${problems.join('')}` : '');
}

function sourceText({ source, revision }: ModelEntry): string {
  const from = source === 'huggingface' ? 'hub cache' : source;
  return revision === null ? from : `${from} @${plainLine(revision.slice(0, 12))}`;
}

function parameterCount(count: number): string {
  return count >= 1e6 ? `${(count / 1e6).toFixed(1)} M` : `${(count / 1e3).toFixed(0)} k`;
}

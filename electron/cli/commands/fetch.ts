/** `headlight fetch`: a model of the hub, into the cache that huggingface_hub uses. */
import {
  connect,
  CURATED,
  curatedModel,
  fetchModel,
  findToken,
  huggingFaceFolder,
  parseRepo,
  RateMeter,
} from '../../../native-models/hub/index.ts';
import type { FetchProgress, RepoRevision } from '../../../native-models/hub/index.ts';
import { describeFolder } from '../../../native-models/index.ts';
import { UsageError } from '../command.ts';
import type { Command, Output } from '../command.ts';
import { byteText, durationText } from '../sizes.ts';
import { cacheEnvironment } from '../models.ts';
import { plainLine, textTable } from '../table.ts';

export const fetchCommand: Command = {
  argument: {
    name: 'REPO[@REVISION]',
    help: 'a repository of the hub; a branch, a tag or a commit of it, by default main',
  },
  options: {
    list: { help: 'show models to begin with, and fetch nothing' },
    json: { help: 'what was fetched as JSON' },
  },
  examples: ['openai-community/gpt2', 'GroNLP/bert-base-dutch-cased@main', '--list'],
  run: async (values, output) => {
    if (values.flag('list')) {
      output.write(curatedTable());
      return;
    }
    if (values.argument === undefined) {
      throw new UsageError('Name what to fetch, such as openai-community/gpt2; `headlight fetch --list` shows some.');
    }
    const fetched = await fetchInto(wanted(values.argument), output);
    const { problem } = await describeFolder(fetched.folder);
    if (problem !== null) output.note(`It cannot be opened: ${plainLine(problem)}\n`);
    const { repo, commit, folder, bytes } = fetched;
    if (values.flag('json'))
      output.write(`${JSON.stringify({ repo, revision: commit, folder, bytes, problem }, null, 2)}\n`);
    else output.write(`${repo}@${commit.slice(0, 12)}  ${byteText(bytes)}  ${folder}\n`);
  },
};

/** A curated model without a revision is the one that the list pins. */
function wanted(typed: string): RepoRevision {
  const asked = parseRepo(typed);
  const pinned = typed.includes('@') ? undefined : curatedModel(asked.repo)?.revision;
  return pinned === undefined ? asked : { ...asked, revision: pinned };
}

async function fetchInto(asked: RepoRevision, output: Output): ReturnType<typeof fetchModel> {
  const { env } = process;
  const connection = await connect({ env, token: (await findToken(env))?.token ?? null });
  const stop = new AbortController();
  const interrupt = (): void =>
    stop.abort(new Error('Stopped. What came so far is kept; the same command goes on with it.'));
  process.once('SIGINT', interrupt);
  const line = progressLine(output);
  const cacheFolder = huggingFaceFolder(await cacheEnvironment());
  try {
    return await fetchModel({ ...asked, cacheFolder, connection, signal: stop.signal, onProgress: line });
  } finally {
    process.removeListener('SIGINT', interrupt);
    output.status?.('');
    await connection.close();
  }
}

/** Shows the progress a few times a second, where somebody watches. */
function progressLine(output: Output): (progress: FetchProgress) => void {
  const meter = new RateMeter();
  let shownAt = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (output.status === undefined || (progress.stage === 'downloading' && now - shownAt < 200)) return;
    shownAt = now;
    output.status(statusText(progress, meter));
  };
}

const STAGES: Readonly<Record<Exclude<FetchProgress['stage'], 'downloading'>, string>> = {
  resolving: 'Asking the hub…',
  waiting: 'Another process fetches this model; waiting for it…',
  checking: 'Checking what is here…',
  linking: 'Finishing…',
};

function statusText({ stage, bytes, total, file }: FetchProgress, meter: RateMeter): string {
  if (stage !== 'downloading') return STAGES[stage];
  const { bytesPerSecond, secondsLeft } = meter.measure(bytes, total);
  const percent = total === 0 ? 100 : Math.floor((100 * bytes) / total);
  const rate = bytesPerSecond === null ? '' : `  ${byteText(Math.round(bytesPerSecond))}/s`;
  const left = secondsLeft === null ? '' : `  ${durationText(secondsLeft)} left`;
  return `${plainLine(file ?? '')}  ${byteText(bytes)} of ${byteText(total)}  ${percent} %${rate}${left}`;
}

function curatedTable(): string {
  const rows = CURATED.map((model) => [
    model.repo,
    model.family,
    `${model.layers} × ${model.heads}`,
    model.weightBytes === null ? '' : byteText(model.weightBytes),
    model.license,
    model.language,
  ]);
  return textTable([['MODEL', 'FAMILY', 'LAYERS × HEADS', 'WEIGHTS', 'LICENCE', 'LANGUAGE'], ...rows], [2, 3]);
}

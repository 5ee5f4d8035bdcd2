/** A process that fetches someone/tiny: `CACHE` from the hub at HF_ENDPOINT. Prints what came of it as a line of JSON. */
import { connect, fetchModel } from '../../../native-models/hub/index.ts';

const connection = await connect({ env: process.env, token: null });
const cacheFolder = process.argv[2] ?? '';
const signal = new AbortController().signal;
const stages = new Set<string>();
const onProgress = ({ stage, bytes }: { stage: string; bytes: number }): void => {
  if (!stages.has(stage)) process.stderr.write(`${stage} ${bytes}\n`);
  stages.add(stage);
};
const model = await fetchModel({ repo: 'someone/tiny', revision: 'main', cacheFolder, connection, signal, onProgress });
process.stdout.write(`${JSON.stringify({ fetched: model.fetched, folder: model.folder, stages: [...stages] })}\n`);
await connection.close();

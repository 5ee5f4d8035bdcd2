/** `headlight models`: what can be opened on this machine, and why something cannot. */
import { listModels } from '../../../native-models/index.ts';
import type { ModelEntry } from '../../../native-models/index.ts';
import type { Command } from '../command.ts';
import { userFolders } from '../models.ts';
import { plainLine, textTable } from '../table.ts';

export const modelsCommand: Command = {
  options: { json: { help: 'a JSON array with everything that is known of each' } },
  examples: ['', '--json'],
  run: async (values, output) => {
    const models = await listModels({ folders: await userFolders() });
    if (values.flag('json')) output.write(`${JSON.stringify(models, null, 2)}\n`);
    else output.write(models.length === 0 ? 'No models found.\n' : modelTable(models));
  },
};

function modelTable(models: readonly ModelEntry[]): string {
  const rows = models.map((model) => [
    plainLine(model.id),
    model.family ?? '?',
    model.layers === null || model.heads === null ? '' : `${model.layers} × ${model.heads}`,
    model.parameters === null ? '' : parameterCount(model.parameters),
    model.maxTokens === null ? '' : String(model.maxTokens),
    plainLine(model.license ?? ''),
    model.source,
  ]);
  const header = ['MODEL', 'FAMILY', 'LAYERS × HEADS', 'PARAMETERS', 'TOKENS', 'LICENCE', 'FROM'];
  const problems = models
    .filter(({ problem }) => problem !== null)
    .map(({ id, problem }) => `${plainLine(id)} cannot be opened: ${plainLine(problem ?? '')}\n`);
  return textTable([header, ...rows], [2, 3, 4]) + (problems.length > 0 ? `\n${problems.join('')}` : '');
}

function parameterCount(count: number): string {
  return count >= 1e6 ? `${(count / 1e6).toFixed(1)} M` : `${(count / 1e3).toFixed(0)} k`;
}

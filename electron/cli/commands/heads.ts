/** `headlight heads`: what every head of a model does, as scores on fixed test sequences. */
import { HEAD_SCORES, scoreHeads, testSequences } from '../../../native-models/index.ts';
import type { HeadScore, ScoredHead } from '../../../native-models/index.ts';
import { nearest } from '../arguments.ts';
import { UsageError } from '../command.ts';
import type { Command, Values } from '../command.ts';
import { bestHeads, definitionsText, scoreTable, sequencesText } from '../head-report.ts';
import { MODEL_OPTIONS, withModel } from '../models.ts';
import { plainLine } from '../table.ts';

export const headsCommand: Command = {
  options: {
    ...MODEL_OPTIONS,
    sort: { value: 'SCORE', help: `largest first; one of ${HEAD_SCORES.join(', ')}` },
    json: { help: 'a JSON array of {stack, layer, head, scores}' },
  },
  examples: ['--model headlight-gpt', '--model headlight-gpt --sort induction', '--model headlight-bert --json'],
  run: async (values, output) => {
    const sort = sortScore(values);
    await withModel(values, async (model) => {
      const heads = sorted(await scoreHeads(model), sort);
      if (values.flag('json')) {
        output.write(`${JSON.stringify(heads, null, 2)}\n`);
        return;
      }
      const stacks = model.stacks.map(({ name, layers, heads: each }) => `${name} ${layers} layers × ${each} heads`);
      output.write(`${[plainLine(model.entry.id), ...stacks, model.device.id].join(' · ')}\n\n`);
      output.write(scoreTable(heads));
      output.write(`\n* The head with the largest of each score:\n${bestHeads(heads)}`);
      output.write(`\n${definitionsText()}`);
      output.write(`\n${sequencesText(await testSequences(model))}`);
    });
  },
};

function sortScore(values: Values): HeadScore | null {
  const given = values.text('sort');
  if (given === undefined) return null;
  const found = HEAD_SCORES.find((name) => name.toLowerCase() === given.toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(given, HEAD_SCORES);
  const hint = near === undefined ? `The scores are ${HEAD_SCORES.join(', ')}.` : `Did you mean ${near}?`;
  throw new UsageError(`--sort: there is no score "${given}". ${hint}`);
}

/** Largest first; equal ones stay in the order of the layers. */
function sorted(heads: readonly ScoredHead[], score: HeadScore | null): readonly ScoredHead[] {
  return score === null ? heads : heads.toSorted((a, b) => b.scores[score] - a.scores[score]);
}

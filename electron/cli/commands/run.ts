/** `headlight run`: the tokens of a text and what the model predicts; with interventions, what they change in it. */
import { comparePredictions, predict } from '../../../native-models/index.ts';
import type { Command } from '../command.ts';
import { INTERVENTION_OPTIONS, readInterventions } from '../interventions.ts';
import { readInput, runInput, TEXT_OPTIONS, withModel } from '../models.ts';
import { runReportJson, runReportText } from '../run-report.ts';

export const runCommand: Command = {
  options: {
    ...TEXT_OPTIONS,
    candidates: { value: 'N', help: 'how many candidates to list, default 10' },
    json: { help: 'JSON: model, device, head, scale, tokens, interventions, predictions, changes, seconds' },
    ...INTERVENTION_OPTIONS,
  },
  examples: [
    '--model headlight-gpt --text "The animal didn\'t cross the street because it was too"',
    '--model headlight-bert --text "The capital of France is [MASK]." --json',
    '--model headlight-gpt --text "The king of" --ablate decoder.3.self:5 --mask 2:0 --pattern decoder.1.self:0=uniform',
  ],
  run: async (values, output) => {
    const candidates = values.count('candidates', { least: 1, most: 1000 }) ?? 10;
    const interventions = readInterventions(values);
    const input = await readInput(values);
    await withModel(values, async (model) => {
      const trace = await runInput(model, input, interventions);
      const untouched = interventions.length === 0 ? null : await runInput(model, input);
      const report = {
        trace,
        interventions,
        predictions: await predict(trace, { candidates }),
        changes: untouched === null ? [] : await comparePredictions(untouched, trace, { candidates }),
      };
      output.write(values.flag('json') ? runReportJson(report) : runReportText(report));
      trace.dispose();
      untouched?.dispose();
    });
  },
};

/** `headlight flow`: where one token's information comes from, across the layers. */
import { FLOW_METHODS, FLOW_WEIGHTINGS, traceFlow } from '../../../native-models/index.ts';
import type { FlowOptions } from '../../../native-models/index.ts';
import { UsageError } from '../command.ts';
import type { Command, Values } from '../command.ts';
import { flowReportJson, flowReportText } from '../flow-report.ts';
import { INTERVENTION_OPTIONS, readInterventions } from '../interventions.ts';
import { readInput, runInput, TEXT_OPTIONS, withModel } from '../models.ts';

export const flowCommand: Command = {
  options: {
    ...TEXT_OPTIONS,
    method: { value: 'M', help: `${FLOW_METHODS.join(', ')} (Abnar & Zuidema 2020); default rollout` },
    weights: {
      value: 'W',
      help: 'attention: mean of the heads (the default); norms: of what they write (Kobayashi et al. 2020, 2021)',
    },
    residual: { value: 'R', help: "the residual stream's share, 0 to 1, default 0.5; norms give it themselves" },
    target: { value: 'N', help: 'the token that is traced back, from 0; default the last one' },
    stack: { value: 'S', help: 'encoder or decoder, for models with both' },
    edges: { value: 'N', help: 'how many edges --json lists of each layer, default 200' },
    json: { help: 'JSON: model, device, tokens, interventions, flow' },
    ...INTERVENTION_OPTIONS,
  },
  examples: [
    '--model headlight-gpt --text "The animal didn\'t cross the street because it was too"',
    '--model headlight-gpt --text "The animal was too tired." --method flow --residual 0.3 --target 4',
    '--model headlight-bert --text "The capital of France is [MASK]." --weights norms --target 6 --json',
  ],
  run: async (values, output) => {
    const asked = flowOptions(values);
    const interventions = readInterventions(values);
    const input = await readInput(values);
    await withModel(values, async (model) => {
      const stack =
        values.text('stack') === undefined
          ? undefined
          : values.choice(
              'stack',
              model.stacks.map(({ name }) => name),
              'decoder',
            );
      const trace = await runInput(model, input, interventions);
      const flow = await traceFlow(trace, { ...asked, stack });
      const report = { trace, interventions, flow };
      output.write(values.flag('json') ? flowReportJson(report) : flowReportText(report));
      trace.dispose();
    });
  },
};

/** @throws UsageError for a value that is none, or a share where nothing takes one */
function flowOptions(values: Values): FlowOptions {
  const method = values.choice('method', FLOW_METHODS, 'rollout');
  const weighting = values.choice('weights', FLOW_WEIGHTINGS, 'attention');
  const residual = residualOf(values);
  if (residual !== undefined && (method === 'raw' || weighting === 'norms')) {
    const why = method === 'raw' ? 'raw weights have no residual stream' : 'norms give the share themselves';
    throw new UsageError(`--residual is for rollout and flow over attention weights; ${why}.`);
  }
  const edges = values.count('edges', { least: 1, most: 10_000 });
  return { method, weighting, residual, target: values.count('target'), edges };
}

function residualOf(values: Values): number | undefined {
  const text = values.text('residual');
  if (text === undefined) return undefined;
  const share = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
  if (!(share >= 0 && share <= 1)) throw new UsageError(`--residual takes a number from 0 to 1; "${text}" is not one.`);
  return share;
}

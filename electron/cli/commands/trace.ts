/** `headlight trace`: traced values as a NumPy file. */
import { slice, traceNames } from '../../../native-models/index.ts';
import type { Intervention, Trace } from '../../../native-models/index.ts';
import type { Command } from '../command.ts';
import { outputPath, writeInPieces } from '../files.ts';
import { chooseNames } from '../globs.ts';
import { INTERVENTION_OPTIONS, readInterventions } from '../interventions.ts';
import { readInput, runInput, TEXT_OPTIONS, withModel } from '../models.ts';
import { writeNpz } from '../../../renderer/export/npz.ts';
import type { NamedArray, NamedStrings } from '../../../renderer/export/npz.ts';
import { counted } from '../table.ts';

export const traceCommand: Command = {
  options: {
    ...TEXT_OPTIONS,
    names: { value: 'GLOBS', help: "which values, e.g. 'decoder.*.self.pattern,logits'; default all" },
    out: { value: 'FILE', help: 'the .npz file to write; with what-ifs it also has "interventions"', required: true },
    ...INTERVENTION_OPTIONS,
  },
  examples: [
    '--model headlight-gpt --text "The sea was calm." --names \'decoder.*.self.*\' --out trace.npz',
    '--model headlight-gpt --text "The sea was calm." --scale 1 --ablate decoder.3.self:5 --out what-if.npz',
  ],
  run: async (values, output) => {
    const file = await outputPath(values.required('out'), ['npz']);
    const interventions = readInterventions(values);
    const input = await readInput(values);
    await withModel(values, async (model) => {
      const all = traceNames(model).map(({ name }) => name);
      const names = chooseNames(values.text('names') ?? '*', all);
      const trace = await runInput(model, input, interventions);
      await writeInPieces(file, (write) => writeNpz(arraysOf(trace, names, interventions), write));
      trace.dispose();
      output.write(
        `${file}: ${counted(names.length, 'array')}, ${counted(trace.tokens.length, 'token')}${interventions.length === 0 ? '' : ', interventions'}\n`,
      );
    });
  },
};

/** The values by their names; where something was changed, also `interventions`: strings [intervention], each one as JSON. */
async function* arraysOf(
  trace: Trace,
  names: readonly string[],
  interventions: readonly Intervention[],
): AsyncGenerator<NamedArray | NamedStrings> {
  for (const name of names) {
    const { data, dims } = await slice(trace, name);
    yield { name, data, dims };
  }
  if (interventions.length > 0)
    yield { name: 'interventions', strings: interventions.map((each) => JSON.stringify(each)) };
}

/** `headlight trace`: traced values as a NumPy file. */
import { slice, traceNames } from '../../../native-models/index.ts';
import type { Trace } from '../../../native-models/index.ts';
import type { Command } from '../command.ts';
import { outputPath, writeInPieces } from '../files.ts';
import { chooseNames } from '../globs.ts';
import { readInput, runInput, TEXT_OPTIONS, withModel } from '../models.ts';
import { writeNpz } from '../npz.ts';
import type { NamedArray } from '../npz.ts';

export const traceCommand: Command = {
  options: {
    ...TEXT_OPTIONS,
    names: { value: 'GLOBS', help: "which values, e.g. 'decoder.*.self.pattern,logits'; default all" },
    out: { value: 'FILE', help: 'the .npz file to write', required: true },
  },
  examples: ['--model headlight-gpt --text "The sea was calm." --names \'decoder.*.self.*\' --out trace.npz'],
  run: async (values, output) => {
    const file = await outputPath(values.required('out'), ['npz']);
    const input = await readInput(values);
    await withModel(values, async (model) => {
      const all = traceNames(model).map(({ name }) => name);
      const names = chooseNames(values.text('names') ?? '*', all);
      const trace = await runInput(model, input);
      await writeInPieces(file, (write) => writeNpz(arraysOf(trace, names), write));
      trace.dispose();
      output.write(
        `${file}: ${names.length} ${names.length === 1 ? 'array' : 'arrays'}, ${trace.tokens.length} tokens\n`,
      );
    });
  },
};

async function* arraysOf(trace: Trace, names: readonly string[]): AsyncGenerator<NamedArray> {
  for (const name of names) {
    const { data, dims } = await slice(trace, name);
    yield { name, data, dims };
  }
}

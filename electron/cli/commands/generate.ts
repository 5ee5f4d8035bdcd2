/** `headlight generate`: goes on with a text, token by token, and writes each piece when it is there. */
import { startGeneration } from '../../../native-models/index.ts';
import type { Choosing, Generation } from '../../../native-models/index.ts';
import { UsageError } from '../command.ts';
import type { Command, Values } from '../command.ts';
import { GenerationLines, GenerationText } from '../generation-report.ts';
import type { GenerationReport } from '../generation-report.ts';
import { MODEL_OPTIONS, readInput, TEXT_OPTIONS, withModel } from '../models.ts';

const TOKENS = 40;

export const generateCommand: Command = {
  options: {
    model: MODEL_OPTIONS.model,
    text: TEXT_OPTIONS.text,
    tokens: { value: 'N', help: `how many to generate at most, default ${TOKENS}` },
    seed: { value: 'S', help: 'a whole number; the same seed draws the same text; default 0' },
    temperature: { value: 'T', help: 'divides the logits before tokens are drawn, default 1' },
    'top-k': { value: 'K', help: 'draws among the K most probable tokens; default all' },
    'top-p': { value: 'P', help: 'draws among the fewest tokens that have this share together, default 1' },
    greedy: { help: 'takes the most probable token every time, draws nothing' },
    device: MODEL_OPTIONS.device,
    json: { help: 'JSON lines: one of the start, one a token when it is there, one of the end' },
  },
  examples: [
    '--model headlight-gpt --text "The old man sat by the fire" --seed 7 --temperature 0.8 --top-k 40',
    '--model headlight-gpt --text "Once upon a time" --greedy --tokens 20',
    '--model headlight-gpt --text "My dear sister," --top-p 0.9 --json',
  ],
  run: async (values, output) => {
    const choosing = readChoosing(values);
    const tokens = values.count('tokens', { least: 1 }) ?? TOKENS;
    const { text } = await readInput(values);
    await withModel(values, async (model) => {
      const generation = await startGeneration(model, text);
      const Report = values.flag('json') ? GenerationLines : GenerationText;
      await generate(generation, choosing, tokens, new Report(generation, choosing, output));
    });
  },
};

/** Until there are enough tokens, the text is at an end, or somebody presses Ctrl+C; a second time ends the process at once. */
async function generate(
  generation: Generation,
  choosing: Choosing,
  count: number,
  report: GenerationReport,
): Promise<void> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  const start = performance.now();
  try {
    for (let made = 0; made < count && !stop.signal.aborted; made++) {
      const token = await generation.step(choosing);
      if (token === null) break;
      report.token(token);
      // Whoever reads the output, or presses a key, gets a turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    process.off('SIGINT', interrupt);
  }
  report.end({ interrupted: stop.signal.aborted, seconds: (performance.now() - start) / 1000 });
}

/** @throws UsageError for a value that is none, or an option of drawing where nothing is drawn */
function readChoosing(values: Values): Choosing {
  const drawing = ['seed', 'temperature', 'top-k', 'top-p'].find((name) => values.text(name) !== undefined);
  if (values.flag('greedy') && drawing !== undefined) {
    throw new UsageError(`--${drawing} is for drawing; --greedy takes the most probable token and draws nothing.`);
  }
  return {
    mode: values.flag('greedy') ? 'greedy' : 'sample',
    seed: values.count('seed', { most: 2 ** 32 - 1 }) ?? 0,
    temperature: values.positive('temperature') ?? 1,
    topK: values.count('top-k', { least: 1 }) ?? null,
    topP: shareOf(values),
  };
}

function shareOf(values: Values): number {
  const share = values.positive('top-p') ?? 1;
  if (share > 1)
    throw new UsageError(`--top-p takes a share above 0, at most 1; "${values.text('top-p')}" is not one.`);
  return share;
}

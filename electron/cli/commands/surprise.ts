/** `headlight surprise`: bits per token and per byte of a text or a file of any length. */
import { performance } from 'node:perf_hooks';
import { finish, startTextSurprise } from '../../../native-models/index.ts';
import { UsageError } from '../command.ts';
import type { Command, Output, Values } from '../command.ts';
import { readTextFile } from '../files.ts';
import { MODEL_OPTIONS, readInput, TEXT_OPTIONS, withModel } from '../models.ts';
import { surpriseReportJson, surpriseReportText } from '../surprise-report.ts';

/** Progress is told from then on, and every so many percent. */
const SILENT_MS = 2000;
const TELL_PERCENT = 10;

export const surpriseCommand: Command = {
  options: {
    model: MODEL_OPTIONS.model,
    text: { value: 'T', help: TEXT_OPTIONS.text.help },
    file: { value: 'F', help: 'a UTF-8 file instead of --text; every byte of it counts, line ends too' },
    start: { help: "puts the model's start token before the text, so that the first token is scored too" },
    stride: { value: 'N', help: 'tokens from window to window of a text longer than the model takes; default half' },
    device: MODEL_OPTIONS.device,
    json: { help: 'JSON: model, device, kind, scored, bits, bytes, bitsPerToken, bitsPerByte, start, windows, tokens' },
  },
  examples: [
    '--model headlight-gpt --text "The old man sat by the fire."',
    '--model headlight-gpt --file chapter.txt --start --stride 64 --json',
    '--model headlight-bert --text "The capital of France is Paris."',
  ],
  run: async (values, output) => {
    const text = await textOf(values);
    const stride = values.count('stride', { least: 1 });
    await withModel(values, async (model) => {
      const begun = performance.now();
      const { work, tokens } = await startTextSurprise(model, text, { stride, start: values.flag('start') });
      const surprise = await finish(work, tellingProgress(output, begun));
      const report = { model, tokens, surprise, seconds: (performance.now() - begun) / 1000 };
      output.write(values.flag('json') ? surpriseReportJson(report) : surpriseReportText(report));
    });
  },
};

function tellingProgress(output: Output, begun: number): (fraction: number) => void {
  let told = 0;
  return (fraction) => {
    const percent = Math.floor((100 * fraction) / TELL_PERCENT) * TELL_PERCENT;
    if (percent <= told || performance.now() - begun < SILENT_MS) return;
    told = percent;
    output.note(`${percent} % scored\n`);
  };
}

/** @throws UsageError for neither or both of --text and --file, or a file that cannot be read as text */
async function textOf(values: Values): Promise<string> {
  const file = values.text('file');
  if ((file === undefined) === (values.text('text') === undefined)) {
    throw new UsageError('`surprise` takes a text with --text or a file with --file, one of them.');
  }
  if (file === undefined) return (await readInput(values)).text;
  return readTextFile(file);
}

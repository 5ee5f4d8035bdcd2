/** `headlight run`: the tokens of a text and what the model predicts. */
import { predict } from '../../../native-models/index.ts';
import type { Prediction, Token, Trace } from '../../../native-models/index.ts';
import type { Command } from '../command.ts';
import { readInput, runInput, TEXT_OPTIONS, withModel } from '../models.ts';
import { plainLine, textTable } from '../table.ts';

export const runCommand: Command = {
  options: {
    ...TEXT_OPTIONS,
    candidates: { value: 'N', help: 'how many candidates to list, default 10' },
    json: { help: 'JSON: model, device, tokens, predictions, seconds' },
  },
  examples: [
    '--model headlight-gpt --text "The animal didn\'t cross the street because it was too"',
    '--model headlight-bert --text "The capital of France is [MASK]." --json',
  ],
  run: async (values, output) => {
    const candidates = values.count('candidates', { least: 1, most: 1000 }) ?? 10;
    const input = await readInput(values);
    await withModel(values, async (model) => {
      const trace = await runInput(model, input);
      const predictions = await predict(trace, { candidates });
      output.write(values.flag('json') ? asJson(trace, predictions) : asText(trace, predictions));
      trace.dispose();
    });
  },
};

function asJson({ model, tokens, seconds }: Trace, predictions: readonly Prediction[]): string {
  const { entry, device, head, openSeconds } = model;
  const result = {
    model: entry.id,
    family: entry.family,
    device: device.id,
    head,
    tokens,
    predictions,
    seconds,
    openSeconds,
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function asText({ model, tokens, seconds }: Trace, predictions: readonly Prediction[]): string {
  const place = ({ start, end, part }: Token) =>
    start === null || end === null ? '' : `${start}–${end}${part === 1 ? ' of the second text' : ''}`;
  const rows = tokens.map((token) => [
    String(token.index),
    String(token.id),
    plainLine(token.piece),
    plainLine(token.text),
    place(token),
  ]);
  const facts = `${model.entry.id} · ${tokens.length} tokens · ${model.device.id} · ${(seconds * 1000).toFixed(0)} ms\n\n`;
  const table = textTable([['TOKEN', 'ID', 'PIECE', 'TEXT', 'CHARACTERS'], ...rows], [0, 1]);
  const answers = predictions.map((prediction) => `\n${heading(prediction, tokens)}\n${candidateTable(prediction)}`);
  return facts + table + (answers.join('') || `\n${nothingPredicted(model.head, model.maskToken)}\n`);
}

function heading({ kind, position }: Prediction, tokens: readonly Token[]): string {
  const token = `token ${position}, ${JSON.stringify(tokens[position]?.text ?? '')}`;
  if (kind === 'classification') return 'Classes of the whole text:';
  return kind === 'next-token' ? `What comes after ${token}:` : `What fills ${token}:`;
}

function candidateTable({ candidates }: Prediction): string {
  return textTable(
    candidates.map(({ id, text, probability }) => [
      `${(probability * 100).toFixed(2)} %`,
      plainLine(JSON.stringify(text)),
      String(id),
    ]),
    [0],
  );
}

function nothingPredicted(head: Trace['model']['head'], maskToken: string | null): string {
  return head === 'masked-token' && maskToken !== null
    ? `This model fills masks; put ${maskToken} in the text to see its candidates.`
    : 'This model has no prediction head.';
}

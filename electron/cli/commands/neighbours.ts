/** `headlight neighbours`: the pieces whose embeddings are nearest to a token's, or to a hidden state of a run. */
import { slice, tokenNeighbours, vectorNeighbours } from '../../../native-models/index.ts';
import type { EmbeddingNeighbours, Model } from '../../../native-models/index.ts';
import { UsageError } from '../command.ts';
import type { Command, Values } from '../command.ts';
import { MODEL_OPTIONS, readInput, runInput, withModel } from '../models.ts';
import { plainLine, textTable } from '../table.ts';

const COUNT = 10;

export const neighboursCommand: Command = {
  options: {
    model: MODEL_OPTIONS.model,
    token: { value: 'P', help: 'a piece as the vocabulary stores it (Ġsea, ##ing), or a text that is one token' },
    id: { value: 'N', help: 'the token by its id, instead of --token' },
    text: { value: 'T', help: 'a text, instead of --token: the neighbours of one of its hidden states' },
    at: { value: 'N', help: 'with --text: the token of the text, from 0; default the last one' },
    layer: { value: 'L', help: 'with --text: what this layer gives, from 0; default the sum that enters layer 0' },
    count: { value: 'N', help: `how many neighbours to list, default ${COUNT}` },
    device: MODEL_OPTIONS.device,
    json: { help: 'JSON: model, id, text, norm, among, byCosine, byDot' },
  },
  examples: [
    '--model headlight-gpt --token Ġsea',
    '--model headlight-bert --token ship --count 20 --json',
    '--model headlight-gpt --text "The captain stood on the bank" --layer 3',
  ],
  run: async (values, output) => {
    const kind = questionOf(values);
    const count = values.count('count', { least: 1, most: 1000 }) ?? COUNT;
    await withModel(values, async (model) => {
      const near =
        kind === 'text'
          ? await ofHiddenState(model, values, count)
          : await tokenNeighbours(model, await tokenId(model, values), count);
      output.write(values.flag('json') ? toJson(model, near) : toText(model, near));
    });
  },
};

/** @throws UsageError unless exactly one of token, id and text is given */
function questionOf(values: Values): 'token' | 'id' | 'text' {
  const given = (['token', 'id', 'text'] as const).filter((name) => values.text(name) !== undefined);
  const [kind] = given;
  if (kind === undefined || given.length > 1) throw new UsageError('Give one of --token, --id and --text.');
  const ofText = (['at', 'layer'] as const).find((name) => values.text(name) !== undefined);
  if (kind !== 'text' && ofText !== undefined) throw new UsageError(`--${ofText} is for --text.`);
  return kind;
}

/** @throws UsageError for a text that is no piece and not one token either */
async function tokenId(model: Model, values: Values): Promise<number> {
  const id = values.count('id');
  if (id !== undefined) return id;
  const piece = values.required('token');
  const stored = model.tokenizer.pieceId(piece);
  if (stored !== null) return stored;
  const { tokens } = await model.tokenizer.encode({ text: piece });
  const own = tokens.filter(({ start }) => start !== null);
  if (own.length === 1 && own[0] !== undefined) return own[0].id;
  const pieces = own.map((token) => token.piece).join(' ');
  const hint = (await spacedPiece(model, piece)) ? ` Inside a text it is one: " ${piece}".` : '';
  throw new UsageError(
    `--token takes one piece; "${piece}" is ${own.length} tokens of ${model.entry.id}: ${pieces}.${hint}`,
  );
}

/** Whether a word is one token when a space stands before it, as in byte-level vocabularies. */
async function spacedPiece({ tokenizer }: Model, word: string): Promise<boolean> {
  const { tokens } = await tokenizer.encode({ text: ` ${word}` });
  return tokens.filter(({ start }) => start !== null).length === 1;
}

/** @throws UsageError for a token or a layer that is not there */
async function ofHiddenState(model: Model, values: Values, count: number): Promise<EmbeddingNeighbours> {
  const stack = model.stacks[0];
  const layer = values.count('layer', { most: (stack?.layers ?? 1) - 1 });
  const trace = await runInput(model, await readInput(values), []);
  try {
    const at = values.count('at', { most: trace.tokens.length - 1 }) ?? trace.tokens.length - 1;
    const name = layer === undefined || stack === undefined ? 'embedding.sum' : `${stack.name}.${layer}.hidden`;
    const { data } = await slice(trace, name);
    const { columns } = model.embeddings.token;
    return await vectorNeighbours(model, data.slice(at * columns, (at + 1) * columns), count);
  } finally {
    trace.dispose();
  }
}

function toJson(model: Model, { id, text, norm, among, byCosine, byDot }: EmbeddingNeighbours): string {
  return `${JSON.stringify({ model: model.entry.id, id, text, norm, among, byCosine, byDot }, null, 2)}\n`;
}

function toText(model: Model, { id, text, norm, among, byCosine, byDot }: EmbeddingNeighbours): string {
  const what = id === null ? 'a hidden state' : `token ${id}, ${plainLine(JSON.stringify(text))}`;
  const facts = `${model.entry.id} · ${what} · length ${norm.toFixed(3)} · exact, among ${among} pieces\n\n`;
  const rows = byCosine.map((near, at) => {
    const other = byDot[at];
    return [
      ...[near.cosine.toFixed(4), plainLine(JSON.stringify(near.text)), String(near.id)],
      ...(other === undefined ? [] : [other.dot.toFixed(4), plainLine(JSON.stringify(other.text)), String(other.id)]),
    ];
  });
  return facts + textTable([['COSINE', 'TEXT', 'ID', 'DOT', 'TEXT', 'ID'], ...rows], [0, 3]);
}

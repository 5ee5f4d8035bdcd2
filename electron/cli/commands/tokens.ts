/** `headlight tokens`: how a text falls into tokens and how each piece forms, by one tokenizer or two; and what a vocabulary holds. */
import { inspectTokenizer } from '../../../native-models/index.ts';
import type { TextInput, TokenizerInspector } from '../../../native-models/index.ts';
import { UsageError } from '../command.ts';
import type { Command, Values } from '../command.ts';
import { MODEL_OPTIONS, modelName, readInput, TEXT_OPTIONS, library } from '../models.ts';
import { tokensReportJson, tokensReportText } from '../tokens-report.ts';
import type { Tokenized, WordWithSteps } from '../tokens-report.ts';
import { vocabularyJson, vocabularyText } from '../vocabulary-report.ts';

const ENTRIES = 50;

export const tokensCommand: Command = {
  options: {
    model: MODEL_OPTIONS.model,
    text: { value: 'T', help: TEXT_OPTIONS.text.help },
    pair: TEXT_OPTIONS.pair,
    steps: { help: 'how the pieces of every word form: merge by merge, or piece by piece that is tried' },
    compare: { value: 'M', help: "a second model; its tokens of the same text stand beside the first one's" },
    search: {
      value: 'Q',
      help: 'pieces of the vocabulary with Q in them, instead of a text; #12 is the piece with that id',
    },
    special: { help: 'the special tokens of the vocabulary and what they are for, instead of a text' },
    count: { value: 'N', help: `how many pieces of the vocabulary to list, default ${ENTRIES}` },
    json: { help: 'JSON: model, kind, tokens, words, facts, compare; or size, found, entries of the vocabulary' },
  },
  examples: [
    '--model headlight-gpt --text "The lighthouse keeper couldn\'t sleep." --steps',
    '--model headlight-gpt --text "Het café was onvindbaar 🙂" --compare headlight-bert',
    '--model headlight-bert --search light --count 20',
    '--model headlight-bert --special --json',
  ],
  run: async (values, output) => {
    const asksText = checkedQuestion(values);
    const count = values.count('count', { least: 1, most: 1_000_000 }) ?? ENTRIES;
    const options = await library();
    const open = async (typed: string): Promise<TokenizerInspector> =>
      inspectTokenizer(await modelName(typed), options);
    const model = values.required('model');
    if (!asksText) {
      const inspector = await open(model);
      const search = { query: values.text('search') ?? '', special: values.flag('special'), count };
      const report = { model, kind: inspector.kind, ...search, page: inspector.search(search) };
      output.write(values.flag('json') ? vocabularyJson(report) : vocabularyText(report));
      return;
    }
    const input = await readInput(values);
    const second = values.text('compare');
    const report = {
      input,
      first: await tokenized(model, await open(model), input, values.flag('steps')),
      second: second === undefined ? null : await tokenized(second, await open(second), input, values.flag('steps')),
    };
    output.write(values.flag('json') ? tokensReportJson(report) : tokensReportText(report));
  },
};

/** True for a question about a text. @throws UsageError for none, or one about a text and the vocabulary at once */
function checkedQuestion(values: Values): boolean {
  const vocabulary = values.text('search') !== undefined ? 'search' : values.flag('special') ? 'special' : null;
  const textual = ['text', 'pair', 'compare'].find((name) => values.text(name) !== undefined);
  const named = textual ?? (values.flag('steps') ? 'steps' : undefined);
  if (vocabulary !== null && named !== undefined) {
    throw new UsageError(`--${vocabulary} is about the vocabulary and --${named} about a text; ask for one of them.`);
  }
  if (vocabulary === null && values.text('text') === undefined) {
    throw new UsageError('The option --text is missing; or ask for the vocabulary with --search or --special.');
  }
  if (vocabulary === null && values.text('count') !== undefined) {
    throw new UsageError('--count is for --search and --special; all tokens of a text are listed.');
  }
  return vocabulary === null;
}

async function tokenized(
  model: string,
  inspector: TokenizerInspector,
  input: TextInput,
  withSteps: boolean,
): Promise<Tokenized> {
  const { tokens, words } = await inspector.words(input);
  const stepped: WordWithSteps[] = [];
  for (const [at, word] of words.entries()) {
    stepped.push({ ...word, steps: withSteps ? await inspector.steps(input, at) : null });
  }
  return { model, kind: inspector.kind, unknown: inspector.unknownToken, tokens, words: stepped };
}

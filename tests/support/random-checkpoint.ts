/**
 * Random checkpoints with the shapes of published models, for benchmarks: float32 safetensors, a config.json and a stand-in
 * tokenizer of the right size. Written once into the system's folder for temporary files and used again while its size fits.
 */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

type Shape = readonly number[];
/** A tensor's stored name and shape; names that end in `LayerNorm.weight` or `ln_x.weight` are filled with 1. */
type TensorShape = readonly [name: string, shape: Shape];

export interface RandomModel {
  readonly id: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly tensors: readonly TensorShape[];
  readonly vocabulary: number;
  /** Standard deviation of the random numbers; 0.02 when left out, as models are initialised. */
  readonly deviation?: number;
}

const LAYERS = 12;
const HIDDEN = 768;
const INNER = 4 * HIDDEN;

/** `weight` [output, input] and `bias` [output], as torch.nn.Linear stores them. */
const linear = (name: string, output: number, input: number): TensorShape[] => [
  [`${name}.weight`, [output, input]],
  [`${name}.bias`, [output]],
];
/** `weight` [input, output], as GPT-2's Conv1D stores it. */
const conv1d = (name: string, output: number, input: number): TensorShape[] => [
  [`${name}.weight`, [input, output]],
  [`${name}.bias`, [output]],
];
const norm = (name: string, hidden = HIDDEN): TensorShape[] => [
  [`${name}.weight`, [hidden]],
  [`${name}.bias`, [hidden]],
];

function gpt2Layer(layer: number, hidden: number): TensorShape[] {
  const at = `transformer.h.${layer}`;
  return [
    ...norm(`${at}.ln_1`, hidden),
    ...conv1d(`${at}.attn.c_attn`, 3 * hidden, hidden),
    ...conv1d(`${at}.attn.c_proj`, hidden, hidden),
    ...norm(`${at}.ln_2`, hidden),
    ...conv1d(`${at}.mlp.c_fc`, 4 * hidden, hidden),
    ...conv1d(`${at}.mlp.c_proj`, hidden, 4 * hidden),
  ];
}

function bertLayer(layer: number): TensorShape[] {
  const at = `bert.encoder.layer.${layer}`;
  return [
    ...linear(`${at}.attention.self.query`, HIDDEN, HIDDEN),
    ...linear(`${at}.attention.self.key`, HIDDEN, HIDDEN),
    ...linear(`${at}.attention.self.value`, HIDDEN, HIDDEN),
    ...linear(`${at}.attention.output.dense`, HIDDEN, HIDDEN),
    ...norm(`${at}.attention.output.LayerNorm`),
    ...linear(`${at}.intermediate.dense`, INNER, HIDDEN),
    ...linear(`${at}.output.dense`, HIDDEN, INNER),
    ...norm(`${at}.output.LayerNorm`),
  ];
}

const layers = (make: (layer: number) => TensorShape[]): TensorShape[] =>
  Array.from({ length: LAYERS }, (_, layer) => make(layer)).flat();

/** A GPT-2 of 12 layers with 12 heads that reads 1,024 tokens. */
function gpt2Shaped(shape: { id: string; hidden: number; vocabulary: number; deviation?: number }): RandomModel {
  const { hidden, vocabulary, ...rest } = shape;
  return {
    ...rest,
    vocabulary,
    config: {
      model_type: 'gpt2',
      architectures: ['GPT2LMHeadModel'],
      vocab_size: vocabulary,
      n_positions: 1024,
      n_embd: hidden,
      n_layer: LAYERS,
      n_head: 12,
      activation_function: 'gelu_new',
      layer_norm_epsilon: 1e-5,
    },
    tensors: [
      ['transformer.wte.weight', [vocabulary, hidden]],
      ['transformer.wpe.weight', [1024, hidden]],
      ...layers((layer) => gpt2Layer(layer, hidden)),
      ...norm('transformer.ln_f', hidden),
    ],
  };
}

/** 124 million parameters, the shape of GPT-2 small. */
export const gpt2 = gpt2Shaped({ id: 'gpt2-124M', hidden: HIDDEN, vocabulary: 50257 });

/** As many heads as GPT-2 small over as many tokens, but narrow: to look at, where the computation itself does not matter. */
export const narrowGpt2 = gpt2Shaped({ id: 'narrow-12x12', hidden: 192, vocabulary: 2000, deviation: 0.1 });

/** As many rows in its embedding table as GPT-2, and narrow: to look at the table. */
export const wideTable = gpt2Shaped({ id: 'table-50257', hidden: 96, vocabulary: 50257, deviation: 0.1 });

/** 110 million parameters, the shape of BERT base with its masked-LM head. */
export const bert: RandomModel = {
  id: 'bert-base-110M',
  vocabulary: 30522,
  config: {
    model_type: 'bert',
    architectures: ['BertForMaskedLM'],
    vocab_size: 30522,
    max_position_embeddings: 512,
    hidden_size: HIDDEN,
    num_hidden_layers: LAYERS,
    num_attention_heads: 12,
    intermediate_size: INNER,
    type_vocab_size: 2,
    hidden_act: 'gelu',
    layer_norm_eps: 1e-12,
  },
  tensors: [
    ['bert.embeddings.word_embeddings.weight', [30522, HIDDEN]],
    ['bert.embeddings.position_embeddings.weight', [512, HIDDEN]],
    ['bert.embeddings.token_type_embeddings.weight', [2, HIDDEN]],
    ...norm('bert.embeddings.LayerNorm'),
    ...layers(bertLayer),
    ...linear('cls.predictions.transform.dense', HIDDEN, HIDDEN),
    ...norm('cls.predictions.transform.LayerNorm'),
    ['cls.predictions.bias', [30522]],
  ],
};

/**
 * The folder of `model`'s checkpoint, written when it is not there or has another size.
 * @param library the folder of such folders, in the system's one for temporary files
 * @returns the folder's path; its weights are in model.safetensors
 */
export function ensureCheckpoint(model: RandomModel, library = 'headlight-bench'): string {
  const folder = path.join(tmpdir(), library, model.id);
  const file = path.join(folder, 'model.safetensors');
  const { bytes, header } = layOut(model.tensors);
  if (existsSync(file) && statSync(file).size === bytes) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify(model.config, null, 2));
  writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(tokenizer(model)));
  // Two processes may make it at the same time.
  const partial = `${file}.${process.pid}.partial`;
  writeWeights(partial, header, model);
  renameSync(partial, file);
  return folder;
}

const length = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/** The file's header (8-byte length, then JSON padded to 8 bytes) and its whole size in bytes. */
function layOut(tensors: readonly TensorShape[]): { header: Buffer; bytes: number } {
  let end = 0;
  const entries = tensors.map(([name, shape]) => {
    const start = end;
    end += 4 * length(shape);
    return [name, { dtype: 'F32', shape, data_offsets: [start, end] }] as const;
  });
  const json = JSON.stringify(Object.fromEntries(entries));
  const padded = json.padEnd(Math.ceil(Buffer.byteLength(json) / 8) * 8, ' ');
  const header = Buffer.alloc(8 + padded.length);
  header.writeBigUInt64LE(BigInt(padded.length));
  header.write(padded, 8, 'utf8');
  return { header, bytes: header.length + end };
}

function writeWeights(file: string, header: Buffer, { tensors, deviation = 0.02 }: RandomModel): void {
  const handle = openSync(file, 'w');
  writeSync(handle, header);
  const next = uniform(1, deviation);
  for (const [name, shape] of tensors) {
    const data = new Float32Array(length(shape));
    if (/(LayerNorm|ln_\w)\.weight$/.test(name)) data.fill(1);
    else if (!name.endsWith('bias')) for (let i = 0; i < data.length; i++) data[i] = next();
    const bytes = Buffer.from(data.buffer);
    for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done);
  }
  closeSync(handle);
}

/** Evenly distributed numbers with mean 0 (xorshift32: fast, and the same on every machine). */
function uniform(seed: number, deviation: number): () => number {
  let state = seed;
  const scale = (deviation * Math.sqrt(12)) / 2 ** 32;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state * scale;
  };
}

/** One word a token id, split at white space. */
function tokenizer(model: RandomModel): unknown {
  const special =
    model.config['model_type'] === 'bert' ? ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] : ['<|endoftext|>'];
  const words = Array.from({ length: model.vocabulary - special.length }, (_, index) => `w${index}`);
  const vocab = Object.fromEntries([...special, ...words].map((word, id) => [word, id]));
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return {
    version: '1.0',
    added_tokens: special.map((content, id) => ({ id, content, ...flags })),
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab, unk_token: special.at(1) ?? special[0] },
  };
}

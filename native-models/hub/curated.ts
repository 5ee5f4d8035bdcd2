/**
 * Models that the courses and papers about attention use, for who does not know where to begin. Revisions are the commits that each
 * repository is known by; `main` where none is known for certain, which a download then resolves and records.
 */

export interface CuratedModel {
  /** Its repository on the hub. */
  readonly repo: string;
  /** A commit of 40 hexadecimal digits, or `main`. */
  readonly revision: string;
  /** What people call it. */
  readonly name: string;
  /** config.json's `model_type`. */
  readonly family: 'bert' | 'distilbert' | 'gpt2' | 'roberta';
  /** Identifier of the licence that the model card names. */
  readonly license: string;
  /** ISO 639-1 code of the texts that it was trained on. */
  readonly language: 'en' | 'nl';
  readonly layers: number;
  readonly heads: number;
  /** Size of the weights in bytes at this revision; null where it is not known for certain. */
  readonly weightBytes: number | null;
  /** Files besides the usual ones (see wanted.ts). */
  readonly extraFiles: readonly string[];
}

const BASE = { language: 'en', layers: 12, heads: 12, extraFiles: [] } as const;
const DISTILLED = { ...BASE, layers: 6 } as const;

export const CURATED: readonly CuratedModel[] = [
  {
    ...BASE,
    repo: 'openai-community/gpt2',
    revision: '607a30d783dfa663caf39e06633721c8d4cfcd7e',
    name: 'GPT-2',
    family: 'gpt2',
    license: 'mit',
    weightBytes: 548_105_171,
  },
  {
    ...DISTILLED,
    repo: 'distilbert/distilgpt2',
    revision: '2290a62682d06624634c1f46a6ad5be0f47f38aa',
    name: 'DistilGPT2',
    family: 'gpt2',
    license: 'apache-2.0',
    weightBytes: 352_824_413,
  },
  {
    ...BASE,
    repo: 'google-bert/bert-base-uncased',
    revision: '86b5e0934494bd15c9632b12f734a8a67f723594',
    name: 'BERT base, uncased',
    family: 'bert',
    license: 'apache-2.0',
    weightBytes: 440_449_768,
  },
  {
    ...BASE,
    repo: 'google-bert/bert-base-cased',
    revision: 'cd5ef92a9fb2f889e972770a36d4ed042daf221e',
    name: 'BERT base, cased',
    family: 'bert',
    license: 'apache-2.0',
    weightBytes: 435_755_784,
  },
  {
    ...DISTILLED,
    repo: 'distilbert/distilbert-base-uncased',
    revision: '12040accade4e8a0f71eabdb258fecc2e7e948be',
    name: 'DistilBERT base, uncased',
    family: 'distilbert',
    license: 'apache-2.0',
    weightBytes: 267_954_768,
  },
  {
    ...DISTILLED,
    repo: 'distilbert/distilbert-base-uncased-finetuned-sst-2-english',
    revision: '714eb0fa89d2f80546fda750413ed43d93601a13',
    name: 'DistilBERT, sentiment (SST-2)',
    family: 'distilbert',
    license: 'apache-2.0',
    weightBytes: 267_832_558,
  },
  {
    ...BASE,
    repo: 'GroNLP/bert-base-dutch-cased',
    revision: 'main',
    name: 'BERTje (Dutch BERT)',
    family: 'bert',
    license: 'apache-2.0',
    language: 'nl',
    weightBytes: null,
  },
  {
    ...DISTILLED,
    repo: 'sentence-transformers/all-MiniLM-L6-v2',
    revision: 'c9745ed1d9f207416be6d2e6f8de32d1f16199bf',
    name: 'all-MiniLM-L6-v2',
    family: 'bert',
    license: 'apache-2.0',
    weightBytes: 90_868_376,
    extraFiles: [
      'modules.json',
      'config_sentence_transformers.json',
      'sentence_bert_config.json',
      '1_Pooling/config.json',
    ],
  },
  {
    ...BASE,
    repo: 'FacebookAI/roberta-base',
    revision: 'e2da8e2f811d1448a5b465c236feacd80ffbac7b',
    name: 'RoBERTa base',
    family: 'roberta',
    license: 'mit',
    weightBytes: 498_818_054,
  },
  {
    ...DISTILLED,
    repo: 'distilbert/distilroberta-base',
    revision: 'fb53ab8802853c8e4fbdbcd0529f21fc6f459b2b',
    name: 'DistilRoBERTa base',
    family: 'roberta',
    license: 'apache-2.0',
    weightBytes: null,
  },
];

/** The line of a repository, or undefined. */
export function curatedModel(repo: string): CuratedModel | undefined {
  return CURATED.find((model) => model.repo.toLowerCase() === repo.toLowerCase());
}

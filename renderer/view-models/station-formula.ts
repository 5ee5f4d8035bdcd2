/** The formula of each station, in symbols and filled with the numbers on screen, as TeX. */
import type { Scale } from '../../electron/api/index.ts';
import type { Station } from '../state/stations.ts';
import { texNumber } from './format.ts';
import { texText } from './formula.ts';
import type { CellNumbers } from './inspector.ts';

/** What the screen shows: what is null is not known (yet), and the formula then has its symbols only. */
export interface FormulaFacts {
  readonly station: Station;
  readonly query: string;
  readonly key: string;
  /** The query token's id. */
  readonly tokenId: number | null;
  readonly dHead: number;
  readonly heads: number;
  readonly causal: boolean;
  /** Whether a segment's row is part of the embedding. */
  readonly segments: boolean;
  /** What the model's logits mean. */
  readonly scale: Scale;
  /** Whether a LayerNorm follows each sum of the residual stream. */
  readonly normAfter: boolean;
  readonly cell: CellNumbers | null;
  /** Vectors of the query token, and of the key where `k` is meant. */
  readonly q: Float32Array | null;
  readonly k: Float32Array | null;
  readonly v: Float32Array | null;
  /** The vector that the station itself is about: embedding, context, output, hidden states. */
  readonly vector: Float32Array | null;
  /** The keys with the largest weights, largest first. */
  readonly strongest: readonly { readonly token: string; readonly weight: number }[];
  /** The most probable candidate. */
  readonly candidate: { readonly token: string; readonly logit: number; readonly probability: number } | null;
}

export interface StationFormula {
  readonly symbols: string;
  readonly filled: string | null;
}

const Q = '\\htmlClass{tex-q}{q}';
const K = '\\htmlClass{tex-k}{k}';
const V = '\\htmlClass{tex-v}{v}';
const S = '\\htmlClass{tex-s}{s}';
/** Digits of a number inside a long formula. */
const DIGITS = 3;
const short = (value: number): string => texNumber(value, DIGITS);

/** A term of a sum: negative numbers in brackets. */
const term = (value: number): string => (value < 0 ? `(${short(value)})` : short(value));

/** `(0.12, −0.3, …, 0.4)`: the first two numbers and the last. */
export function texVector(values: Float32Array): string {
  const [first, second] = values;
  const last = values.at(-1);
  if (first === undefined || second === undefined || last === undefined || values.length < 4) {
    return `(${[...values].map(short).join(',\\,')})`;
  }
  return `(${short(first)},\\,${short(second)},\\,\\dots,\\,${short(last)})`;
}

const of = (name: string, token: string): string => `${name}_{${texText(token)}}`;

/** Both forms of a station's formula. */
export function stationFormula(facts: FormulaFacts): StationFormula {
  return FORMULAS[facts.station](facts);
}

const vectorLine = (name: string, { vector, query }: FormulaFacts): string | null =>
  vector === null ? null : `${of(name, query)} = ${texVector(vector)}`;

const FORMULAS: Readonly<Record<Station, (facts: FormulaFacts) => StationFormula>> = {
  tokens: ({ query, tokenId }) => ({
    symbols: 't_i = \\text{id}(\\text{token}_i)',
    filled: tokenId === null ? null : `\\text{id}(${texText(query)}) = ${tokenId}`,
  }),
  embedding: (facts) => ({
    symbols: `x_i = E[t_i] + P[i]${facts.segments ? ' + S[s_i]' : ''}`,
    filled: vectorLine('x', facts),
  }),
  qkv: qkvFormula,
  scores: scoresFormula,
  scaled: ({ cell, dHead }) => ({
    symbols: `${S} = \\dfrac{${Q}\\cdot ${K}}{\\sqrt{d_k}}`,
    filled: cell === null ? null : `\\dfrac{${texNumber(cell.score)}}{\\sqrt{${dHead}}} = ${texNumber(cell.scaled)}`,
  }),
  masked: maskedFormula,
  pattern: patternFormula,
  context: contextFormula,
  output: (facts) => ({
    symbols: `o = [z^{(0)};\\,\\dots;\\,z^{(${facts.heads - 1})}]\\,W_O + b_O`,
    filled: vectorLine('o', facts),
  }),
  residual: (facts) => ({
    symbols: facts.normAfter
      ? "x' = \\text{LN}(y + \\text{MLP}(y)),\\; y = \\text{LN}(x + o)"
      : "x' = y + \\text{MLP}(\\text{LN}(y)),\\; y = x + o",
    filled: vectorLine("x'", facts),
  }),
  final: (facts) => ({
    symbols: facts.normAfter ? 'h = x_{\\text{last}}' : 'h = \\text{LN}(x_{\\text{last}})',
    filled: vectorLine('h', facts),
  }),
  prediction: predictionFormula,
};

/** Softmax, the sigmoid of each label by itself, or the logit as a value. */
function predictionFormula({ candidate, scale }: FormulaFacts): StationFormula {
  const name = candidate === null ? '' : texText(candidate.token);
  const [logit, score] = [short(candidate?.logit ?? 0), short(candidate?.probability ?? 0)];
  const forms = {
    softmax: {
      symbols: 'p_t = \\dfrac{e^{\\ell_t}}{\\sum_u e^{\\ell_u}}',
      filled: `p_{${name}} = \\dfrac{e^{${logit}}}{\\sum_u e^{\\ell_u}} = ${score}`,
    },
    sigmoid: {
      symbols: 'p_t = \\dfrac{1}{1 + e^{-\\ell_t}}',
      filled: `p_{${name}} = \\dfrac{1}{1 + e^{-(${logit})}} = ${score}`,
    },
    value: { symbols: 'y_t = \\ell_t', filled: `y_{${name}} = ${logit}` },
  };
  const { symbols, filled } = forms[scale];
  return { symbols, filled: candidate === null ? null : filled };
}

function qkvFormula({ q, k, v, query }: FormulaFacts): StationFormula {
  const symbols = `${Q} = x\\,W_Q + b_Q,\\quad ${K} = x\\,W_K + b_K,\\quad ${V} = x\\,W_V + b_V`;
  if (q === null || k === null || v === null) return { symbols, filled: null };
  const line = (name: string, values: Float32Array): string => `${of(name, query)} = ${texVector(values)}`;
  return { symbols, filled: [line(Q, q), line(K, k), line(V, v)].join(',\\;\\;') };
}

function scoresFormula({ cell, q, k, query, key }: FormulaFacts): StationFormula {
  const symbols = `${Q}\\cdot ${K} = \\sum_{d} ${Q}_d\\,${K}_d`;
  if (cell === null || q === null || k === null) return { symbols, filled: null };
  const parts = [0, 1, q.length - 1].map((index) => `${term(q[index]!)}\\cdot${term(k[index]!)}`);
  const sum = `${parts[0]!} + ${parts[1]!} + \\dots + ${parts[2]!}`;
  return { symbols, filled: `${of(Q, query)}\\cdot ${of(K, key)} = ${sum} = ${texNumber(cell.score)}` };
}

function maskedFormula({ cell, causal }: FormulaFacts): StationFormula {
  const hides = causal ? ',\\quad M_{ij} = −\\infty \\text{ if } j > i,\\text{ else } 0' : ',\\quad M_{ij} = 0';
  const symbols = `\\tilde{${S}}_{ij} = ${S}_{ij} + M_{ij}${hides}`;
  if (cell === null) return { symbols, filled: null };
  const added = cell.visible ? '0' : '(−\\infty)';
  const name = `\\tilde{${S}}_{${cell.query},${cell.key}}`;
  return { symbols, filled: `${name} = ${texNumber(cell.scaled)} + ${added} = ${texNumber(cell.masked)}` };
}

function patternFormula({ cell, query, key }: FormulaFacts): StationFormula {
  const symbols = `\\alpha_j = \\dfrac{e^{${S}_j − m}}{\\sum_i e^{${S}_i − m}}`;
  if (cell === null) return { symbols, filled: null };
  const alpha = `\\alpha_{\\htmlClass{tex-q}{${texText(query)}},\\htmlClass{tex-k}{${texText(key)}}}`;
  if (!cell.visible) return { symbols, filled: `${alpha} = \\dfrac{e^{−\\infty}}{${texNumber(cell.denominator)}} = 0` };
  const power = `${short(cell.masked)} − ${term(cell.rowMaximum)}`;
  return {
    symbols,
    filled: `${alpha} = \\dfrac{e^{${power}}}{${texNumber(cell.denominator)}} = \\dfrac{${texNumber(cell.numerator)}}{${texNumber(cell.denominator)}} = ${texNumber(cell.weight)}`,
  };
}

function contextFormula({ vector, strongest, query, cell }: FormulaFacts): StationFormula {
  const symbols = `z = \\sum_j \\alpha_j\\,${V}_j`;
  if (vector === null || strongest.length === 0) return { symbols, filled: null };
  const terms = strongest.slice(0, 3).map(({ token, weight }) => `${short(weight)}\\,${of(V, token)}`);
  const rest = strongest.length > 3 || cell === null ? ' + \\dots' : '';
  return { symbols, filled: `${of('z', query)} = ${terms.join(' + ')}${rest} = ${texVector(vector)}` };
}

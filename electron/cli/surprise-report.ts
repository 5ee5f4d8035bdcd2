/** What `headlight surprise` prints: how many bits each token is to a model, and what that makes a token and a byte. */
import type { Model, Surprise, Token } from '../../native-models/index.ts';
import { counted, plainLine, textTable } from './table.ts';

export interface SurpriseReport {
  readonly model: Model;
  readonly tokens: readonly Token[];
  readonly surprise: Surprise;
  readonly seconds: number;
}

/** A longer text is shown by its most surprising tokens. */
const LISTED = 200;
const MOST_SURPRISING = 20;

export function surpriseReportJson({ model, tokens, surprise, seconds }: SurpriseReport): string {
  const { tokens: scores, ...sums } = surprise;
  const each = tokens.map((token, at) => {
    const { bits = null, probability = null, rank = null } = scores[at] ?? {};
    return { ...token, bits, probability, rank };
  });
  const result = { model: model.entry.id, device: model.device.id, ...sums, seconds, tokens: each };
  return `${JSON.stringify(result, null, 2)}\n`;
}

export function surpriseReportText(report: SurpriseReport): string {
  const { model, tokens, surprise } = report;
  const facts = `${plainLine(model.entry.id)} · ${counted(tokens.length, 'token')} · ${model.device.id}\n`;
  return `${facts}${wayText(surprise)}\n${tokenTable(report)}\n${sumsText(surprise)}`;
}

function wayText({ kind, start, offersStart, windows }: Surprise): string {
  const first = start === null ? firstNotScored(offersStart) : `${plainLine(start.text)} was put before the text.`;
  const way =
    kind === 'next-token'
      ? `Each token by those before it. ${first}`
      : 'Pseudo-log-likelihood (Salazar et al. 2020): each token by all others, itself masked. This is no probability of the text.';
  const read =
    windows.count === 1
      ? ''
      : `Read in ${windows.count} windows of up to ${windows.longest} tokens, each ${windows.stride} further on; every token is scored once.\n`;
  return `${way}\n${read}`;
}

function firstNotScored(offers: Surprise['offersStart']): string {
  const how = offers === null ? '' : `; --start puts ${plainLine(offers.text)} before it`;
  return `The first token is not scored${how}.`;
}

function tokenTable({ tokens, surprise }: SurpriseReport): string {
  const all = tokens.length <= LISTED;
  const scores = surprise.tokens;
  const shown = all ? scores : scores.toSorted((a, b) => (b.bits ?? -1) - (a.bits ?? -1)).slice(0, MOST_SURPRISING);
  const rows = shown.map(({ index, bits, probability, rank }) => [
    String(index),
    bits === null ? '–' : bits.toFixed(3),
    probability === null ? '–' : `${(probability * 100).toFixed(3)} %`,
    rank === null ? '–' : String(rank),
    plainLine(JSON.stringify(tokens[index]?.text ?? '')),
  ]);
  const heading = all ? '' : `The ${MOST_SURPRISING} most surprising tokens:\n`;
  return heading + textTable([['TOKEN', 'BITS', 'PROBABILITY', 'RANK', 'TEXT'], ...rows], [0, 1, 2, 3]);
}

function sumsText({ kind, scored, bits, bytes, bitsPerToken, bitsPerByte }: Surprise): string {
  if (bitsPerToken === null) return 'No token is scored: the text has one token, and nothing before it.\n';
  const pseudo = kind === 'masked-token' ? 'pseudo-' : '';
  const sum = `${bits.toFixed(3)} bits`;
  const rows = [
    [`${pseudo}bits per token`, bitsPerToken.toFixed(4), `= ${sum} ÷ ${scored} tokens scored`],
    ...(bitsPerByte === null
      ? []
      : [[`${pseudo}bits per byte`, bitsPerByte.toFixed(4), `= ${sum} ÷ ${bytes} bytes of UTF-8 scored`]]),
  ];
  return textTable(rows, [1]);
}

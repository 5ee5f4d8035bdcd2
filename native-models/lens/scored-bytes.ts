/** How many bytes of a text its scores are for. */
import type { TextInput, Token } from '../types.ts';
import type { TokenSurprise } from './types.ts';

/**
 * UTF-8 bytes of the text (and its pair), white space included, without those of tokens that are not scored. Of a character that falls
 * apart into several tokens all bytes count where one of them is scored.
 */
export function scoredBytes(
  input: TextInput | null,
  tokens: readonly Token[],
  scores: readonly Pick<TokenSurprise, 'bits'>[],
): number {
  if (input === null) return 0;
  const { text, pair } = input;
  const parts = [text, ...(pair === undefined || pair.trim() === '' ? [] : [pair])];
  const isScored = (index: number) => scores[index]?.bits !== null;
  const starts = new Set(tokens.filter(({ index }) => isScored(index)).map(({ part, start }) => `${part} ${start}`));
  const left = new Set<string>();
  let bytes = parts.reduce((sum, each) => sum + Buffer.byteLength(each), 0);
  for (const { index, part, start, end } of tokens) {
    const place = `${part} ${start}`;
    if (start === null || end === null || isScored(index) || starts.has(place) || left.has(place)) continue;
    left.add(place);
    bytes -= Buffer.byteLength((parts[part] ?? '').slice(start, end));
  }
  return bytes;
}

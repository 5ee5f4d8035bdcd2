/** What stands around a projection in a file. */
import type { Projection } from '../projection/types.ts';
import type { ProjectionView } from '../state/projection-view.ts';
import type { Translate } from './failure.ts';
import { formatCount, formatNumber } from './format.ts';
import { trustOf } from './projector-trust.ts';

export const percent = (share: number): string => `${formatNumber(share * 100, 3)} %`;

export function figureSubtitle(
  model: string,
  { what, layer, method }: Pick<ProjectionView, 'what' | 'layer' | 'method'>,
  count: number,
  words: Translate,
): string {
  const depth =
    layer === null || what === 'path' || what === 'table'
      ? null
      : layer < 0
        ? words('projector.entering')
        : words('projector.after', { layer });
  const parts = [model, words(`projector.whats.${what}`), depth, words(`projector.methods.${method}`)];
  const points = words('projector.points', { count, points: formatCount(count) });
  return [...parts, points].filter((part) => part !== null).join(' · ');
}

/** How far the picture can be trusted, in sentences. */
export function figureNotes(projection: Projection, count: number, words: Translate): readonly string[] {
  const { preservation, explained, method, used, reducedTo } = projection;
  const { chance, level } = trustOf(preservation, count);
  const kept = words('projector.share', { share: percent(preservation.score), k: preservation.k });
  return [
    `${kept} ${words(`projector.trust.${level}`)} ${words('projector.chance', { chance: percent(chance) })}`,
    explained === null ? null : explainedText(explained, words),
    usedText(method, used, words),
    reducedTo === null ? null : words('projector.reduced', { reducedTo }),
  ].filter((note) => note !== null);
}

export function explainedText(explained: readonly number[], words: Translate): string {
  const sum = percent(explained.reduce((all, share) => all + share, 0));
  return words('projector.explained', { shares: explained.map(percent).join(' + '), sum });
}

/** What UMAP or t-SNE was set to, after the limits that the number of points sets. */
export function usedText(method: Projection['method'], used: Projection['used'], words: Translate): string | null {
  const { neighbours, minDist, perplexity, seed } = used;
  if (method === 'umap') return words('projector.usedUmap', { neighbours, minDist, seed });
  return method === 'tsne' ? words('projector.usedTsne', { perplexity: formatNumber(perplexity, 3), seed }) : null;
}

/** Changes in words: what each does and where. */
import type { Intervention, StackInfo, Token } from '../../electron/api/index.ts';
import type { Site } from '../state/what-if-site.ts';
import type { Translate } from './failure.ts';
import { formatNumber, shownIndex, tokenLabel } from './format.ts';
import { temperatureOf } from './what-if-edit.ts';

/** The text and the model that a change is described in. */
export interface Setting {
  readonly tokens: readonly Pick<Token, 'text'>[];
  readonly stacks: readonly Pick<StackInfo, 'name' | 'dHead'>[];
}

/** `layer 3, head 5`; with several stacks `encoder, layer 3, head 5`; `all heads`. */
export function placeOf({ stack, layer, head }: Site, { stacks }: Pick<Setting, 'stacks'>, words: Translate): string {
  const parts = [
    ...(layer === undefined ? [] : [words('whatIf.place.layer', { layer: shownIndex(layer) })]),
    ...(head === undefined ? [] : [words('whatIf.place.head', { head: shownIndex(head) })]),
  ];
  const named = stack !== undefined && (stacks.length > 1 || parts.length === 0) ? [stack, ...parts] : parts;
  return named.length === 0 ? words('whatIf.place.all') : named.join(', ');
}

/** `“animal” (4)`: words come more than once in a text, so its place is said too; `token 4` where the text is shorter. */
export function tokenName({ tokens }: Pick<Setting, 'tokens'>, index: number, words: Translate): string {
  const token = tokens[index];
  if (token === undefined) return words('whatIf.place.token', { index: shownIndex(index) });
  return `“${tokenLabel(token.text)}” (${shownIndex(index)})`;
}

/** One line: `Knocked out: layer 3, head 5`. */
export function describeChange(intervention: Intervention, setting: Setting, words: Translate): string {
  const place = placeOf(intervention.site, setting, words);
  const say = (key: string, values: Record<string, string> = {}): string =>
    words(`whatIf.says.${key}`, { place, ...values });
  const name = (index: number): string => tokenName(setting, index, words);
  switch (intervention.kind) {
    case 'scale':
      return describeScale(intervention, setting, say);
    case 'head': {
      const { factor } = intervention;
      if (factor === 0) return say('knockedOut');
      return factor === 1 ? say('kept') : say('strength', { factor: formatNumber(factor, 3) });
    }
    case 'mask': {
      const { query, key, visible } = intervention;
      return say(visible ? 'seen' : 'hidden', { query: name(query), key: name(key) });
    }
    case 'pattern': {
      const { pattern } = intervention;
      if (typeof pattern === 'string') return say(pattern);
      return say('drawn', { queries: pattern.map(({ query }) => name(query)).join(', ') });
    }
  }
}

function describeScale(
  { site, factor }: { readonly site: Site; readonly factor: number },
  { stacks }: Setting,
  say: (key: string, values?: Record<string, string>) => string,
): string {
  const shown = formatNumber(factor, 3);
  const sizes = new Set(stacks.filter(({ name }) => (site.stack ?? name) === name).map(({ dHead }) => dHead));
  const [dHead] = sizes;
  if (factor === 1) return say('unscaled');
  if (sizes.size !== 1 || dHead === undefined || factor <= 0) return say('scale', { factor: shown });
  return say('temperature', { temperature: formatNumber(temperatureOf(factor, dHead), 3), factor: shown });
}

/** Changes as options of the command line, so that a run of the window can be made again there. */
import type { Intervention, StackInfo } from '../../electron/api/index.ts';
import type { Site } from '../state/what-if-site.ts';

export interface CommandForm {
  /** `--ablate decoder.3.self:5`; null where the command line has no form for it, or where the entry above says it. */
  readonly text: string | null;
  /** True where the form of the entry above says this one too. */
  readonly joined: boolean;
}

const NO_FORM: CommandForm = { text: null, joined: false };

/** The form of every entry of a list, in its order. `stacks` are the model's: a whole model is knocked out layer by layer. */
export function commandForms(
  list: readonly Intervention[],
  stacks: readonly Pick<StackInfo, 'name' | 'layers'>[],
): readonly CommandForm[] {
  const forms: CommandForm[] = [];
  while (forms.length < list.length) {
    const from = forms.length;
    const kept = keptHeads(list, from);
    const first = list[from]!;
    if (kept.length > 0) {
      const text = `--keep ${layerName(first.site) ?? ''}:${kept.join(',')}`;
      forms.push({ text, joined: false }, ...kept.map(() => ({ text: null, joined: true })));
    } else forms.push({ ...NO_FORM, text: formOf(first, stacks) });
  }
  return forms;
}

/** The options of a whole list, and how many of its entries have none. */
export function commandLine(forms: readonly CommandForm[]): { readonly text: string; readonly missing: number } {
  return {
    text: forms.flatMap(({ text }) => (text === null ? [] : [text])).join(' '),
    missing: forms.filter(({ text, joined }) => text === null && !joined).length,
  };
}

/** The heads at full strength that directly follow their layer's being knocked out: together `--keep`. */
function keptHeads(list: readonly Intervention[], from: number): readonly number[] {
  const first = list[from];
  const layer = first?.kind === 'head' && first.factor === 0 ? layerName(first.site) : null;
  if (first === undefined || layer === null || first.site.head !== undefined) return [];
  const heads: number[] = [];
  for (const each of list.slice(from + 1)) {
    const isKept = each.kind === 'head' && each.factor === 1 && layerName(each.site) === layer;
    if (!isKept || each.site.head === undefined) break;
    heads.push(each.site.head);
  }
  return heads;
}

function formOf(intervention: Intervention, stacks: readonly Pick<StackInfo, 'name' | 'layers'>[]): string | null {
  const { site } = intervention;
  switch (intervention.kind) {
    case 'head':
      return intervention.factor === 0 ? ablation(site, stacks) : null;
    case 'scale':
      return option('scale', site, String(intervention.factor));
    case 'mask':
      return option(intervention.visible ? 'unmask' : 'mask', site, `${intervention.query}:${intervention.key}`);
    case 'pattern':
      return typeof intervention.pattern === 'string' ? option('pattern', site, intervention.pattern) : null;
  }
}

function ablation(site: Site, stacks: readonly Pick<StackInfo, 'name' | 'layers'>[]): string | null {
  const name = siteName(site);
  if (name !== null) return `--ablate ${name}`;
  if (!isEverywhere(site)) return null;
  const layers = stacks.flatMap(({ name: stack, layers: count }) =>
    Array.from({ length: count }, (_, layer) => `--ablate ${stack}.${layer}.self`),
  );
  return layers.join(' ');
}

/** `--scale 1` for all heads, `--scale decoder.1.self:0=1` for some. */
function option(name: string, site: Site, value: string): string | null {
  if (isEverywhere(site)) return `--${name} ${value}`;
  const where = siteName(site);
  return where === null ? null : `--${name} ${where}=${value}`;
}

const isEverywhere = ({ stack, layer, head }: Site): boolean =>
  [stack, layer, head].every((part) => part === undefined);

function layerName({ stack, layer }: Site): string | null {
  return stack === undefined || layer === undefined ? null : `${stack}.${layer}.self`;
}

function siteName(site: Site): string | null {
  const layer = layerName(site);
  return layer === null || site.head === undefined ? layer : `${layer}:${site.head}`;
}

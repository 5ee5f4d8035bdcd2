/** The options that draw again what the window exported, as far as the command line has them. */
import type { Provenance } from '../../../renderer/export/provenance.ts';
import { UsageError } from '../command.ts';

type Options = Record<string, string | boolean>;

/** The window's views, and the figure of the command line that each is. */
const FIGURES: Readonly<Record<string, string>> = {
  ...{ walk: 'walk', flow: 'flow', reading: 'reading', layers: 'layers', heads: 'heads' },
  ...{ neighbours: 'neighbours', positions: 'positions', head: 'lm-head', lens: 'lens', fill: 'fill' },
  ...{ surprise: 'surprise', pieces: 'pieces', vocabulary: 'vocabulary', tokenizers: 'tokenizers', beside: 'beside' },
};
const STATIONS = ['heatmap', 'vectors', 'qkv', 'tokens', 'prediction'];

/** @throws UsageError for a figure that only the window draws */
export function windowOptions(file: string, provenance: Provenance): Options {
  const { figure, stage, runs, layer, head, query, theme, language, stack, site } = provenance;
  const id = STATIONS.includes(figure) ? 'station' : FIGURES[figure];
  if (id === undefined || runs !== undefined)
    throw new UsageError(
      `--from: ${file} shows what only the window draws (${runs === undefined ? figure : `${runs} of two runs`}).`,
    );
  const options: Options = { figure: id };
  const put = (name: string, value: string | number | boolean | null | undefined): void => {
    if (value !== undefined && value !== null && value !== false) options[name] = value === true ? true : String(value);
  };
  const others = provenance.otherHeads ?? [];
  const inHead = others.length === 0;
  put('stage', stage);
  put('layer', inHead ? layer : undefined);
  put('head', inHead ? head : undefined);
  put('heads', inHead ? undefined : [`${layer ?? 0}:${head ?? 0}`, ...others].join(',').replaceAll(':', '.'));
  put('stack', stack);
  put('site', site);
  put('query', query ?? settingOf(provenance, 'query'));
  for (const name of ['key', 'method', 'weights', 'residual', 'position', 'colour', 'start', 'kind', 'word'])
    put(name, settingOf(provenance, name));
  put('theme', theme);
  put('language', language);
  putLens(put, provenance);
  put('beside-text', provenance.beside?.text);
  put('beside-model', provenance.beside?.model);
  return options;
}

function settingOf({ options }: Provenance, name: string): string | number | boolean | null | undefined {
  const value = options?.[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function putLens(put: (name: string, value: string | boolean | undefined) => void, { lens }: Provenance): void {
  const text = (name: string): string | undefined => {
    const value = lens?.[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  put('combine', text('combine'));
  put('unit', text('unit'));
  put('direction', text('direction'));
  put('threshold', text('threshold'));
  put('top-k', text('topK'));
  put('rescale', lens?.['renormalise'] === true);
  const hidden = [lens?.['hideSpecial'] === true && 'special', lens?.['hideFirst'] === true && 'first'].filter(Boolean);
  put('hide', hidden.length === 0 ? undefined : hidden.join(','));
}

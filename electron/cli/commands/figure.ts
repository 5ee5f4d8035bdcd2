/** `headlight figure`: a figure of a run as a file. */
import { weightsHash } from '../../../native-models/index.ts';
import type { Intervention } from '../../../native-models/index.ts';
import { BUNDLE, bundle } from '../../../renderer/export/bundle.ts';
import { DATA_FORMATS } from '../../../renderer/export/data-formats.ts';
import { formatOfFile } from '../../../renderer/export/format.ts';
import type { ExportOptions } from '../../../renderer/export/format.ts';
import { tokensOf } from '../../../renderer/export/provenance.ts';
import type { Provenance } from '../../../renderer/export/provenance.ts';
import type { FigureData } from '../../../renderer/figures/figure-data.ts';
import { FIGURES } from '../../../renderer/figures/index.ts';
import { appVersion } from '../../host/versions.ts';
import { UsageError } from '../command.ts';
import type { Command, Values } from '../command.ts';
import { createDocument } from '../document.ts';
import { VIEW_OPTIONS } from '../figures/app-place.ts';
import { AppRun, LANGUAGES } from '../figures/app-run.ts';
import { APP_FIGURES, drawAppFigure } from '../figures/app-views.ts';
import type { AppFigure } from '../figures/app-views.ts';
import { atlasFigure } from '../figures/atlas.ts';
import type { CliFigure } from '../figures/figure.ts';
import { checkWeights, readFrom } from '../figures/from.ts';
import { heatmapFigure } from '../figures/heatmap.ts';
import { tokenFlowFigure } from '../figures/token-flow.ts';
import { outputPath, writeInPieces } from '../files.ts';
import { cliFormats } from '../formats.ts';
import { INTERVENTION_OPTIONS, interventionWords, readInterventions } from '../interventions.ts';
import { deviceOf, modelName, readInput, runInput, TEXT_OPTIONS, withModel } from '../models.ts';
import { THEME_NAMES } from '../options.ts';

const FIGURE: Readonly<Record<(typeof FIGURES)[number]['id'], CliFigure>> = {
  heatmap: heatmapFigure,
  atlas: atlasFigure,
  'token-flow': tokenFlowFigure,
};
const PLAIN_IDS = FIGURES.map(({ id }) => id);
const APP_IDS = Object.keys(APP_FIGURES) as readonly AppFigure[];
const IDS = [...PLAIN_IDS, ...APP_IDS];
/** What a file can be written as. */
const DATA = [...DATA_FORMATS, BUNDLE];

export const figureCommand: Command = {
  options: {
    from: {
      value: 'FILE',
      help: 'makes the figure of a .svg, .png, .pdf, .json or .zip again, from what it says of itself',
    },
    ...TEXT_OPTIONS,
    model: { value: 'M', help: TEXT_OPTIONS.model.help },
    text: { value: 'T', help: TEXT_OPTIONS.text.help },
    figure: { value: 'F', help: `${IDS.join(', ')}; default heatmap` },
    layer: { value: 'N', help: 'layer of a heatmap or token flow, from 0' },
    head: { value: 'N', help: 'head of a heatmap or token flow, from 0' },
    heads: { value: 'L.H,…', help: 'heads of a token flow instead, such as 1.2,0.3' },
    threshold: { value: 'X', help: 'least weight with a line in a token flow, default 0.02' },
    'top-k': { value: 'N', help: 'at most so many lines of a token and head' },
    direction: { value: 'D', help: 'from (the default): --query and --top-k go by queries; to: by keys' },
    stage: {
      value: 'S',
      help: 'scores, scaled, masked or pattern (the default); of station and walk also tokens, embedding, qkv, context, output, residual, final, prediction',
    },
    stack: { value: 'S', help: 'encoder or decoder, for models with both' },
    site: { value: 'S', help: 'self (the default) or cross' },
    query: { value: 'N', help: 'token whose row or lines are marked, from 0' },
    key: { value: 'N', help: 'token whose column or lines are marked, from 0' },
    theme: { value: 'T', help: 'light (the default), dark or contrast' },
    palette: { value: 'P', help: 'weights: headlight, viridis, cividis, greys; scores: puor, rdbu' },
    'colour-scale': {
      value: 'S',
      help: 'weights: sqrt (the default) or linear; scores: linear (the default) or symlog',
    },
    max: {
      value: 'X',
      help: "the colour scale's end, or auto for the largest value; default 1 for weights, auto for scores",
    },
    width: { value: 'PX', help: 'widest the figure may get' },
    height: { value: 'PX', help: 'highest the figure may get' },
    ...VIEW_OPTIONS,
    ratio: { value: 'N', help: 'pixels of a PNG per px of the figure, default 2' },
    transparent: { help: 'paints nothing behind the figure' },
    out: {
      value: 'FILE',
      help: 'figure: .svg, .pdf, .png; its numbers: .csv, .json, .npz; all of it: .zip',
      required: true,
    },
    ...INTERVENTION_OPTIONS,
  },
  examples: [
    '--model headlight-gpt --text "The animal was too tired." --figure heatmap --layer 2 --head 1 --out f.svg',
    '--model headlight-bert --text "The animal was too tired." --figure atlas --theme dark --out f.png',
    '--model headlight-gpt --text "The animal was too tired." --figure token-flow --heads 2.1,0.3 --query 5 --out f.svg',
    '--model headlight-gpt --text "The animal was too tired." --layer 2 --head 1 --mask decoder.2.self:1=4:2 --out f.svg',
  ],
  run: async (typed, output) => {
    const formats = [...cliFormats(), ...DATA];
    const file = await outputPath(
      typed.required('out'),
      formats.map(({ extension }) => extension),
    );
    const from = typed.text('from');
    if (from !== undefined) refuseBesideFrom(typed);
    const remade = from === undefined ? null : await readFrom(from, typed, REMADE);
    const values = remade?.values ?? typed;
    const interventions = remade?.interventions ?? interventionsOf(values);
    const made = await make(values, interventions, (weights) => {
      if (remade !== null) checkWeights(remade.provenance, weights);
    });
    const options = {
      // A figure of the window keeps what the window said of it.
      provenance: remade !== null && remade.provenance.command === undefined ? remade.provenance : made.provenance,
      pixelRatio: values.count('ratio', { least: 1, most: 8 }) ?? 2,
      transparent: values.flag('transparent'),
    };
    const bytes = await encoded(file, made, options);
    await writeInPieces(file, (write) => write(bytes));
    output.write(`${file}\n`);
  },
};

const NOT_OF_THE_FIGURE = ['model', 'text', 'pair', 'device', 'out', 'ratio', 'transparent', 'from'];
/** Options that a file may say it was drawn with. */
const REMADE = [
  ...['figure', 'layer', 'head', 'heads', 'threshold', 'top-k', 'direction', 'stage', 'stack', 'site', 'query', 'key'],
  ...['theme', 'palette', 'colour-scale', 'max', 'width', 'height'],
  ...Object.keys(VIEW_OPTIONS),
];

function refuseBesideFrom(values: Values): void {
  const other = Object.keys(values.given()).find((name) => !['from', 'out', 'ratio', 'transparent'].includes(name));
  const changed = other ?? values.repeated[0]?.name;
  if (changed !== undefined)
    throw new UsageError(`--from says how the figure is drawn; --${changed} cannot stand beside it.`);
}

interface Made {
  readonly svg: SVGSVGElement;
  readonly data: FigureData;
  readonly provenance: Provenance;
}

/** @param check is told the weights' hash before anything is drawn */
async function make(
  values: Values,
  interventions: readonly Intervention[],
  check: (weights: string) => void,
): Promise<Made> {
  const id = values.choice('figure', IDS, 'heatmap');
  for (const name of ['model', 'text'] as const) needed(values, name);
  const plain = PLAIN_IDS.find((each) => each === id);
  const { drawn, run } =
    plain === undefined
      ? await madeByApp(id as AppFigure, values, interventions, check)
      : await madePlainly(FIGURE[plain], values, interventions, check);
  describeInterventions(drawn.svg, interventions);
  const command = Object.entries(values.given()).filter(([name]) => !NOT_OF_THE_FIGURE.includes(name));
  const provenance: Provenance = {
    application: 'Headlight',
    version: appVersion(),
    figure: id,
    ...run,
    ...drawn.facts,
    command: Object.fromEntries(command),
    interventions: interventions.length === 0 ? undefined : interventions,
  };
  return { ...drawn, provenance };
}

type RunFacts = Pick<Provenance, 'model' | 'revision' | 'weights' | 'text' | 'pair' | 'tokens' | 'device'>;

async function madePlainly(
  figure: CliFigure,
  values: Values,
  interventions: readonly Intervention[],
  check: (weights: string) => void,
) {
  figure.checkOptions(values);
  refuseViewOptions(values);
  const input = await readInput(values);
  return withModel(values, async (model) => {
    const weights = await weightsHash(model.entry.folder);
    check(weights);
    figure.checkModel(model, values);
    const trace = await runInput(model, input, interventions);
    const drawn = await figure.draw(trace, values, { document: createDocument(), interventions });
    trace.dispose();
    const tokens = tokensOf(trace.tokens.map(({ piece }) => piece));
    const { id, revision } = model.entry;
    const run: RunFacts = {
      model: id,
      revision: revision ?? undefined,
      weights,
      ...input,
      tokens,
      device: model.device.id,
    };
    return { drawn, run };
  });
}

async function madeByApp(
  figure: AppFigure,
  values: Values,
  interventions: readonly Intervention[],
  check: (weights: string) => void,
) {
  for (const name of ['palette', 'colour-scale', 'max', 'width', 'height'])
    if (values.text(name) !== undefined) throw new UsageError(`--${name} is for heatmap, atlas and token-flow.`);
  const theme = values.choice('theme', THEME_NAMES, 'light');
  const input = await readInput(values);
  const app = new AppRun(values.choice('language', LANGUAGES, 'en'), deviceOf(values));
  try {
    const model = await modelName(values.required('model'));
    const weights = (await app.ask('model.weights', { model })).sha256;
    check(weights);
    const asked = { figure, model, input, interventions, theme, document: createDocument() };
    const drawn = await drawAppFigure(app, values, asked);
    const { run, model: opened } = drawn.run;
    const tokens = tokensOf(run.tokens.map(({ piece }) => piece));
    const revision = opened.entry.revision ?? undefined;
    return { drawn, run: { model, revision, weights, ...input, tokens, device: run.device } satisfies RunFacts };
  } finally {
    await app.dispose();
  }
}

function refuseViewOptions(values: Values): void {
  for (const name of Object.keys(VIEW_OPTIONS))
    if (values.text(name) !== undefined || values.flag(name))
      throw new UsageError(`--${name} is for the app's views: ${APP_IDS.join(', ')}.`);
}

function needed(values: Values, name: string): void {
  if (values.text(name) === undefined)
    throw new UsageError(`The option --${name} is missing; see \`headlight help figure\`.`);
}

async function encoded(file: string, { svg, data }: Made, options: ExportOptions): Promise<Uint8Array<ArrayBuffer>> {
  const format = formatOfFile(cliFormats(), file);
  if (format !== undefined) return format.encode(svg, options);
  const numbers = formatOfFile(DATA_FORMATS, file);
  return numbers === undefined ? bundle(cliFormats(), svg, data, options) : numbers.encode(data, options.provenance);
}

/** `--scale sqrt` was the colours' scale once, and is easily typed for it. */
function interventionsOf(values: Values): readonly Intervention[] {
  const typed = values.repeated.find(({ name, value }) => name === 'scale' && /^(sqrt|linear|symlog)$/.test(value));
  if (typed === undefined) return readInterventions(values);
  throw new UsageError(
    `--scale is what q·k is multiplied by; the scale of the colours is --colour-scale ${typed.value}.`,
  );
}

/** Puts the interventions into the words that a screen reader says of the figure. */
function describeInterventions(svg: SVGSVGElement, interventions: readonly Intervention[]): void {
  const description = svg.querySelector('desc');
  if (description === null || interventions.length === 0) return;
  description.textContent += ` What if: ${interventionWords(interventions).join('; ')}.`;
}

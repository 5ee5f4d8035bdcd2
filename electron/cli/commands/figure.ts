/** `headlight figure`: a figure of a run as a file. */
import type { Intervention } from '../../../native-models/index.ts';
import { formatOfFile } from '../../../renderer/export/format.ts';
import { FIGURES } from '../../../renderer/figures/index.ts';
import { appVersion } from '../../host/versions.ts';
import { UsageError } from '../command.ts';
import type { Command, Values } from '../command.ts';
import { createDocument } from '../document.ts';
import { atlasFigure } from '../figures/atlas.ts';
import type { CliFigure } from '../figures/figure.ts';
import { heatmapFigure } from '../figures/heatmap.ts';
import { tokenFlowFigure } from '../figures/token-flow.ts';
import { outputPath, writeInPieces } from '../files.ts';
import { cliFormats } from '../formats.ts';
import { INTERVENTION_OPTIONS, interventionWords, readInterventions } from '../interventions.ts';
import { readInput, runInput, TEXT_OPTIONS, withModel } from '../models.ts';

const FIGURE: Readonly<Record<(typeof FIGURES)[number]['id'], CliFigure>> = {
  heatmap: heatmapFigure,
  atlas: atlasFigure,
  'token-flow': tokenFlowFigure,
};
const IDS = FIGURES.map(({ id }) => id);

export const figureCommand: Command = {
  options: {
    ...TEXT_OPTIONS,
    figure: { value: 'F', help: `${IDS.join(', ')}; default heatmap` },
    layer: { value: 'N', help: 'layer of a heatmap or token flow, from 0' },
    head: { value: 'N', help: 'head of a heatmap or token flow, from 0' },
    heads: { value: 'L.H,…', help: 'heads of a token flow instead, such as 1.2,0.3' },
    threshold: { value: 'X', help: 'least weight with a line in a token flow, default 0.02' },
    'top-k': { value: 'N', help: 'at most so many lines of a token and head' },
    direction: { value: 'D', help: 'from (the default): --query and --top-k go by queries; to: by keys' },
    stage: { value: 'S', help: 'scores, scaled, masked or pattern (the default)' },
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
    ratio: { value: 'N', help: 'pixels of a PNG per px of the figure, default 2' },
    out: { value: 'FILE', help: 'the .svg or .png file to write', required: true },
    ...INTERVENTION_OPTIONS,
  },
  examples: [
    '--model headlight-gpt --text "The animal was too tired." --figure heatmap --layer 2 --head 1 --out f.svg',
    '--model headlight-bert --text "The animal was too tired." --figure atlas --theme dark --out f.png',
    '--model headlight-gpt --text "The animal was too tired." --figure token-flow --heads 2.1,0.3 --query 5 --out f.svg',
    '--model headlight-gpt --text "The animal was too tired." --layer 2 --head 1 --mask decoder.2.self:1=4:2 --out f.svg',
  ],
  run: async (values, output) => {
    const formats = cliFormats();
    const file = await outputPath(
      values.required('out'),
      formats.map(({ extension }) => extension),
    );
    const format = formatOfFile(formats, file);
    if (!format) throw new Error(`No format writes ${file}.`);
    const pixelRatio = values.count('ratio', { least: 1, most: 8 }) ?? 2;
    const figure = FIGURE[values.choice('figure', IDS, 'heatmap')];
    figure.checkOptions(values);
    const interventions = interventionsOf(values);
    const input = await readInput(values);
    await withModel(values, async (model) => {
      figure.checkModel(model, values);
      const trace = await runInput(model, input, interventions);
      const { svg, facts } = await figure.draw(trace, values, { document: createDocument(), interventions });
      describeInterventions(svg, interventions);
      const { revision, id } = model.entry;
      const provenance = {
        application: 'Headlight' as const,
        version: appVersion(),
        figure: figure.id,
        model: id,
        ...(revision === null ? {} : { revision }),
        ...input,
        ...facts,
        device: model.device.id,
        ...(interventions.length === 0 ? {} : { interventions }),
      };
      const bytes = await format.encode(svg, { provenance, pixelRatio });
      await writeInPieces(file, (write) => write(bytes));
      trace.dispose();
      output.write(`${file}\n`);
    });
  },
};

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

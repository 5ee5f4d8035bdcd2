/** The views that ask the engine for more than a run, asked and drawn as the window does. */
import type { Frame } from '../../../renderer/state/frames.ts';
import { LENS_COLOURS } from '../../../renderer/state/lens-view.ts';
import {
  distributionExport,
  fillExport,
  generateExport,
  lensExport,
  neighboursExport,
  positionsExport,
  surpriseExport,
} from '../../../renderer/view-models/export-answers.ts';
import type { Drawable } from '../../../renderer/view-models/export-answers.ts';
import { piecesExport, tokenizersExport, vocabularyExport } from '../../../renderer/view-models/export-tokens.ts';
import { pieceLabel } from '../../../renderer/view-models/distribution.ts';
import { textTokens } from '../../../renderer/view-models/generation.ts';
import { formulaPicture, learnedPicture, POSITION_KINDS } from '../../../renderer/view-models/positions.ts';
import { MOST_ENTRIES } from '../../api/tokens.ts';
import { UsageError } from '../command.ts';
import type { Values } from '../command.ts';
import type { AppRun } from './app-run.ts';
import type { AppFigure } from './app-views.ts';

type Answer = (app: AppRun, values: Values, frame: Frame) => Promise<Drawable>;

/** What lists have in the window. */
const LISTED = { distribution: 50, neighbours: 40, fill: 10 } as const;

const lens: Answer = async (app, values, frame) => {
  const { traceId } = frame.run;
  const { cells, names, ...grid } = await app.whole(
    () => app.ask('trace.lens', { traceId }),
    (part) => part.lens,
  );
  const decoded = { ...grid, cells: new Float32Array(cells), names: new Map(names.map(({ id, text }) => [id, text])) };
  return lensExport(frame, decoded, values.choice('colour', LENS_COLOURS, 'probability'), app.words);
};

const surprise: Answer = async (app, values, frame) => {
  const { traceId } = frame.run;
  const answer = await app.whole(
    () => app.ask('trace.surprise', { traceId, start: values.flag('start') }),
    (part) => part.surprise,
  );
  return surpriseExport(frame, answer, app.words);
};

const fill: Answer = async (app, values, frame) => {
  const masked = (values.text('masked') ?? '')
    .split(',')
    .filter(Boolean)
    .map((each) => {
      if (/^\d+$/.test(each)) return Number(each);
      throw new UsageError(`--masked takes tokens such as 2,5, from 0; "${each}" is not one.`);
    });
  const masks = await app.ask('trace.fill', { traceId: frame.run.traceId, masked, candidates: LISTED.fill });
  if (masks.length === 0) throw new UsageError('--figure fill: the text has no mask; name tokens with --masked.');
  return fillExport(frame, masks, app.words);
};

const distribution: Answer = async (app, _values, frame) => {
  const position = frame.selection.position ?? undefined;
  const asked = { traceId: frame.run.traceId, position, candidates: LISTED.distribution };
  const { product, ...found } = await app.ask('trace.distribution', asked);
  const decoded =
    product === null
      ? null
      : { ...product, features: new Float32Array(product.features), row: new Float32Array(product.row) };
  return distributionExport(frame, { ...found, product: decoded }, app.words);
};

const neighbours: Answer = async (app, values, frame) => {
  const { words } = app;
  const { traceId, tokens } = frame.run;
  const { query: position } = frame.selection;
  const depth = values.text('depth') ?? 'row';
  const layers = frame.model.stacks[0]?.layers ?? 0;
  if (!/^(row|sum|\d+)$/.test(depth) || Number(depth) >= layers)
    throw new UsageError(`--depth is row, sum, or a layer from 0 to ${layers - 1}; "${depth}" is not.`);
  const id = tokens[position]?.id ?? 0;
  const layer = depth === 'sum' ? null : Number(depth);
  const of = depth === 'row' ? { kind: 'token' as const, id } : { kind: 'state' as const, traceId, position, layer };
  const { vector, ...near } = await app.ask('embedding.neighbours', {
    model: frame.model.entry.id,
    of,
    count: LISTED.neighbours,
  });
  const piece = pieceLabel(depth === 'row' ? (near.text ?? '') : (tokens[position]?.text ?? ''));
  const name =
    depth === 'row'
      ? words('neighbours.row', { piece, id })
      : depth === 'sum'
        ? words('neighbours.sum', { piece, position })
        : words('neighbours.state', { piece, position, layer: Number(depth) });
  // Of another run the same place has another trace: the place is what counts.
  const place = depth === 'row' ? of : { kind: 'state', position, layer };
  return neighboursExport(frame, { ...near, vector: new Float32Array(vector) }, { name, of: place }, words);
};

const positions: Answer = async (app, values, frame) => {
  const kind = values.choice('kind', POSITION_KINDS, 'learned');
  const { id, name } = frame.model.entry;
  if (kind !== 'learned') return positionsExport(name, kind, formulaPicture(kind, 128, 64), app.words);
  const own = await app.ask('embedding.positions', { model: id });
  if (own.kind === 'none') throw new UsageError(`${id} has no table of positions; choose another --kind.`);
  return positionsExport(name, kind, learnedPicture(new Float32Array(own.cosine), own.shown), app.words);
};

const generate: Answer = async (app, values, frame) => {
  const { model, input, selection } = frame;
  const { generationId } = await app.ask('generate.start', { model: model.entry.id, device: app.device, input });
  const count = values.count('steps', { least: 1, most: 32 }) ?? 8;
  const state = await app.ask('generate.step', { generationId, choosing: { mode: 'greedy' }, count });
  const tokens = textTokens(state, input.text);
  const position = tokens.length - 1;
  const { layer, head } = selection;
  const row = await app.ask('generate.attention', { generationId, position, layer, head });
  const seen = { ...row, scores: new Float32Array(row.scores), weights: new Float32Array(row.weights) };
  return generateExport(frame, tokens, seen, app.words);
};

const pieces: Answer = async (app, values, frame) => {
  const asked = { model: frame.model.entry.id, input: frame.input };
  const { words: all } = await app.ask('tokens.words', asked);
  const { query } = frame.selection;
  const word =
    values.count('word') ??
    Math.max(
      0,
      all.findIndex(({ first, last }) => first <= query && query <= last),
    );
  if (word >= all.length) throw new UsageError(`--word ${word}: the text has ${all.length} words, from 0.`);
  const steps = await app.ask('tokens.steps', { ...asked, word });
  return piecesExport(steps, frame.model.entry.id, word, app.words);
};

const tokenizers: Answer = async (app, values, frame) => {
  const other = values.text('beside-model');
  if (other === undefined) throw new UsageError('--figure tokenizers compares with --beside-model, which is missing.');
  const own = frame.model.entry.id;
  const [left, right] = [
    await app.ask('tokens.words', { model: own, input: frame.input }),
    await app.ask('tokens.words', { model: other, input: frame.input }),
  ];
  return tokenizersExport([own, other], [left, right], app.words);
};

const vocabulary: Answer = async (app, values, frame) => {
  const query = values.text('search') ?? '';
  const asked = { model: frame.model.entry.id, query, special: false, from: 0, count: MOST_ENTRIES };
  const { entries, found, size } = await app.ask('tokens.vocabulary', asked);
  return vocabularyExport(entries, frame.model.entry.id, { query, special: false, from: 0, found, size }, app.words);
};

const ANSWERS: Partial<Record<AppFigure, Answer>> = {
  ...{ lens, surprise, fill, 'lm-head': distribution, neighbours },
  ...{ positions, generate, pieces, tokenizers, vocabulary },
};

/** @throws UsageError for what the model or the text does not have; ModelError */
export async function appAnswer(app: AppRun, values: Values, frame: Frame, figure: AppFigure): Promise<Drawable> {
  const answer = ANSWERS[figure];
  if (answer === undefined) throw new RangeError(`invalid figure: ${figure}`);
  return answer(app, values, frame);
}

/** Whole distributions and generated texts without the app in between. */
import { distribution, openModel, runText, startGeneration } from '../../../native-models/index.ts';
import type { Choosing, Distribution, Generation, Model } from '../../../native-models/index.ts';

type Options = Parameters<typeof distribution>[1];

const open = new Map<string, Promise<Model>>();

function modelOf(id: string): Promise<Model> {
  const known = open.get(id) ?? openModel(id, { device: 'cpu' });
  open.set(id, known);
  return known;
}

export async function distributionOf(model: string, text: string, options: Options): Promise<Distribution> {
  const trace = await runText(await modelOf(model), { text });
  const found = await distribution(trace, options);
  trace.dispose();
  return found;
}

/** The text gone on with by so many tokens. */
export async function generationOf(
  model: string,
  text: string,
  choosing: Choosing,
  count: number,
): Promise<Generation> {
  const generation = await startGeneration(await modelOf(model), text);
  for (let made = 0; made < count; made++) await generation.step(choosing);
  return generation;
}

export async function closeGenerations(): Promise<void> {
  for (const model of open.values()) await (await model).dispose();
  open.clear();
}

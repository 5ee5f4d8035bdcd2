/** The summary outputs of a run → pictures and statistics of every head, in the order of STATISTICS. */
import type { Fetched } from '../session/runtime.ts';
import { STATISTICS } from '../types.ts';
import type { SiteSummary, StackInfo } from '../types.ts';
import type { Tiling } from './feeds.ts';
import type { SitePlan } from './plan.ts';

const PARTS = ['picture', 'linear', 'entropy'] as const;
/** The columns of the `linear` output, in its order. */
const LINEAR = ['distance', 'first', 'previous', 'self', 'separator'] as const;

function outputName(stack: StackInfo, layer: number, part: (typeof PARTS)[number]): string {
  return `${stack.name}.${layer}.self.${part}`;
}

/** The graph outputs that `readSummary` reads. */
export function summaryNames(stacks: readonly StackInfo[]): readonly string[] {
  return stacks.flatMap((stack) =>
    Array.from({ length: stack.layers }, (_, layer) => PARTS.map((part) => outputName(stack, layer, part))).flat(),
  );
}

/**
 * Pictures u8 [layers, heads, grid, grid] as round(255·√weight); statistics f32 [layers, heads, 6], means over the queries
 * (`previous` over the queries that have a previous token). Entropy is in nats, distance in tokens, the others are weights.
 */
export function readSummary(
  { stack, tokens, replaced }: SitePlan,
  { grid, block }: Tiling,
  fetched: ReadonlyMap<string, Fetched>,
): SiteSummary {
  const { layers, heads } = stack;
  const pictures = new Uint8Array(layers * heads * grid * grid);
  const statistics = new Float32Array(layers * heads * STATISTICS.length);
  for (let layer = 0; layer < layers; layer++) {
    const read = (part: (typeof PARTS)[number]) => (fetched.get(outputName(stack, layer, part)) as Fetched).data;
    quantize(read('picture'), pictures, layer * heads * grid * grid);
    const linear = read('linear');
    const entropy = read('entropy');
    for (let head = 0; head < heads; head++) {
      const at = (layer * heads + head) * STATISTICS.length;
      STATISTICS.forEach((statistic, column) => {
        statistics[at + column] =
          statistic === 'entropy'
            ? Math.max(0, (entropy[head] ?? NaN) + entropyOfReplaced(replaced.get(layer * heads + head), tokens))
            : (linear[head * LINEAR.length + LINEAR.indexOf(statistic)] ?? NaN);
      });
    }
  }
  return { stack: stack.name, site: 'self', layers, heads, grid, block, pictures, statistics };
}

/** What rows with a replaced pattern add to the mean entropy; the network leaves them out (layers/summary.ts). */
function entropyOfReplaced(rows: ReadonlyMap<number, Float32Array> | undefined, tokens: number): number {
  let sum = 0;
  for (const weights of rows?.values() ?? []) for (const p of weights) if (p > 0) sum -= p * Math.log(p);
  return sum / tokens;
}

function quantize(weights: Float32Array, target: Uint8Array, offset: number): void {
  for (let index = 0; index < weights.length; index++) {
    target[offset + index] = Math.round(255 * Math.sqrt(weights[index]!));
  }
}

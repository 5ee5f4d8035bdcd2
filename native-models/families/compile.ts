/** Family + checkpoint → the graphs that run it: body, head, and the plain network that benchmarks compare with. */
import type { ModelConfig } from '../checkpoint/config.ts';
import type { Graph } from '../graph/builder.ts';
import { extract } from '../graph/extract.ts';
import { Network } from '../layers/network.ts';
import type { WeightLookup } from '../layers/network.ts';
import type { Architecture, Family } from './family.ts';

export interface CompiledModel {
  /** ids → every traced value that is linear in the tokens, but the derived ones, and the summary of every head. */
  readonly body: Graph;
  /** Values that a run keeps, and its interventions → the derived values: a graph a kind, for all layers. */
  readonly derived: readonly Graph[];
  /** Final hidden states of chosen rows → logits and pooled; null for a model without either. */
  readonly head: Graph | null;
  /** Residual stream of some rows → `final`, as after the last layer; null where layers end with a norm of their own. */
  readonly finalNorm: Graph | null;
}

/** @throws ModelError `bad-model` for a missing weight or a wrong shape, naming its key */
export function compile(
  family: Family,
  config: ModelConfig,
  architecture: Architecture,
  weights: WeightLookup,
): CompiledModel {
  const body = new Network('body', weights, { tracing: true });
  family.emitBody(body, config, architecture);
  const whole = body.graph.finish();
  const derived = new Set(body.derived);
  const traced = whole.outputs.map(({ name }) => name).filter((name) => !derived.has(name));
  return {
    body: extract(whole, traced),
    derived: byKind(body.derived).map((names) => extract(whole, names, traced)),
    head: hasHead(architecture) ? compileHead(family, config, architecture, weights) : null,
    finalNorm: compileFinalNorm(family, config, architecture, weights),
  };
}

function compileFinalNorm(
  { emitFinalNorm }: Family,
  config: ModelConfig,
  architecture: Architecture,
  weights: WeightLookup,
): Graph | null {
  if (emitFinalNorm === null) return null;
  const net = new Network('final norm', weights, { tracing: false });
  const hidden = architecture.stacks.at(-1)?.hidden ?? 0;
  const stream = net.graph.input('stream', 'float32', ['row', hidden]);
  net.graph.output('final', emitFinalNorm(net, stream, config, architecture), 'float32', ['row', hidden]);
  return net.graph.finish();
}

/** `decoder.0.self.input` is of the kind `input`. */
function byKind(names: readonly string[]): readonly (readonly string[])[] {
  const kinds = new Map<string, string[]>();
  for (const name of names) {
    const kind = name.slice(name.lastIndexOf('.') + 1);
    kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
  }
  return [...kinds.values()];
}

function hasHead({ head, pooled }: Architecture): boolean {
  return head !== 'none' || pooled;
}

function compileHead(family: Family, config: ModelConfig, architecture: Architecture, weights: WeightLookup): Graph {
  const net = new Network('head', weights, { tracing: true });
  const hidden = architecture.stacks.at(-1)?.hidden ?? 0;
  family.emitHead(net, net.graph.input('final', 'float32', ['selected', hidden]), config, architecture);
  return net.graph.finish();
}

/**
 * The network that goes on with a text, a few tokens a run: keys and values of the tokens before are inputs; q, k, v of the new tokens
 * [1, heads, token, d_head], `final` [row, hidden] and `logits` [1, vocabulary] of the last of them its outputs. For decoders, whose tokens never change by what comes after them.
 */
export function compileCached(
  family: Family,
  config: ModelConfig,
  architecture: Architecture,
  weights: WeightLookup,
): Graph {
  const net = new Network('cached', weights, { tracing: false, caching: true });
  const final = family.emitBody(net, config, architecture);
  net.graph.output('final', final, 'float32', ['row', architecture.stacks.at(-1)?.hidden ?? 0]);
  const { graph } = net;
  const last = graph.op('Slice', [final, graph.int64([-1]), graph.int64([2 ** 31]), graph.int64([0])]);
  family.emitHead(net, last, config, architecture);
  return graph.finish();
}

/** The same network with nothing added: no traced outputs but the last, no interventions, no summary. Its head is the model's own. */
export function compilePlain(
  family: Family,
  config: ModelConfig,
  architecture: Architecture,
  weights: WeightLookup,
): Pick<CompiledModel, 'body' | 'head'> {
  const net = new Network('plain', weights, { tracing: false });
  const final = family.emitBody(net, config, architecture);
  net.graph.output('final', final, 'float32', ['row', architecture.stacks.at(-1)?.hidden ?? 0]);
  const head = hasHead(architecture) ? compileHead(family, config, architecture, weights) : null;
  return { body: net.graph.finish(), head };
}

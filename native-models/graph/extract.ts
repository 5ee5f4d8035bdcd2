/** A part of a graph as a graph of its own: what some outputs are computed from, back to the inputs or to values known already. */
import type { Graph, GraphNode, Port } from './builder.ts';

/**
 * ONNX Runtime computes every output of a graph on every run, fetched or not; what is not always needed goes into another graph.
 *
 * @param outputs names of outputs of `graph`: the outputs of the part
 * @param given names of outputs of `graph` that need not be computed again: where the part comes upon one, it becomes an input of
 *   the same name
 */
export function extract(graph: Graph, outputs: readonly string[], given: readonly string[] = []): Graph {
  const chosen = new Set(outputs);
  const wanted = graph.outputs.filter(({ name }) => chosen.has(name));
  const known = portsBySource(graph, new Set(given));
  const reached = valuesBehind(
    wanted.map(({ source }) => source),
    graph.nodes,
    known,
  );
  const nameOf = (value: string) => known.get(value)?.name ?? value;
  return {
    name: graph.name,
    inputs: [
      ...graph.inputs.filter(({ name }) => reached.has(name)),
      ...[...known].filter(([source]) => reached.has(source)).map(([, port]) => port),
    ],
    outputs: wanted.map((port) => ({ ...port, source: nameOf(port.source) })),
    nodes: graph.nodes
      .filter((node) => node.outputs.some((value) => reached.has(value) && !known.has(value)))
      .map((node) => ({ ...node, inputs: node.inputs.map(nameOf) })),
    initializers: graph.initializers.filter(({ name }) => reached.has(name)),
  };
}

function portsBySource(graph: Graph, given: ReadonlySet<string>): ReadonlyMap<string, Port> {
  const ports = new Map<string, Port>();
  for (const { source, name, type, dims } of graph.outputs) {
    if (given.has(name) && !ports.has(source)) ports.set(source, { name, type, dims });
  }
  return ports;
}

/** The values that `from` are computed from, themselves included; nothing behind a known one. */
function valuesBehind(
  from: readonly string[],
  nodes: readonly GraphNode[],
  known: ReadonlyMap<string, Port>,
): ReadonlySet<string> {
  const producers = new Map(nodes.flatMap((node) => node.outputs.map((value) => [value, node] as const)));
  const reached = new Set<string>();
  const pending = [...from];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (reached.has(value)) continue;
    reached.add(value);
    if (!known.has(value)) pending.push(...(producers.get(value)?.inputs ?? []));
  }
  return reached;
}

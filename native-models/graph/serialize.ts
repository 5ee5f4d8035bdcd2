/** Graph → the bytes of an ONNX model (onnx.proto, IR version 8, opset 20). Weights stay external data. */
import onnxProto from 'onnx-proto';
import type { onnx as Onnx } from 'onnx-proto';
import type { Attribute, Graph, GraphNode, Initializer, Port } from './builder.ts';
import type { ElementType, InlineData } from './tensor.ts';

const { onnx } = onnxProto;

export const OPSET = 20;

const DATA_TYPE: Readonly<Record<ElementType, Onnx.TensorProto.DataType>> = {
  float32: onnx.TensorProto.DataType.FLOAT,
  float16: onnx.TensorProto.DataType.FLOAT16,
  bfloat16: onnx.TensorProto.DataType.BFLOAT16,
  int64: onnx.TensorProto.DataType.INT64,
  bool: onnx.TensorProto.DataType.BOOL,
};

/** Outputs keep their public names: the value behind an output is renamed, or copied where it has two names already. */
export function serialize(graph: Graph): Uint8Array {
  const renames = new Map<string, string>();
  const copies: GraphNode[] = [];
  const produced = new Set(graph.nodes.flatMap((node) => node.outputs));
  for (const { name, source } of graph.outputs) {
    if (produced.has(source) && !renames.has(source)) renames.set(source, name);
    else copies.push(identity(renames.get(source) ?? source, name));
  }
  const model = onnx.ModelProto.create({
    irVersion: 8,
    producerName: 'headlight',
    opsetImport: [{ domain: '', version: OPSET }],
    graph: {
      name: graph.name,
      input: graph.inputs.map(portProto),
      output: graph.outputs.map(portProto),
      initializer: graph.initializers.map(initializerProto),
      node: [...graph.nodes, ...copies].map((node) => nodeProto(node, renames)),
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

function identity(input: string, output: string): GraphNode {
  return { name: `Identity/${output}`, opType: 'Identity', inputs: [input], outputs: [output], attributes: {} };
}

function nodeProto(node: GraphNode, renames: ReadonlyMap<string, string>): Onnx.INodeProto {
  const rename = (name: string) => renames.get(name) ?? name;
  return {
    name: node.name,
    opType: node.opType,
    input: node.inputs.map(rename),
    output: node.outputs.map(rename),
    attribute: Object.entries(node.attributes).map(([name, value]) => ({ name, ...attributeProto(value) })),
  };
}

function attributeProto(value: Attribute): Onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  if (typeof value === 'number') return { type: AttributeType.INT, i: value };
  if (typeof value === 'string') return { type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if ('float' in value) return { type: AttributeType.FLOAT, f: value.float };
  return { type: AttributeType.INTS, ints: [...value] };
}

function portProto(port: Port): Onnx.IValueInfoProto {
  const dim = port.dims.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name: port.name, type: { tensorType: { elemType: DATA_TYPE[port.type], shape: { dim } } } };
}

function initializerProto({ name, dims, content }: Initializer): Onnx.ITensorProto {
  const base = { name, dims: [...dims], dataType: DATA_TYPE[content.type] };
  if ('data' in content) return { ...base, rawData: rawBytes(content) };
  return {
    ...base,
    dataLocation: onnx.TensorProto.DataLocation.EXTERNAL,
    externalData: [
      { key: 'location', value: content.file },
      { key: 'offset', value: String(content.offset) },
      { key: 'length', value: String(content.length) },
    ],
  };
}

/** ONNX raw data is little-endian, as every platform that onnxruntime-node runs on. */
function rawBytes({ data }: InlineData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** ONNX models written by hand: the few messages and fields of the format that a graph of one-output nodes needs. */

import protobuf from "protobufjs";

const field = (id, type, rule) => ({ id, type, ...(rule && { rule }) });

const { nested } = {
  nested: {
    Attribute: { fields: { name: field(1, "string"), i: field(3, "int64"), type: field(20, "int32") } },
    Node: {
      fields: {
        input: field(1, "string", "repeated"),
        output: field(2, "string", "repeated"),
        opType: field(4, "string"),
        attribute: field(5, "Attribute", "repeated"),
      },
    },
    Tensor: {
      fields: { dims: field(1, "int64", "repeated"), dataType: field(2, "int32"), name: field(8, "string"), rawData: field(9, "bytes") },
    },
    Dimension: { fields: { dimValue: field(1, "int64") } },
    Shape: { fields: { dim: field(1, "Dimension", "repeated") } },
    TensorType: { fields: { elemType: field(1, "int32"), shape: field(2, "Shape") } },
    Type: { fields: { tensorType: field(1, "TensorType") } },
    Value: { fields: { name: field(1, "string"), type: field(2, "Type") } },
    Graph: {
      fields: {
        node: field(1, "Node", "repeated"),
        name: field(2, "string"),
        initializer: field(5, "Tensor", "repeated"),
        input: field(11, "Value", "repeated"),
        output: field(12, "Value", "repeated"),
      },
    },
    OperatorSet: { fields: { domain: field(1, "string"), version: field(2, "int64") } },
    Model: { fields: { irVersion: field(1, "int64"), graph: field(7, "Graph"), opsetImport: field(8, "OperatorSet", "repeated") } },
  },
};
const Model = protobuf.Root.fromJSON({ nested }).lookupType("Model");

/** Element types of the format. */
export const FLOAT = 1;
export const INT64 = 7;
const INTEGER_ATTRIBUTE = 2;

const valueInfo = ([name, elemType, shape]) => ({
  name,
  type: { tensorType: { elemType, shape: { dim: shape.map((dimValue) => ({ dimValue })) } } },
});

const bytesOf = (dataType, numbers) =>
  new Uint8Array((dataType === FLOAT ? Float32Array.from(numbers) : BigInt64Array.from(numbers, BigInt)).buffer);

/**
 * The bytes of a model. `inputs` and `outputs` are [name, element type, shape]; `constants` by name are [element type,
 * shape, numbers]; `nodes` are [operator, inputs, output, attributes], the attributes integers by name.
 */
export function encodeModel({ inputs, outputs, constants = {}, nodes }) {
  const graph = {
    name: "graph",
    node: nodes.map(([opType, input, output, attributes = {}]) => ({
      opType,
      input,
      output: [output],
      attribute: Object.entries(attributes).map(([name, i]) => ({ name, i, type: INTEGER_ATTRIBUTE })),
    })),
    initializer: Object.entries(constants).map(([name, [dataType, dims, numbers]]) => ({
      name,
      dataType,
      dims,
      rawData: bytesOf(dataType, numbers),
    })),
    input: inputs.map(valueInfo),
    output: outputs.map(valueInfo),
  };
  return Model.encode(Model.fromObject({ irVersion: 8, graph, opsetImport: [{ domain: "", version: 17 }] })).finish();
}

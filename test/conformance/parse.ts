/** What the text of a case file says, in the oracle's own format and in ONNX's. */

import { type Case, type Expected, Tensor } from "./case";
import { generate, type Recipe } from "./generate";

type Written = number | "NaN" | "Infinity" | "-Infinity";

interface WrittenTensor {
  readonly shape: readonly number[];
  readonly dtype?: string;
  readonly data?: readonly Written[];
  readonly gen?: Recipe;
}

interface NamedTensor extends WrittenTensor {
  readonly name: string;
}

const arrays: Readonly<Record<string, typeof Float32Array | typeof Float64Array | typeof Int32Array>> = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: Int32Array,
};

/** The cases that the text of a file holds. */
export function parseCases(file: string, text: string): Case[] {
  const cases: unknown = JSON.parse(text);
  if (!Array.isArray(cases)) throw new TypeError(`${file} must hold an array of cases`);
  return cases.map((written) => (Array.isArray(written.inputs) ? onnxCase(written) : oracleCase(written)));
}

function oracleCase(written: {
  id: string;
  op: string;
  params: Case["params"];
  dtype: string;
  inputs: Record<string, WrittenTensor>;
  expected: { value: WrittenTensor; grad?: Record<string, WrittenTensor> };
  textbook_value?: WrittenTensor;
  textbook_grad?: Record<string, WrittenTensor>;
  tol: Case["tol"];
  tol_grad: Case["tolGrad"];
  tags?: readonly string[];
}): Case {
  return {
    id: written.id,
    op: written.op,
    params: written.params,
    inputs: entries(written.inputs, (input) => tensor(input, written.dtype)),
    expected: { value: numbers(written.expected.value), grad: entries(written.expected.grad ?? {}, numbers) },
    textbook: {
      ...(written.textbook_value && { value: numbers(written.textbook_value) }),
      ...(written.textbook_grad && { grad: entries(written.textbook_grad, numbers) }),
    },
    tol: written.tol,
    tolGrad: written.tol_grad,
    tags: written.tags ?? [],
  };
}

/** An ONNX case: its inputs are named by their position in the operator, and its first output is the value. */
function onnxCase(written: {
  id: string;
  op: string;
  opset: number;
  attrs: Case["params"];
  inputs: readonly NamedTensor[];
  outputs: readonly NamedTensor[];
  node_inputs: readonly string[];
  node_outputs: readonly string[];
  tol: Case["tol"];
}): Case {
  const inputs: Record<string, Tensor> = {};
  written.node_inputs.forEach((name, position) => {
    const input = written.inputs.find((candidate) => candidate.name === name);
    if (input !== undefined) inputs[position] = tensor(input, "float32");
  });
  const [value, ...others] = written.node_outputs.map((name) => written.outputs.find((output) => output.name === name)!);
  const expected: Expected = {
    value: numbers(value!),
    grad: {},
    others: Object.fromEntries(others.map((output) => [output.name, numbers(output)])),
  };
  return {
    id: written.id,
    op: written.op,
    params: { opset: written.opset, ...written.attrs },
    inputs,
    expected,
    textbook: {},
    tol: written.tol,
    tolGrad: written.tol,
    tags: [],
  };
}

function tensor({ shape, dtype, data, gen }: WrittenTensor, precision: string): Tensor {
  return new Tensor(shape, () => {
    const array = arrays[dtype ?? precision];
    if (array === undefined) throw new Error(`the library has no numbers of type ${dtype}`);
    if (gen === undefined) return new array(data!.map(Number));
    return generate(gen, new array(shape.reduce((a, b) => a * b, 1)));
  });
}

function numbers({ data }: WrittenTensor): Float64Array {
  return Float64Array.from(data!, Number);
}

function entries<A, B>(record: Readonly<Record<string, A>>, of: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, of(value)]));
}

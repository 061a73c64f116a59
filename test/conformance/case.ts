/** A case of the oracle: one call of one operation, and what it must give. */

/** How far a number may be from what is expected: `|got - expected| <= abs + rel * |expected|`. */
export interface Tolerance {
  readonly rel: number;
  readonly abs: number;
}

/** A flat, row-major array with its shape. The data are made anew at each access: some cases hold millions of numbers. */
export class Tensor {
  constructor(
    readonly shape: readonly number[],
    private readonly make: () => Float32Array | Float64Array | Int32Array,
  ) {}

  get data(): Float32Array | Float64Array | Int32Array {
    return this.make();
  }

  get size(): number {
    return this.shape.reduce((a, b) => a * b, 1);
  }
}

/** The numbers that a case expects; `grad` by input, and `others` by the names of outputs beside the value. */
export interface Expected {
  readonly value: Float64Array;
  readonly grad: Readonly<Record<string, Float64Array>>;
  readonly others?: Readonly<Record<string, Float64Array>>;
}

/** One case. */
export interface Case {
  readonly id: string;
  readonly op: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly expected: Expected;
  /** The mathematical definition's answer, where the source of `expected` has another convention. */
  readonly textbook: Partial<Expected>;
  readonly tol: Tolerance;
  readonly tolGrad: Tolerance;
  readonly tags: readonly string[];
}

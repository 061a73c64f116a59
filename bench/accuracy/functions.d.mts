export interface Bound {
  unit: "ULP" | "relative";
  most: number | ((x: number, k: number) => number);
  words: string;
}

export const functions: readonly {
  name:
    | "exp"
    | "expNonPositive"
    | "expOfDifference"
    | "expm1"
    | "log"
    | "logFromOne"
    | "log1p"
    | "log1pUnit"
    | "power"
    | "sigmoid"
    | "softplus"
    | "tanh";
  bounds: { f32: Bound; f64: Bound };
  domain: string;
  exponents?: readonly number[];
  within(x: number): boolean;
  spread: readonly [number, number];
}[];

export const functions: readonly {
  name: "exp" | "expNonPositive" | "expm1" | "log" | "log1p" | "log1pUnit" | "sigmoid" | "softplus" | "tanh";
  bound: number;
  domain: string;
  within(x: number): boolean;
  spread: readonly [number, number];
}[];

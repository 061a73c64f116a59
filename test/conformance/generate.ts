/** The recipes by which cases describe inputs too long to be written out. */

/** A recipe: its kind, and the numbers that the kind takes. */
export interface Recipe {
  readonly kind: string;
  readonly [parameter: string]: number | string;
}

type Element = (u: number, i: number) => number;

const kinds: Record<string, (recipe: Record<string, number>) => Element> = {
  const:
    ({ value }) =>
    () =>
      value!,
  uniform:
    ({ lo, hi }) =>
    (u) =>
      lo! + (hi! - lo!) * u,
  alternating:
    ({ big, small }) =>
    (u, i) =>
      (i % 2 === 0 ? big! : small!) * (0.5 + u),
  alternating_sign:
    ({ big, small }) =>
    (u, i) =>
      (i % 2 === 0 ? big! : -big!) + small! * u,
  spike:
    ({ head, tail }) =>
    (_, i) =>
      i === 0 ? head! : tail!,
  bernoulli:
    ({ p }) =>
    (u) =>
      u < p! ? 1 : 0,
  ints:
    ({ n }) =>
    (u) =>
      Math.floor(u * n!),
};

/** Fills an array by a recipe, with a linear congruential generator. */
export function generate<A extends Float32Array | Float64Array | Int32Array>(recipe: Recipe, into: A): A {
  const kind = kinds[recipe.kind];
  if (kind === undefined) throw new Error(`unknown recipe ${JSON.stringify(recipe)}`);
  const parameters = recipe as unknown as Record<string, number>;
  const element = kind(parameters);
  let state = (parameters.seed ?? 0) >>> 0;
  for (let i = 0; i < into.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    into[i] = element(state / 4294967296, i);
  }
  return into;
}

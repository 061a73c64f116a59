export function randomOf(samples: number, seed: number, spread: readonly [number, number]): Generator<number>;
export function pairsOf(
  samples: number,
  seed: number,
  exponents: readonly number[],
  greatest: number,
): Generator<readonly [x: number, k: number]>;

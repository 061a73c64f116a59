export function randomOf(samples: number, seed: number, spread: readonly [number, number]): Generator<number>;

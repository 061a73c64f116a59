/** Seeded random numbers, so that a failure can be run again. */

/** A uniform number in [0, 1). */
export type Random = () => number;

/** Marsaglia's xorshift of 32 bits: a source of its own for each seed. */
export function random(seed: number): Random {
  let s = Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b || 1;
  const next = () => {
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    return (s >>> 0) / 4294967296;
  };
  for (let i = 0; i < 4; i++) next();
  return next;
}

/** A uniform number from `low` to `high`. */
export function between(next: Random, low: number, high: number): number {
  return low + (high - low) * next();
}

/** One of the choices. */
export function pick<T>(next: Random, choices: readonly T[]): T {
  return choices[Math.floor(next() * choices.length)]!;
}

/** `length` numbers, each from `draw`. */
export function draws(next: Random, length: number, draw: (next: Random) => number): number[] {
  return Array.from({ length }, () => draw(next));
}

/** The f64 at which the elementary functions are measured. */

/** Uniform integers of 32 bits: a fixed sequence (mulberry32). */
function integersOf(seed) {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Half uniform in `spread`, half uniform in their bits. */
export function* randomOf(samples, seed, [low, high]) {
  const value = new Float64Array(1);
  const halves = new Uint32Array(value.buffer);
  const next = integersOf(seed);
  for (let i = 0; i < samples; i += 2) {
    yield low + (high - low) * ((next() + next() / 2 ** 32) / 2 ** 32);
    halves[0] = next();
    halves[1] = next();
    yield value[0];
  }
}

/**
 * Arguments and exponents of powers. A third of the exponents are the usual ones, a third uniform from -16 to 16, a third
 * uniform in their logarithm from 2^-10 to 2^10, of either sign. Of each kind, the logarithm of half of the powers is uniform
 * from -`greatest` to `greatest`; the other arguments are uniform in the logarithm from 2^-1074 to 2^1024.
 */
export function* pairsOf(samples, seed, exponents, greatest) {
  const next = integersOf(seed);
  const uniform = (low, high) => low + (high - low) * ((next() + next() / 2 ** 32) / 2 ** 32);
  const draws = [
    () => exponents[next() % exponents.length],
    () => uniform(-16, 16),
    () => (next() % 2 === 0 ? 1 : -1) * 2 ** uniform(-10, 10),
  ];
  for (let i = 0; i < samples; i++) {
    const k = draws[i % 3]();
    const within = k !== 0 && i % 6 < 3;
    yield [within ? Math.exp(uniform(-greatest, greatest) / k) : 2 ** uniform(-1074, 1024), k];
  }
}

/** What no sample of pairs is: zeros, infinities, NaN, numbers below 0, denormals and neighbours of 1, with every exponent. */
export function* pairEdgesOf(exponents) {
  const singles = [2 ** -149, 2 ** -127, 2 ** -126, 3.4028234663852886e38];
  const doubles = [Number.MIN_VALUE, 2 ** -1023, 2 ** -1022, Number.MAX_VALUE];
  const beside = [2 ** -52, 2 ** -23].flatMap((offset) => [1 - offset, 1 + offset]);
  const arguments_ = [0, -0, Infinity, -Infinity, NaN, -1, 1, 2, 0.5, Math.SQRT1_2, Math.SQRT2, ...singles, ...doubles, ...beside];
  for (const k of [...exponents, -1024, 1024]) for (const x of arguments_) yield [x, k];
}

/** Specials, the 64 floats on either side of every branch and of every multiple of ln 2 / 2, and near every power of two. */
export function* edgesOf(branches) {
  const value = new Float64Array(1);
  const bits = new BigInt64Array(value.buffer);
  function* about(x, reach) {
    for (let offset = -reach; offset <= reach; offset++) {
      value[0] = x;
      bits[0] += BigInt(offset);
      yield value[0];
    }
  }
  yield* [0, -0, Infinity, -Infinity, NaN, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -Number.MIN_VALUE];
  for (const branch of branches) yield* about(branch, 4096);
  for (let half = -2160; half <= 2060; half++) if (half !== 0) yield* about((half * Math.LN2) / 2, 64);
  for (let power = -1074; power <= 1023; power++) {
    for (const factor of [1, Math.SQRT2]) {
      const x = 2 ** power * factor;
      if (x === 0) continue;
      yield* about(x, power > -1070 ? 8 : 0);
      yield* about(-x, power > -1070 ? 8 : 0);
    }
  }
  for (let n = 1; n < 1 << 16; n++) yield n * Number.MIN_VALUE * 2 ** (n % 37);
}

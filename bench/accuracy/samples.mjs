/** The f64 at which the elementary functions are measured. */

/** Half uniform in `spread`, half uniform in their bits: a fixed sequence (mulberry32). */
export function* randomOf(samples, seed, [low, high]) {
  const bits = new BigUint64Array(1);
  const value = new Float64Array(bits.buffer);
  const halves = new Uint32Array(bits.buffer);
  let state = (seed + 1) * 0x9e3779b9;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  for (let i = 0; i < samples; i += 2) {
    yield low + (high - low) * ((next() + next() / 2 ** 32) / 2 ** 32);
    halves[0] = next();
    halves[1] = next();
    yield value[0];
  }
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

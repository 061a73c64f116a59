/**
 * Losses element by element without data-dependent branches, which mispredict on every other element, and with several
 * accumulators, so that additions do not wait for each other.
 */

import { exp, log1pUnit } from "./exponential.mjs";

const SIGN = 0x80000000 | 0;

export const mse = {
  value(p, t) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    const fours = p.length & ~3;
    for (let i = 0; i < fours; i += 4) {
      const d0 = p[i] - t[i];
      const d1 = p[i + 1] - t[i + 1];
      const d2 = p[i + 2] - t[i + 2];
      const d3 = p[i + 3] - t[i + 3];
      a += d0 * d0;
      b += d1 * d1;
      c += d2 * d2;
      d += d3 * d3;
    }
    for (let i = fours; i < p.length; i++) a += (p[i] - t[i]) * (p[i] - t[i]);
    return (a + b + c + d) / p.length;
  },
  valueAndGrad(p, t, g) {
    const scale = 2 / p.length;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    const fours = p.length & ~3;
    for (let i = 0; i < fours; i += 4) {
      const d0 = p[i] - t[i];
      const d1 = p[i + 1] - t[i + 1];
      const d2 = p[i + 2] - t[i + 2];
      const d3 = p[i + 3] - t[i + 3];
      a += d0 * d0;
      b += d1 * d1;
      c += d2 * d2;
      d += d3 * d3;
      g[i] = d0 * scale;
      g[i + 1] = d1 * scale;
      g[i + 2] = d2 * scale;
      g[i + 3] = d3 * scale;
    }
    for (let i = fours; i < p.length; i++) {
      const d0 = p[i] - t[i];
      a += d0 * d0;
      g[i] = d0 * scale;
    }
    return (a + b + c + d) / p.length;
  },
};

export const mae = {
  value(p, t) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    const fours = p.length & ~3;
    for (let i = 0; i < fours; i += 4) {
      a += Math.abs(p[i] - t[i]);
      b += Math.abs(p[i + 1] - t[i + 1]);
      c += Math.abs(p[i + 2] - t[i + 2]);
      d += Math.abs(p[i + 3] - t[i + 3]);
    }
    for (let i = fours; i < p.length; i++) a += Math.abs(p[i] - t[i]);
    return (a + b + c + d) / p.length;
  },
  /** In f32, the sign moves from the error's bits to the slope's. */
  valueAndGrad(p, t, g) {
    const bits = new Int32Array(g.buffer, g.byteOffset, g.length);
    g[0] = 1 / p.length;
    const scale = bits[0];
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      sum += Math.abs(d);
      g[i] = d;
      const error = bits[i];
      const size = error << 1;
      bits[i] = ((error & SIGN) | scale) & ((size | -size) >> 31);
    }
    return sum / p.length;
  },
};

/** `c` is the error held within -1 and 1; V8's Math.min and Math.max would branch. */
export const huber = {
  value(p, t) {
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      const c = 0.5 * (Math.abs(d + 1) - Math.abs(d - 1));
      sum += c * (d - 0.5 * c);
    }
    return sum / p.length;
  },
  valueAndGrad(p, t, g) {
    const scale = 1 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      const c = 0.5 * (Math.abs(d + 1) - Math.abs(d - 1));
      sum += c * (d - 0.5 * c);
      g[i] = c * scale;
    }
    return sum / p.length;
  },
};

export const binaryCrossEntropyWithLogits = {
  value(x, t) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const size = Math.abs(x[i]);
      sum += 0.5 * (x[i] + size) - x[i] * t[i] + log1pUnit(exp(-size));
    }
    return sum / x.length;
  },
  valueAndGrad(x, t, g) {
    const scale = 1 / x.length;
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const size = Math.abs(x[i]);
      const e = exp(-x[i]);
      sum += 0.5 * (x[i] + size) - x[i] * t[i] + log1pUnit(exp(-size));
      g[i] = (1 / (1 + e) - t[i]) * scale;
    }
    return sum / x.length;
  },
};

export const sigmoid = {
  forward(x, _, y) {
    for (let i = 0; i < x.length; i++) y[i] = 1 / (1 + exp(-x[i]));
  },
};

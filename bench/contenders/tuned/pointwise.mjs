/**
 * Losses of an error, element by element, without data-dependent branches, which mispredict on every other element, and with several
 * accumulators, so that additions do not wait for each other.
 */

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
  /** The sign is the quotient of the error by its size, to which the smallest number is added: 0 / 0 would be NaN. */
  valueAndGrad(p, t, g) {
    const scale = 1 / p.length;
    let a = 0;
    let b = 0;
    const pairs = p.length & ~1;
    for (let i = 0; i < pairs; i += 2) {
      const d0 = p[i] - t[i];
      const d1 = p[i + 1] - t[i + 1];
      const size0 = Math.abs(d0);
      const size1 = Math.abs(d1);
      a += size0;
      b += size1;
      g[i] = (d0 / (size0 + Number.MIN_VALUE)) * scale;
      g[i + 1] = (d1 / (size1 + Number.MIN_VALUE)) * scale;
    }
    if (pairs < p.length) {
      const d = p[pairs] - t[pairs];
      a += Math.abs(d);
      g[pairs] = Math.sign(d) * scale;
    }
    return (a + b) * scale;
  },
};

/** The error held within -1 and 1; V8's Math.min and Math.max would branch. */
const held = (d) => 0.5 * (Math.abs(d + 1) - Math.abs(d - 1));

export const huber = {
  value(p, t) {
    let a = 0;
    let b = 0;
    const pairs = p.length & ~1;
    for (let i = 0; i < pairs; i += 2) {
      const d0 = p[i] - t[i];
      const d1 = p[i + 1] - t[i + 1];
      const c0 = held(d0);
      const c1 = held(d1);
      a += c0 * (d0 - 0.5 * c0);
      b += c1 * (d1 - 0.5 * c1);
    }
    if (pairs < p.length) {
      const d = p[pairs] - t[pairs];
      const c = held(d);
      a += c * (d - 0.5 * c);
    }
    return (a + b) / p.length;
  },
  valueAndGrad(p, t, g) {
    const scale = 1 / p.length;
    let a = 0;
    let b = 0;
    const pairs = p.length & ~1;
    for (let i = 0; i < pairs; i += 2) {
      const d0 = p[i] - t[i];
      const d1 = p[i + 1] - t[i + 1];
      const c0 = held(d0);
      const c1 = held(d1);
      a += c0 * (d0 - 0.5 * c0);
      b += c1 * (d1 - 0.5 * c1);
      g[i] = c0 * scale;
      g[i + 1] = c1 * scale;
    }
    if (pairs < p.length) {
      const d = p[pairs] - t[pairs];
      const c = held(d);
      a += c * (d - 0.5 * c);
      g[pairs] = c * scale;
    }
    return (a + b) * scale;
  },
};

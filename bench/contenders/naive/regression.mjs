/** Losses of numbers, element by element: of errors, of counts and of positive amounts. */

export const mse = {
  value(p, t) {
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      sum += d * d;
    }
    return sum / p.length;
  },
  valueAndGrad(p, t, g) {
    const scale = 2 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      sum += d * d;
      g[i] = d * scale;
    }
    return sum / p.length;
  },
};

export const halfSquaredError = {
  valueAndGrad(p, t, g) {
    const scale = 1 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      sum += d * d;
      g[i] = d * scale;
    }
    return (sum * scale) / 2;
  },
};

/** Of power 0, the default. */
export const tweedie = { valueAndGrad: mse.valueAndGrad };

export const mae = {
  value(p, t) {
    let sum = 0;
    for (let i = 0; i < p.length; i++) sum += Math.abs(p[i] - t[i]);
    return sum / p.length;
  },
  valueAndGrad(p, t, g) {
    const scale = 1 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      sum += Math.abs(d);
      g[i] = Math.sign(d) * scale;
    }
    return sum / p.length;
  },
};

/** Of the median, the default. */
export const quantile = {
  valueAndGrad(p, t, g) {
    const scale = 0.5 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      sum += Math.abs(d);
      g[i] = Math.sign(d) * scale;
    }
    return sum * scale;
  },
};

export const mape = {
  valueAndGrad(p, t, g) {
    const scale = 100 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      const weight = scale / Math.max(Math.abs(t[i]), 1e-7);
      sum += Math.abs(d) * weight;
      g[i] = Math.sign(d) * weight;
    }
    return sum;
  },
};

/** The gradient is the error held within -1 and 1, which branches on its size took a third longer to find. */
export const huber = {
  value(p, t) {
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = Math.abs(p[i] - t[i]);
      sum += d <= 1 ? 0.5 * d * d : d - 0.5;
    }
    return sum / p.length;
  },
  valueAndGrad(p, t, g) {
    const scale = 1 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      const held = Math.max(-1, Math.min(1, d));
      sum += held * (d - 0.5 * held);
      g[i] = held * scale;
    }
    return sum / p.length;
  },
};

/** Of beta 1, the default, with which it is the Huber loss. */
export const smoothL1 = { valueAndGrad: huber.valueAndGrad };

export const pseudoHuber = {
  valueAndGrad(p, t, g) {
    const scale = 1 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      const root = Math.sqrt(1 + d * d);
      sum += root - 1;
      g[i] = (d / root) * scale;
    }
    return sum / p.length;
  },
};

/** With e = exp(-2 |d|), log cosh d = |d| + log(1 + e) - log 2, and tanh |d| = (1 - e) / (1 + e). */
export const logCosh = {
  valueAndGrad(p, t, g) {
    const scale = 1 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const d = p[i] - t[i];
      const size = Math.abs(d);
      const e = Math.exp(-2 * size);
      sum += size + Math.log1p(e) - Math.LN2;
      const slope = ((1 - e) / (1 + e)) * scale;
      g[i] = d < 0 ? -slope : slope;
    }
    return sum / p.length;
  },
};

/** The difference of two logarithms is that of a quotient; log1p of each takes twice as long, for digits that only amounts below 1e-9 need. */
export const msle = {
  valueAndGrad(p, t, g) {
    const scale = 2 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const whole = 1 + Math.max(p[i], 1e-7);
      const d = Math.log(whole / (1 + Math.max(t[i], 1e-7)));
      sum += d * d;
      g[i] = p[i] < 1e-7 ? 0 : (d / whole) * scale;
    }
    return sum / p.length;
  },
};

export const poissonNll = {
  valueAndGrad(x, t, g) {
    const scale = 1 / x.length;
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const rate = Math.exp(x[i]);
      sum += rate - t[i] * x[i];
      g[i] = (rate - t[i]) * scale;
    }
    return sum / x.length;
  },
};

export const gammaDeviance = {
  valueAndGrad(p, t, g) {
    const scale = 2 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const inverse = 1 / p[i];
      const ratio = t[i] * inverse;
      sum += ratio - 1 - Math.log(ratio);
      g[i] = (1 - ratio) * inverse * scale;
    }
    return sum * scale;
  },
};

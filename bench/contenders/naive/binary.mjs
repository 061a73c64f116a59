/** Losses of two classes, element by element: targets are 0 and 1, or -1 and 1; and those of probabilities. */

/** Targets between 0 and 1 too. */
export const binaryCrossEntropyWithLogits = {
  value(x, t) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      sum += Math.max(x[i], 0) - x[i] * t[i] + Math.log1p(Math.exp(-Math.abs(x[i])));
    }
    return sum / x.length;
  },
  valueAndGrad(x, t, g) {
    const scale = 1 / x.length;
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const e = Math.exp(-Math.abs(x[i]));
      sum += Math.max(x[i], 0) - x[i] * t[i] + Math.log1p(e);
      const larger = 1 / (1 + e);
      g[i] = ((x[i] >= 0 ? larger : e * larger) - t[i]) * scale;
    }
    return sum / x.length;
  },
};

export const binaryCrossEntropy = {
  valueAndGrad(p, t, g) {
    const scale = 1 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const rest = 1 - p[i];
      sum -= t[i] * Math.max(Math.log(p[i]), -100) + (1 - t[i]) * Math.max(Math.log(rest), -100);
      g[i] = ((p[i] - t[i]) / Math.max(p[i] * rest, 1e-12)) * scale;
    }
    return sum / p.length;
  },
};

/** Of the default alpha 0.25 and gamma 2. */
export const focal = {
  valueAndGrad(x, t, g) {
    const scale = 1 / x.length;
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const positive = t[i] === 1;
      const z = positive ? x[i] : -x[i];
      const e = Math.exp(-Math.abs(z));
      const larger = 1 / (1 + e);
      const smaller = e * larger;
      const entropy = Math.max(-z, 0) + Math.log1p(e);
      const hit = z < 0 ? smaller : larger;
      const miss = z < 0 ? larger : smaller;
      const weight = (positive ? 0.25 : 0.75) * miss * miss;
      sum += weight * entropy;
      g[i] = (positive ? -scale : scale) * weight * (2 * hit * entropy + miss);
    }
    return sum / x.length;
  },
};

export const hinge = {
  valueAndGrad(x, t, g) {
    const scale = 1 / x.length;
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const z = 1 - t[i] * x[i];
      if (z >= 0) {
        sum += z;
        g[i] = -t[i] * scale;
      } else {
        g[i] = 0;
      }
    }
    return sum / x.length;
  },
};

export const squaredHinge = {
  valueAndGrad(x, t, g) {
    const scale = 2 / x.length;
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const z = Math.max(0, 1 - t[i] * x[i]);
      sum += z * z;
      g[i] = -t[i] * z * scale;
    }
    return sum / x.length;
  },
};

export const softMargin = {
  valueAndGrad(x, t, g) {
    const scale = 1 / x.length;
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const z = -t[i] * x[i];
      const e = Math.exp(-Math.abs(z));
      sum += Math.max(z, 0) + Math.log1p(e);
      g[i] = ((-t[i] * (z > 0 ? 1 : e)) / (1 + e)) * scale;
    }
    return sum / x.length;
  },
};

export const hingeEmbedding = {
  valueAndGrad(x, t, g) {
    const scale = 1 / x.length;
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      if (t[i] === 1) {
        sum += x[i];
        g[i] = scale;
      } else if (x[i] <= 1) {
        sum += 1 - x[i];
        g[i] = -scale;
      } else {
        g[i] = 0;
      }
    }
    return sum / x.length;
  },
};

/** Of a log-probability to a probability. */
export const klDivergence = {
  valueAndGrad(x, t, g) {
    const scale = 1 / x.length;
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      if (t[i] > 0) sum += t[i] * (Math.log(t[i]) - x[i]);
      g[i] = -t[i] * scale;
    }
    return sum / x.length;
  },
};

export const sigmoid = {
  forward(x, _, y) {
    for (let i = 0; i < x.length; i++) y[i] = 1 / (1 + Math.exp(-x[i]));
  },
};

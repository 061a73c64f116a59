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

/** Targets are 0 and 1 alone: a loop for those between takes two logarithms, and 1.4 times as long. */
export const binaryCrossEntropy = {
  valueAndGrad(p, t, g) {
    const scale = 1 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const positive = t[i] === 1;
      const hit = positive ? p[i] : 1 - p[i];
      sum -= Math.max(Math.log(hit), -100);
      const slope = scale / Math.max(hit, 1e-12);
      g[i] = positive ? -slope : slope;
    }
    return sum / p.length;
  },
};

/** Of the default alpha 0.25 and gamma 2, with targets 0 and 1 alone. */
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
      const sign = t[i];
      const z = 1 - sign * x[i];
      if (z >= 0) {
        sum += z;
        g[i] = -sign * scale;
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
      const sign = t[i];
      const z = Math.max(0, 1 - sign * x[i]);
      sum += z * z;
      g[i] = -sign * z * scale;
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
      const distance = x[i];
      if (t[i] === 1) {
        sum += distance;
        g[i] = scale;
      } else if (distance <= 1) {
        sum += 1 - distance;
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

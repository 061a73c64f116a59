/** Losses that compare vectors, which are rows; and those of three arrays element by element. */

export const gaussianNll = {
  valueAndGrad([p, t, v], [g, h], { count }) {
    const scale = 1 / count;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const variance = Math.max(v[i], 1e-6);
      const precision = 1 / variance;
      const d = p[i] - t[i];
      const square = d * d * precision;
      sum += Math.log(variance) + square;
      g[i] = d * precision * scale;
      h[i] = v[i] < 1e-6 ? 0 : (1 - square) * precision * 0.5 * scale;
    }
    return 0.5 * sum * scale;
  },
};

export const marginRanking = {
  valueAndGrad([a, b, t], [g, h], { count }) {
    const scale = 1 / count;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const loss = t[i] * (b[i] - a[i]);
      if (loss >= 0) {
        const slope = t[i] * scale;
        sum += loss;
        g[i] = -slope;
        h[i] = slope;
      } else {
        g[i] = 0;
        h[i] = 0;
      }
    }
    return sum * scale;
  },
};

export const cosineSimilarity = {
  valueAndGrad([x, t], [g], { rows, classes }) {
    let sum = 0;
    for (let start = 0; start < x.length; start += classes) {
      const end = start + classes;
      let xx = 0;
      let tt = 0;
      let xt = 0;
      for (let i = start; i < end; i++) {
        xx += x[i] * x[i];
        tt += t[i] * t[i];
        xt += x[i] * t[i];
      }
      const share = 1 / Math.sqrt(xx * tt);
      const cosine = xt * share;
      sum -= cosine;
      const own = cosine / (xx * rows);
      const other = share / rows;
      for (let i = start; i < end; i++) g[i] = own * x[i] - other * t[i];
    }
    return sum / rows;
  },
};

export const cosineEmbedding = {
  valueAndGrad([x, y, target], [g, h], { rows, classes }) {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const start = row * classes;
      const end = start + classes;
      let xx = 1e-12;
      let yy = 1e-12;
      let xy = 0;
      for (let i = start; i < end; i++) {
        xx += x[i] * x[i];
        yy += y[i] * y[i];
        xy += x[i] * y[i];
      }
      const share = 1 / Math.sqrt(xx * yy);
      const cosine = xy * share;
      sum += target[row] > 0 ? 1 - cosine : Math.max(cosine, 0);
      const slope = (target[row] > 0 ? -1 : cosine >= 0 ? 1 : 0) / rows;
      const other = slope * share;
      const ownX = (slope * cosine) / xx;
      const ownY = (slope * cosine) / yy;
      for (let i = start; i < end; i++) {
        g[i] = other * y[i] - ownX * x[i];
        h[i] = other * x[i] - ownY * y[i];
      }
    }
    return sum / rows;
  },
};

export const tripletMargin = {
  valueAndGrad([a, p, n], [ga, gp, gn], { rows, classes }) {
    let sum = 0;
    for (let start = 0; start < a.length; start += classes) {
      const end = start + classes;
      let nearSquare = 0;
      let farSquare = 0;
      for (let i = start; i < end; i++) {
        const near = a[i] - p[i] + 1e-6;
        const far = a[i] - n[i] + 1e-6;
        nearSquare += near * near;
        farSquare += far * far;
      }
      const near = Math.sqrt(nearSquare);
      const far = Math.sqrt(farSquare);
      const loss = near - far + 1;
      if (loss > 0) sum += loss;
      const scale = loss >= 0 ? 1 / rows : 0;
      const nearScale = scale / near;
      const farScale = scale / far;
      for (let i = start; i < end; i++) {
        const toPositive = (a[i] - p[i] + 1e-6) * nearScale;
        const toNegative = (a[i] - n[i] + 1e-6) * farScale;
        ga[i] = toPositive - toNegative;
        gp[i] = -toPositive;
        gn[i] = toNegative;
      }
    }
    return sum / rows;
  },
};

/** Rows of length 1 into `unit`, and the lengths that they had into `norms`. */
function normalize(x, unit, norms, classes) {
  for (let row = 0; row < norms.length; row++) {
    const start = row * classes;
    const end = start + classes;
    let sum = 0;
    for (let i = start; i < end; i++) sum += x[i] * x[i];
    const norm = Math.sqrt(sum);
    norms[row] = norm;
    for (let i = start; i < end; i++) unit[i] = x[i] / norm;
  }
}

/** From the gradient of the rows of length 1 to that of the rows themselves: without its part along the row. */
function normalizeGradient(unitGradient, unit, norms, g, classes) {
  for (let row = 0; row < norms.length; row++) {
    const start = row * classes;
    const end = start + classes;
    let along = 0;
    for (let i = start; i < end; i++) along += unitGradient[i] * unit[i];
    for (let i = start; i < end; i++) g[i] = (unitGradient[i] - unit[i] * along) / norms[row];
  }
}

/** Of the default temperature 0.1. */
export const infoNce = {
  scratch({ rows, count }) {
    const [queryNorms, keyNorms, weights] = Array.from({ length: 3 }, () => new Float64Array(rows));
    const [queries, keys, queryGradient, keyGradient] = Array.from({ length: 4 }, () => new Float64Array(count));
    return { queryNorms, keyNorms, weights, queries, keys, queryGradient, keyGradient };
  },
  valueAndGrad([q, k], [g, h], { rows, classes }, { queryNorms, keyNorms, weights, queries, keys, queryGradient, keyGradient }) {
    normalize(q, queries, queryNorms, classes);
    normalize(k, keys, keyNorms, classes);
    queryGradient.fill(0);
    keyGradient.fill(0);
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const query = row * classes;
      let maximum = -Infinity;
      for (let other = 0; other < rows; other++) {
        const key = other * classes;
        let product = 0;
        for (let i = 0; i < classes; i++) product += queries[query + i] * keys[key + i];
        const similarity = product / 0.1;
        weights[other] = similarity;
        if (similarity > maximum) maximum = similarity;
      }
      const own = weights[row];
      let sum = 0;
      for (let other = 0; other < rows; other++) {
        const e = Math.exp(weights[other] - maximum);
        weights[other] = e;
        sum += e;
      }
      total += maximum + Math.log(sum) - own;
      for (let other = 0; other < rows; other++) {
        const key = other * classes;
        const slope = (weights[other] / sum - (other === row ? 1 : 0)) / (0.1 * rows);
        for (let i = 0; i < classes; i++) {
          queryGradient[query + i] += slope * keys[key + i];
          keyGradient[key + i] += slope * queries[query + i];
        }
      }
    }
    normalizeGradient(queryGradient, queries, queryNorms, g, classes);
    normalizeGradient(keyGradient, keys, keyNorms, h, classes);
    return total / rows;
  },
};

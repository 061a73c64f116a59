/** Losses with several inputs, of vectors, regions and sequences: textbook formulas, and the data on which each is measured. */

/** All gradients of a loss as one array, the output of an answer. */
export function joined(gradients) {
  if (gradients.length === 1) return gradients[0];
  const length = gradients.reduce((sum, gradient) => sum + gradient.length, 0);
  const all = new gradients[0].constructor(length);
  let start = 0;
  for (const gradient of gradients) {
    all.set(gradient, start);
    start += gradient.length;
  }
  return all;
}

/** The sum of the products of `size` numbers of x and of t, from where each begins. */
function dot(x, t, start, tStart, size) {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += x[start + i] * t[tStart + i];
  return sum;
}

/** The Tversky loss of a single region. */
function tversky([p, t], [g], { count }, alpha, beta, smooth) {
  let hits = 0;
  let predicted = 0;
  let actual = 0;
  for (let i = 0; i < count; i++) {
    hits += p[i] * t[i];
    predicted += p[i];
    actual += t[i];
  }
  const whole = hits + alpha * (predicted - hits) + beta * (actual - hits) + smooth;
  const slope = (hits + smooth) / (whole * whole);
  for (let i = 0; i < count; i++) g[i] = slope * (alpha + (1 - alpha - beta) * t[i]) - t[i] / whole;
  return 1 - (hits + smooth) / whole;
}

/** The cosine of two rows with its slopes' factors: of the other row, and of the row itself. */
function cosineOf(x, t, start, size, eps) {
  const xx = dot(x, x, start, start, size) + eps;
  const tt = dot(t, t, start, start, size) + eps;
  const share = 1 / Math.sqrt(xx * tt);
  const cosine = dot(x, t, start, start, size) * share;
  return { cosine, share, own: cosine / xx, other: cosine / tt };
}

/** The norm of a - b + eps of a row. */
function distance(a, b, start, size, eps) {
  let sum = 0;
  for (let i = start; i < start + size; i++) sum += (a[i] - b[i] + eps) ** 2;
  return Math.sqrt(sum);
}

function logOfSum(a, b) {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
}

/** Sequences of a matrix of `rows` times: how many, of how many times each, with how many labels. */
export function sequencesOf({ rows }) {
  const count = rows >= 100 ? 20 : 1;
  const times = Math.floor(rows / count);
  return { count, times, labels: Math.min(10, Math.floor(times / 2)) };
}

/** Forward and backward over the states of each sequence, in logarithms. */
function alignments([x, labels], [g], workload, logOf) {
  const { classes } = workload;
  const { count, times, labels: length } = sequencesOf(workload);
  const states = 2 * length + 1;
  let total = 0;
  for (let n = 0; n < count; n++) {
    const label = (s) => (s % 2 === 0 ? 0 : labels[n * length + (s >> 1)]);
    const skips = (s) => s % 2 === 1 && s > 1 && label(s) !== label(s - 2);
    const at = (t, s) => logOf(x, (t * count + n) * classes, label(s));
    const forward = Array.from({ length: times }, () => new Float64Array(states).fill(-Infinity));
    const backward = Array.from({ length: times }, () => new Float64Array(states).fill(-Infinity));
    for (let t = 0; t < times; t++) {
      for (let s = 0; s < states; s++) {
        let from = t === 0 ? (s < 2 ? 0 : -Infinity) : forward[t - 1][s];
        if (t > 0 && s > 0) from = logOfSum(from, forward[t - 1][s - 1]);
        if (t > 0 && skips(s)) from = logOfSum(from, forward[t - 1][s - 2]);
        forward[t][s] = from + at(t, s);
      }
    }
    for (let t = times - 1; t >= 0; t--) {
      for (let s = states - 1; s >= 0; s--) {
        let to = t === times - 1 ? (s > states - 3 ? 0 : -Infinity) : backward[t + 1][s];
        if (t < times - 1 && s < states - 1) to = logOfSum(to, backward[t + 1][s + 1]);
        if (t < times - 1 && s < states - 2 && skips(s + 2)) to = logOfSum(to, backward[t + 1][s + 2]);
        backward[t][s] = to + at(t, s);
      }
    }
    const loss = -logOfSum(forward[times - 1][states - 1], forward[times - 1][states - 2]);
    const scale = 1 / (length * count);
    for (let t = 0; t < times; t++) {
      const start = (t * count + n) * classes;
      for (let c = 0; c < classes; c++) g[start + c] = scale * Math.exp(logOf(x, start, c));
      for (let s = 0; s < states; s++) g[start + label(s)] -= scale * Math.exp(forward[t][s] + backward[t][s] - at(t, s) + loss);
    }
    total += loss * scale;
  }
  return total;
}

const sequenceOptions = (workload) => {
  const { count, times, labels } = sequencesOf(workload);
  return { classes: workload.classes, inputLengths: new Int32Array(count).fill(times), targetLengths: new Int32Array(count).fill(labels) };
};

/** As many labels as the sequences have, none of them the blank. */
const sequenceLabels = ({ target }, workload) => {
  const { count, labels } = sequencesOf(workload);
  return target.slice(0, count * labels).map((label) => 1 + (label % (workload.classes - 1)));
};

const rows = [1000, 100];
const byRows = ({ classes }) => ({ dimensions: classes });
const pair = ({ prediction, target }) => [prediction, target];
const triple = ({ prediction, target, third }) => [prediction, target, third];

/**
 * By name: the distributions of the inputs, of which `third` has one for each element, or for each row if `thirdByRow`;
 * the `size`; the `inputs` and `options` of a call; the inputs that are `graded`, by name, with their index; and `run`, which
 * writes their gradients and returns the mean: the truth, whose formulas no contender shares.
 */
export const sampleFormulas = {
  gaussianNll: {
    prediction: "number",
    target: "number",
    third: "positive",
    size: 1e5,
    inputs: triple,
    graded: { prediction: 0, variance: 2 },
    run([p, t, v], [g, h], { count }) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const variance = Math.max(v[i], 1e-6);
        const d = p[i] - t[i];
        sum += (Math.log(variance) + (d * d) / variance) / 2;
        g[i] = d / variance / count;
        h[i] = v[i] < 1e-6 ? 0 : (1 - (d * d) / variance) / (2 * variance * count);
      }
      return sum / count;
    },
  },
  marginRanking: {
    prediction: "number",
    target: "number",
    third: "sign",
    size: 1e5,
    inputs: triple,
    graded: { input1: 0, input2: 1 },
    run([a, b, t], [g, h], { count }) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const loss = -t[i] * (a[i] - b[i]);
        const slope = loss >= 0 ? t[i] / count : 0;
        if (loss > 0) sum += loss;
        g[i] = -slope;
        h[i] = slope;
      }
      return sum / count;
    },
  },
  cosineSimilarity: {
    prediction: "number",
    target: "number",
    size: rows,
    inputs: pair,
    options: byRows,
    graded: { prediction: 0 },
    run([x, t], [g], { rows: vectors, classes }) {
      let sum = 0;
      for (let start = 0; start < vectors * classes; start += classes) {
        const { cosine, share, own } = cosineOf(x, t, start, classes, 0);
        sum -= cosine;
        for (let i = start; i < start + classes; i++) g[i] = (own * x[i] - share * t[i]) / vectors;
      }
      return sum / vectors;
    },
  },
  cosineEmbedding: {
    prediction: "number",
    target: "number",
    third: "sign",
    thirdByRow: true,
    size: rows,
    inputs: triple,
    options: byRows,
    graded: { input1: 0, input2: 1 },
    run([x, y, target], [g, h], { rows: pairs, classes }) {
      let sum = 0;
      for (let row = 0; row < pairs; row++) {
        const start = row * classes;
        const { cosine, share, own, other } = cosineOf(x, y, start, classes, 1e-12);
        sum += target[row] > 0 ? 1 - cosine : Math.max(cosine, 0);
        const slope = (target[row] > 0 ? -1 : cosine >= 0 ? 1 : 0) / pairs;
        for (let i = start; i < start + classes; i++) {
          g[i] = slope * (share * y[i] - own * x[i]);
          h[i] = slope * (share * x[i] - other * y[i]);
        }
      }
      return sum / pairs;
    },
  },
  tripletMargin: {
    prediction: "number",
    target: "number",
    third: "number",
    size: rows,
    inputs: triple,
    options: byRows,
    graded: { anchor: 0, positive: 1, negative: 2 },
    run([a, p, n], [ga, gp, gn], { rows: triples, classes }) {
      let sum = 0;
      for (let start = 0; start < triples * classes; start += classes) {
        const near = distance(a, p, start, classes, 1e-6);
        const far = distance(a, n, start, classes, 1e-6);
        const loss = near - far + 1;
        const scale = loss >= 0 ? 1 / triples : 0;
        if (loss > 0) sum += loss;
        for (let i = start; i < start + classes; i++) {
          const toPositive = ((a[i] - p[i] + 1e-6) / near) * scale;
          const toNegative = ((a[i] - n[i] + 1e-6) / far) * scale;
          ga[i] = toPositive - toNegative;
          gp[i] = -toPositive;
          gn[i] = toNegative;
        }
      }
      return sum / triples;
    },
  },
  infoNce: {
    prediction: "number",
    target: "number",
    size: [250, 400],
    inputs: pair,
    options: byRows,
    graded: { queries: 0, keys: 1 },
    run([q, k], [g, h], { rows: count, classes }) {
      const norms = (x) => Float64Array.from({ length: count }, (_, i) => Math.sqrt(dot(x, x, i * classes, i * classes, classes)));
      const [queryNorms, keyNorms] = [norms(q), norms(k)];
      const [dq, dk] = [new Float64Array(q.length), new Float64Array(k.length)];
      const similarities = new Float64Array(count);
      let total = 0;
      for (let i = 0; i < count; i++) {
        let maximum = -Infinity;
        for (let j = 0; j < count; j++) {
          similarities[j] = dot(q, k, i * classes, j * classes, classes) / (queryNorms[i] * keyNorms[j] * 0.1);
          if (similarities[j] > maximum) maximum = similarities[j];
        }
        let sum = 0;
        for (let j = 0; j < count; j++) sum += Math.exp(similarities[j] - maximum);
        total += maximum + Math.log(sum) - similarities[i];
        for (let j = 0; j < count; j++) {
          const slope = (Math.exp(similarities[j] - maximum) / sum - (i === j ? 1 : 0)) / (0.1 * count);
          for (let c = 0; c < classes; c++) {
            dq[i * classes + c] += (slope * k[j * classes + c]) / keyNorms[j];
            dk[j * classes + c] += (slope * q[i * classes + c]) / queryNorms[i];
          }
        }
      }
      for (const [x, norm, from, to] of [
        [q, queryNorms, dq, g],
        [k, keyNorms, dk, h],
      ]) {
        for (let i = 0; i < count; i++) {
          const along = dot(from, x, i * classes, i * classes, classes) / norm[i] ** 2;
          for (let c = i * classes; c < (i + 1) * classes; c++) to[c] = (from[c] - x[c] * along) / norm[i];
        }
      }
      return total / count;
    },
  },
  dice: {
    prediction: "probability",
    target: "either",
    size: 1e5,
    inputs: pair,
    graded: { prediction: 0 },
    run: (inputs, outputs, workload) => tversky(inputs, outputs, workload, 0.5, 0.5, 0.5),
  },
  tversky: {
    prediction: "probability",
    target: "either",
    size: 1e5,
    inputs: pair,
    graded: { prediction: 0 },
    run: (inputs, outputs, workload) => tversky(inputs, outputs, workload, 0.5, 0.5, 1),
  },
  ctc: {
    prediction: "logProbability",
    target: "label",
    size: rows,
    inputs: (made, workload) => [made.prediction, sequenceLabels(made, workload)],
    options: sequenceOptions,
    graded: { logProbabilities: 0 },
    run: (inputs, outputs, workload) => alignments(inputs, outputs, workload, (x, start, c) => x[start + c]),
  },
  ctcWithLogits: {
    prediction: "logit",
    target: "label",
    size: rows,
    inputs: (made, workload) => [made.prediction, sequenceLabels(made, workload)],
    options: sequenceOptions,
    graded: { logits: 0 },
    run([x, labels], outputs, workload) {
      const { classes } = workload;
      const logs = new Float64Array(x.length);
      for (let start = 0; start < x.length; start += classes) {
        let maximum = -Infinity;
        for (let i = start; i < start + classes; i++) if (x[i] > maximum) maximum = x[i];
        let sum = 0;
        for (let i = start; i < start + classes; i++) sum += Math.exp(x[i] - maximum);
        for (let i = start; i < start + classes; i++) logs[i] = x[i] - maximum - Math.log(sum);
      }
      return alignments([logs, labels], outputs, workload, (l, start, c) => l[start + c]);
    },
  },
};

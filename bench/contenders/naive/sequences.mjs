/** Connectionist temporal classification: forward and backward over the states of each sequence, in logarithms. */

import { sequencesOf } from "../../samples.mjs";
import { exponentials, largest, multiply } from "./softmax.mjs";

/** log(e^a + e^b + e^c). */
function logSumExp(a, b, c) {
  let maximum = a > b ? a : b;
  if (c > maximum) maximum = c;
  if (maximum === -Infinity) return maximum;
  return maximum + Math.log(Math.exp(a - maximum) + Math.exp(b - maximum) + Math.exp(c - maximum));
}

/** Per state its class, whether it may follow the state before the last, and by time the logarithms. */
function scratch(workload) {
  const { times, labels } = sequencesOf(workload);
  const states = 2 * labels + 1;
  const [emitted, forward, backward] = Array.from({ length: 3 }, () => new Float64Array(times * states));
  return { classOf: new Int32Array(states), skips: new Uint8Array(states), emitted, forward, backward };
}

/** Subtracts the states' probabilities from the gradient; returns the mean of the negative log-probabilities by label. */
function align(logP, labels, g, workload, { classOf, skips, emitted, forward, backward }) {
  const { classes } = workload;
  const { count, times, labels: length } = sequencesOf(workload);
  const states = classOf.length;
  const scale = 1 / (length * count);
  let total = 0;
  for (let n = 0; n < count; n++) {
    for (let s = 1; s < states; s += 2) {
      classOf[s] = labels[n * length + (s >> 1)];
      skips[s] = s > 1 && classOf[s] !== classOf[s - 2] ? 1 : 0;
    }
    for (let t = 0; t < times; t++) {
      const start = (t * count + n) * classes;
      for (let s = 0; s < states; s++) emitted[t * states + s] = logP[start + classOf[s]];
    }
    for (let s = 0; s < states; s++) forward[s] = s < 2 ? emitted[s] : -Infinity;
    for (let t = 1; t < times; t++) {
      for (let s = 0; s < states; s++) {
        const at = t * states + s;
        const last = at - states;
        const step = s > 0 ? forward[last - 1] : -Infinity;
        const skip = skips[s] === 1 ? forward[last - 2] : -Infinity;
        forward[at] = emitted[at] + logSumExp(forward[last], step, skip);
      }
    }
    const end = times * states - 1;
    for (let s = 0; s < states; s++) backward[end - s] = s < 2 ? emitted[end - s] : -Infinity;
    for (let t = times - 2; t >= 0; t--) {
      for (let s = 0; s < states; s++) {
        const at = t * states + s;
        const next = at + states;
        const step = s + 1 < states ? backward[next + 1] : -Infinity;
        const skip = s + 2 < states && skips[s + 2] === 1 ? backward[next + 2] : -Infinity;
        backward[at] = emitted[at] + logSumExp(backward[next], step, skip);
      }
    }
    const loss = -logSumExp(forward[end], forward[end - 1], -Infinity);
    for (let t = 0; t < times; t++) {
      const start = (t * count + n) * classes;
      for (let s = 0; s < states; s++) {
        const at = t * states + s;
        g[start + classOf[s]] -= scale * Math.exp(forward[at] + backward[at] - emitted[at] + loss);
      }
    }
    total += loss * scale;
  }
  return total;
}

const scaleOf = (workload) => {
  const { count, labels } = sequencesOf(workload);
  return 1 / (labels * count);
};

export const ctc = {
  scratch,
  valueAndGrad([logP, labels], [g], workload, held) {
    const scale = scaleOf(workload);
    for (let i = 0; i < logP.length; i++) g[i] = scale * Math.exp(logP[i]);
    return align(logP, labels, g, workload, held);
  },
};

export const ctcWithLogits = {
  scratch: (workload) => ({ ...scratch(workload), logP: new Float64Array(workload.count) }),
  valueAndGrad([x, labels], [g], workload, held) {
    const { classes } = workload;
    const { logP } = held;
    const scale = scaleOf(workload);
    for (let start = 0; start < x.length; start += classes) {
      const end = start + classes;
      const maximum = largest(x, start, end);
      const sum = exponentials(x, start, end, maximum, g);
      multiply(g, start, end, scale / sum);
      const logSumExp = maximum + Math.log(sum);
      for (let i = start; i < end; i++) logP[i] = x[i] - logSumExp;
    }
    return align(logP, labels, g, workload, held);
  },
};

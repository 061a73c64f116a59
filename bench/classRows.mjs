/** Textbook formulas of the losses over classes without a softmax, as in rows.mjs; `whole` ones take the whole target. */

export const classRows = {
  categoricalFocal: {
    prediction: "probability",
    target: "label",
    value(p, start, end, label, g) {
      const [at, rest] = [p[label], 1 - p[label]];
      if (g !== undefined) g.fill(0, start, end)[label] = 0.25 * (2 * rest * Math.log(at) - (rest * rest) / at);
      return -0.25 * rest * rest * Math.log(at);
    },
  },
  brier: {
    prediction: "probability",
    target: "label",
    value(p, start, end, label, g) {
      let sum = 0;
      for (let i = start; i < end; i++) {
        const d = i === label ? p[i] - 1 : p[i];
        sum += d * d;
        if (g !== undefined) g[i] = 2 * d;
      }
      return sum;
    },
  },
  categoricalHinge: {
    prediction: "logit",
    target: "label",
    value(x, start, end, label, g) {
      let [most, best] = [0, label];
      for (let i = start; i < end; i++) {
        if (i !== label && x[i] > most) {
          most = x[i];
          best = i;
        }
      }
      const loss = Math.max(0, 1 + most - x[label]);
      if (g !== undefined) {
        g.fill(0, start, end);
        if (loss > 0) {
          g[label] -= 1;
          if (best !== label) g[best] += 1;
        }
      }
      return loss;
    },
  },
  multiMargin: {
    prediction: "logit",
    target: "label",
    value(x, start, end, label, g) {
      const share = 1 / (end - start);
      let [sum, hits] = [0, 0];
      for (let i = start; i < end; i++) {
        const z = i === label ? 0 : 1 - x[label] + x[i];
        if (z > 0) {
          sum += z;
          hits++;
        }
        if (g !== undefined) g[i] = z > 0 ? share : 0;
      }
      if (g !== undefined) g[label] = -hits * share;
      return sum * share;
    },
  },
  multilabelMargin: {
    prediction: "logit",
    target: "labelList",
    whole: true,
    value(x, start, end, lists, g) {
      const classes = end - start;
      const listed = new Uint8Array(classes);
      let count = 0;
      while (count < classes && lists[start + count] >= 0) listed[lists[start + count++]] = 1;
      g?.fill(0, start, end);
      let sum = 0;
      for (let k = 0; k < count; k++) {
        const label = start + lists[start + k];
        for (let i = start; i < end; i++) {
          const z = listed[i - start] ? 0 : 1 - x[label] + x[i];
          if (z <= 0) continue;
          sum += z;
          if (g !== undefined) {
            g[i] += 1 / classes;
            g[label] -= 1 / classes;
          }
        }
      }
      return sum / classes;
    },
  },
  multilabelSoftMargin: {
    prediction: "logit",
    target: "either",
    whole: true,
    value(x, start, end, t, g) {
      const classes = end - start;
      let sum = 0;
      for (let i = start; i < end; i++) {
        const e = Math.exp(-Math.abs(x[i]));
        sum += Math.max(x[i], 0) - x[i] * t[i] + Math.log1p(e);
        if (g !== undefined) g[i] = ((1 - t[i]) * (x[i] < 0 ? e : 1) - t[i] * (x[i] < 0 ? 1 : e)) / (1 + e) / classes;
      }
      return sum / classes;
    },
  },
  jensenShannon: {
    prediction: "probability",
    target: "probability",
    whole: true,
    value(p, start, end, t, g) {
      let sum = 0;
      for (let i = start; i < end; i++) {
        const log = Math.log((2 * p[i]) / (p[i] + t[i]));
        sum += p[i] * log + t[i] * Math.log((2 * t[i]) / (p[i] + t[i]));
        if (g !== undefined) g[i] = log / 2;
      }
      return sum / 2;
    },
  },
};

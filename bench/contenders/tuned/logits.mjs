/** Losses and functions of a logit, with an exponential that is inlined. */

/** Between this and its negative, many log(1 + e^-|x|) are a single logarithm, of the product of their arguments. */
const SATURATED = 7;
/** Elements of a product: each factor lies within 1/2 and 2, so that it stays a normal number. */
const BLOCK = 512;

/** log(1 + e) with f64's digits for e <= e^-7, where a product would lose them. */
const log1pOfSmall = (e) => e * (1 - e * (1 / 2 - e * (1 / 3 - e * (1 / 4 - e * (1 / 5)))));

export const binaryCrossEntropyWithLogitsBy = (exp) => ({
  value(x, t) {
    let sum = 0;
    for (let start = 0; start < x.length; start += BLOCK) {
      const end = Math.min(start + BLOCK, x.length);
      let product = 1;
      for (let i = start; i < end; i++) {
        const size = Math.abs(x[i]);
        const e = exp(-size);
        sum += 0.5 * (x[i] + size) - x[i] * t[i];
        if (size > SATURATED) sum += log1pOfSmall(e);
        else product *= 1 + e;
      }
      sum += Math.log(product);
    }
    return sum / x.length;
  },
  /** The larger of sigmoid and 1 - sigmoid is 1 / (1 + e^-|x|): one exponential and one division serve value and gradient. */
  valueAndGrad(x, t, g) {
    const scale = 1 / x.length;
    let sum = 0;
    for (let start = 0; start < x.length; start += BLOCK) {
      const end = Math.min(start + BLOCK, x.length);
      let product = 1;
      for (let i = start; i < end; i++) {
        const size = Math.abs(x[i]);
        const e = exp(-x[i]);
        const sigmoid = 1 / (1 + e);
        g[i] = (sigmoid - t[i]) * scale;
        sum += 0.5 * (x[i] + size) - x[i] * t[i];
        if (size > SATURATED) sum += log1pOfSmall(x[i] > 0 ? e : sigmoid / (1 - sigmoid));
        else product *= 0.5 + Math.abs(sigmoid - 0.5);
      }
      sum -= Math.log(product);
    }
    return sum / x.length;
  },
});

export const sigmoidBy = (exp) => ({
  forward(x, _, y) {
    for (let i = 0; i < x.length; i++) y[i] = 1 / (1 + exp(-x[i]));
  },
});

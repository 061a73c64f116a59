/** Losses of the overlap of two regions. */

/** With `falsePositives` and `falseNegatives` the weights of the two kinds of error, `smooth` added to both sides of the fraction. */
function tverskyOf(p, t, g, falsePositives, falseNegatives, smooth) {
  let hits = 0;
  let predicted = 0;
  let actual = 0;
  for (let i = 0; i < p.length; i++) {
    hits += p[i] * t[i];
    predicted += p[i];
    actual += t[i];
  }
  const whole = hits + falsePositives * (predicted - hits) + falseNegatives * (actual - hits) + smooth;
  const index = (hits + smooth) / whole;
  const outside = (index * falsePositives) / whole;
  const inside = (index * (1 - falsePositives - falseNegatives) - 1) / whole;
  for (let i = 0; i < p.length; i++) g[i] = outside + inside * t[i];
  return 1 - index;
}

/** The Dice index is Tversky's with halves for weights; its smoothing, of twice the fraction, halves too. */
export const dice = { valueAndGrad: ([p, t], [g]) => tverskyOf(p, t, g, 0.5, 0.5, 0.5) };

export const tversky = { valueAndGrad: ([p, t], [g]) => tverskyOf(p, t, g, 0.5, 0.5, 1) };

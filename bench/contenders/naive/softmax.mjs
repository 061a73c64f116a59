/** The steps of a softmax over a row, which begins at `start` and ends before `end`. */

export function largest(x, start, end) {
  let maximum = -Infinity;
  for (let i = start; i < end; i++) if (x[i] > maximum) maximum = x[i];
  return maximum;
}

/** The sum of the exponentials of a row less its maximum. */
export function sumOfExponentials(x, start, end, maximum) {
  let sum = 0;
  for (let i = start; i < end; i++) sum += Math.exp(x[i] - maximum);
  return sum;
}

/** The same, with the exponentials written to `y`. */
export function exponentials(x, start, end, maximum, y) {
  let sum = 0;
  for (let i = start; i < end; i++) {
    const e = Math.exp(x[i] - maximum);
    y[i] = e;
    sum += e;
  }
  return sum;
}

export function multiply(y, start, end, factor) {
  for (let i = start; i < end; i++) y[i] *= factor;
}

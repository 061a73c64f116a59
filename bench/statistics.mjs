/** Order statistics. */

/** The number below which a share `q` of the numbers lie, interpolated. */
export function quantile(numbers, q) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = Math.floor(at);
  const above = Math.ceil(at);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

export const median = (numbers) => quantile(numbers, 0.5);

/** Median and quartiles. */
export const summary = (numbers) => ({ median: median(numbers), low: quantile(numbers, 0.25), high: quantile(numbers, 0.75) });

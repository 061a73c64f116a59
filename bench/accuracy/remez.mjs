/** Minimax fits: the coefficients, exactly representable in the target precision, of the smallest largest weighted error. */

import { Decimal } from "decimal.js";

/** Fifty digits: the fits' linear systems lose about twenty. */
export const Real = Decimal.clone({ precision: 50 });

/** The number itself: Decimal's constructor would take the shortest decimal that rounds to it. */
export function exact(x) {
  let integer = x;
  let exponent = 0;
  while (!Number.isInteger(integer)) {
    integer *= 2;
    exponent -= 1;
  }
  return new Real(BigInt(integer).toString()).times(new Real(2).pow(exponent));
}

const NODES = 400;
const EXCHANGES = 300;
const LEVELLED = 1.0001;

/**
 * Fits `target` by a combination of `basis(x)` over [low, high], the error weighted by `weight(x)`. With
 * `low` = 0 the nodes are dense at `high` only: an error relative to a function that vanishes at 0 is small there.
 *
 * A Remez exchange on Chebyshev nodes gives the best real coefficients. Then they are rounded one after
 * another, from the lowest power on, each time refitting all that are still free: the later ones make up for
 * the rounding of the earlier ones, so that the table is about as good as the real optimum.
 *
 * @returns the coefficients as numbers, and the largest weighted error of the polynomial that has them
 */
export function minimax({ low, high, basis, target, weight }, round) {
  const nodes = low === 0 ? chebyshev(-high, high, 2 * NODES).slice(0, NODES) : chebyshev(low, high, NODES);
  const weights = nodes.map((x) => weight(x).abs());
  const rows = nodes.map((x, i) => basis(x).map((value) => value.times(weights[i])));
  let goals = nodes.map((x, i) => target(x).times(weights[i]));
  const coefficients = rows[0].map((_, power) => {
    const [best] = exchange(
      rows.map((row) => row.slice(power)),
      goals,
    );
    const rounded = round(best.toNumber());
    goals = goals.map((goal, i) => goal.minus(rows[i][power].times(exact(rounded))));
    return rounded;
  });
  return { coefficients, error: largest(goals).toNumber() };
}

/** The powers of `x` from `first` on, `count` of them, in steps of `step`. */
export function powers(x, first, count, step = 1) {
  const ratio = x.pow(step);
  const values = [x.pow(first)];
  while (values.length < count) values.push(values.at(-1).times(ratio));
  return values;
}

function chebyshev(low, high, count) {
  const middle = (low + high) / 2;
  const half = (high - low) / 2;
  return Array.from({ length: count }, (_, i) => new Real(middle + half * Math.cos((Math.PI * (i + 0.5)) / count)));
}

/** Single-point exchange: the level rises at every step, even where two extrema are nearly equal. */
function exchange(rows, goals) {
  const flip = rows.map((row) => row[0].isNegative());
  const oriented = rows.map((row, i) => (flip[i] ? row.map((value) => value.neg()) : row));
  const aims = goals.map((goal, i) => (flip[i] ? goal.neg() : goal));
  const unknowns = rows[0].length;
  const points = Array.from({ length: unknowns + 1 }, (_, i) => Math.round(((rows.length - 1) * (i + 0.5)) / (unknowns + 1)));
  for (let step = 0; step < EXCHANGES; step++) {
    const solution = solve(
      points.map((p, i) => [...oriented[p], new Real(i % 2 ? -1 : 1)]),
      points.map((p) => aims[p]),
    );
    const level = solution.pop().abs();
    const errors = oriented.map((row, i) => row.reduce((sum, value, j) => sum.plus(value.times(solution[j])), aims[i].neg()));
    const worst = largest(errors);
    if (worst.lte(level.times(LEVELLED))) return solution;
    enter(
      points,
      errors.findIndex((error) => error.abs().eq(worst)),
      (p, q) => errors[p].isNegative() === errors[q].isNegative(),
    );
  }
  throw new Error("the exchange does not level");
}

/** Puts node `p` among the reference points so that the error's signs still alternate. */
function enter(points, p, sameSign) {
  const next = points.findIndex((point) => point > p);
  const last = points.length - 1;
  if (next === 0 && !sameSign(points[0], p)) points.splice(0, last + 1, p, ...points.slice(0, last));
  else if (next < 0 && !sameSign(points[last], p)) points.splice(0, last + 1, ...points.slice(1), p);
  else if (next < 0) points[last] = p;
  else if (next > 0 && sameSign(points[next - 1], p)) points[next - 1] = p;
  else points[next] = p;
}

function largest(values) {
  return values.reduce((worst, value) => Real.max(worst, value.abs()), new Real(0));
}

/** Gaussian elimination with pivoting; overwrites its arguments. */
function solve(matrix, right) {
  const size = right.length;
  for (let c = 0; c < size; c++) {
    let pivot = c;
    for (let r = c + 1; r < size; r++) if (matrix[r][c].abs().gt(matrix[pivot][c].abs())) pivot = r;
    [matrix[c], matrix[pivot]] = [matrix[pivot], matrix[c]];
    [right[c], right[pivot]] = [right[pivot], right[c]];
    for (let r = c + 1; r < size; r++) {
      const factor = matrix[r][c].div(matrix[c][c]);
      for (let k = c; k < size; k++) matrix[r][k] = matrix[r][k].minus(factor.times(matrix[c][k]));
      right[r] = right[r].minus(factor.times(right[c]));
    }
  }
  const solution = new Array(size);
  for (let r = size - 1; r >= 0; r--) {
    let sum = right[r];
    for (let k = r + 1; k < size; k++) sum = sum.minus(matrix[r][k].times(solution[k]));
    solution[r] = sum.div(matrix[r][r]);
  }
  return solution;
}

/** Reverse-mode differentiation of textbook formulas in f64: a value, its slopes, and how far roundings may move either. */

/** A number that remembers of what it was made. */
export class Term {
  /** The derivative of the result with respect to this number, and the magnitude of the numbers whose sum that is. */
  slope = 0;
  size = 0;

  constructor(
    readonly value: number,
    /** The magnitude of the numbers whose sum this is: what a rounding of each part moves it by. */
    readonly magnitude: number = 0,
    private readonly parents: readonly (readonly [Term, number])[] = [],
  ) {}

  /** Adds `seed` times the derivatives of this number to the slopes of all that it was made of. */
  differentiate(seed: number): void {
    const order: Term[] = [];
    const seen = new Set<Term>();
    const stack: (readonly [Term, boolean])[] = [[this, false]];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [term, done] = next;
      if (done) order.push(term);
      else if (!seen.has(term)) {
        seen.add(term);
        stack.push([term, true]);
        for (const [parent] of term.parents) stack.push([parent, false]);
      }
    }
    const own = new Map<Term, { slope: number; size: number }>(order.map((term) => [term, { slope: 0, size: 0 }]));
    own.set(this, { slope: seed, size: Math.abs(seed) });
    for (const term of order.reverse()) {
      const { slope, size } = own.get(term)!;
      term.slope += slope;
      term.size += size;
      for (const [parent, derivative] of term.parents) {
        const to = own.get(parent)!;
        to.slope += slope * derivative;
        to.size += size * Math.abs(derivative);
      }
    }
  }
}

type Operand = Term | number;

const term = (x: Operand) => (typeof x === "number" ? new Term(x) : x);

function made(value: number, ...parents: (readonly [Term, number])[]): Term {
  const magnitude = parents.reduce(
    (sum, [parent, derivative]) => sum + Math.abs(derivative) * (parent.magnitude + Math.abs(parent.value)),
    0,
  );
  return new Term(value, magnitude, parents);
}

/** The sum, with the rounding errors added back (Neumaier). */
function sumOf(numbers: readonly number[]): number {
  let [sum, lost] = [0, 0];
  for (const x of numbers) {
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
}

export const add = (...terms: readonly Operand[]) =>
  made(sumOf(terms.map((x) => term(x).value)), ...terms.map((x) => [term(x), 1] as const));
export const scale = (x: Term, factor: number) => made(x.value * factor, [x, factor]);
export const sub = (a: Operand, b: Operand) => add(a, scale(term(b), -1));
export const mul = (x: Operand, y: Operand) => {
  const [a, b] = [term(x), term(y)];
  return made(a.value * b.value, [a, b.value], [b, a.value]);
};
export const div = (x: Operand, y: Operand) => {
  const [a, b] = [term(x), term(y)];
  return made(a.value / b.value, [a, 1 / b.value], [b, -a.value / b.value ** 2]);
};
export const exp = (x: Term) => made(Math.exp(x.value), [x, Math.exp(x.value)]);
export const log = (x: Term) => made(Math.log(x.value), [x, 1 / x.value]);
export const pow = (x: Term, p: number) => made(x.value ** p, [x, x.value === 0 ? 0 : p * x.value ** (p - 1)]);
export const abs = (x: Term) => made(Math.abs(x.value), [x, Math.sign(x.value)]);
/** The larger; of equals the first. */
export const max = (x: Operand, y: Operand) => {
  const [a, b] = [term(x), term(y)];
  return a.value >= b.value ? made(a.value, [a, 1]) : made(b.value, [b, 1]);
};
export const min = (x: Operand, y: Operand) => {
  const [a, b] = [term(x), term(y)];
  return a.value <= b.value ? made(a.value, [a, 1]) : made(b.value, [b, 1]);
};
export const dot = (a: readonly Term[], b: readonly Term[]) => add(0, ...a.map((x, i) => mul(x, b[i]!)));

/** The logarithm of the sum of exponentials. */
export function logSumExp(terms: readonly Term[]): Term {
  const most = Math.max(...terms.map(({ value }) => value));
  return add(log(add(...terms.map((x) => exp(sub(x, most))))), most);
}

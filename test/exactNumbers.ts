/** Sums of numbers as integers, which have no rounding: what exact sums are held against. */

const bits = new DataView(new ArrayBuffer(8));

/** A finite number in units of the smallest one, 2^-1074. */
function units(x: number): bigint {
  bits.setFloat64(0, x);
  const raw = bits.getBigUint64(0);
  const exponent = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & 0xfffffffffffffn;
  const size = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1);
  return x < 0 ? -size : size;
}

/** The sum of finite numbers in the same units. */
export function exactSum(terms: readonly number[]): bigint {
  return terms.reduce((sum, term) => sum + units(term), 0n);
}

/** Whether no number is closer to the sum of the terms. */
export function correctlyRounded(got: number, terms: readonly number[]): boolean {
  const exact = exactSum(terms);
  const off = exact > units(got) ? exact - units(got) : units(got) - exact;
  bits.setFloat64(0, got);
  const exponent = Number((bits.getBigUint64(0) >> 52n) & 0x7ffn);
  return 2n * off <= 1n << BigInt(Math.max(exponent - 1, 0));
}

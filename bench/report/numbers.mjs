/** How numbers are written in reports. */

/** Three significant digits, without exponents. */
export function digits(x) {
  if (!Number.isFinite(x)) return String(x);
  if (x === 0) return "0";
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(x))));
  return x.toFixed(Math.min(decimals, 6));
}

/** A duration given in ms, in the unit in which it is easiest to read. */
export function duration(ms) {
  const size = Math.abs(ms);
  if (size >= 1) return `${digits(ms)} ms`;
  if (size >= 1e-3) return `${digits(ms * 1e3)} µs`;
  return `${digits(ms * 1e6)} ns`;
}

/** A ratio to the baseline, as a multiple. */
export const multiple = (ratio) => `${digits(ratio)}×`;

const power = (x) => (x === 0 ? "0" : x.toExponential(0));

/** Errors of value and output; a wrong answer is called one. */
export function errorText(errors) {
  if (errors === undefined) return "unchecked";
  const parts = [errors.value, errors.output].filter((error) => error !== undefined).map(power);
  return `${parts.join(" · ")}${errors.wrong ? " WRONG" : ""}`;
}

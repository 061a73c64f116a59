/** How numbers are written on the page: few digits to read, all of them for programs. */

import { element } from "./element";

const MINUS = "\u2212";

/** A number in up to `digits` significant digits, with a true minus sign. */
export function written(x: number, digits = 6): string {
  if (Number.isNaN(x)) return "undefined";
  if (!Number.isFinite(x)) return x < 0 ? `${MINUS}∞` : "∞";
  const size = Math.abs(x);
  const text =
    size !== 0 && (size < 1e-4 || size >= 10 ** Math.max(digits, 6))
      ? x
          .toExponential(Math.min(digits, 4) - 1)
          .replace(/\.?0+e/, "e")
          .replace(/e\+?(-?)(\d+)/, "e$1$2")
      : String(Number(x.toPrecision(digits)));
  return text.replaceAll("-", MINUS);
}

/** A number as an element whose `value` has all digits. */
export function numberElement(x: number, digits?: number): HTMLDataElement {
  return element("data", { value: x }, written(x, digits));
}

/** Share of a whole in percent. */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

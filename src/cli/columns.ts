/** Which of a file's columns are meant by names, lists of names and patterns. */

import { DataError } from "./failures";
import { didYouMean } from "./nearest";

/** Orders logit2 before logit10. */
export const natural = new Intl.Collator("en", { numeric: true });

/**
 * The columns that `selection` means: a column's name, or a list of names and patterns with commas between. In a
 * pattern `*` stands for any characters and `?` for one; what it matches comes in natural order.
 */
export function selectColumns(selection: string, file: string, columns: readonly string[]): readonly string[] {
  if (columns.includes(selection)) return [selection];
  return selection.split(",").flatMap((part) => {
    if (columns.includes(part)) return [part];
    const matches = /[*?]/.test(part) ? columns.filter((column) => matcher(part).test(column)).sort(natural.compare) : [];
    if (matches.length === 0)
      throw new DataError(`${file} has no column ${part}${didYouMean(part, columns)}; its columns are ${columns.join(", ")}`);
    return matches;
  });
}

function matcher(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}

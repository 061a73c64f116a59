/** The repository's own files of predictions, fetched while the page loads. */

import evaluations from "../../../evaluate.json";

const files = import.meta.glob<string>(["../../../data/*.csv", "!**/digits.csv"], { query: "?raw", import: "default" });
const texts = new Map<string, Promise<string>>();

/** The names of the files, those that the repository's evaluation has. */
export const sampleNames: readonly string[] = [...new Set(evaluations.map(({ file }) => file))];

/** The text of a file. */
export function sampleText(name: string): Promise<string> {
  const text = texts.get(name) ?? files[`../../../data/${name}`]!();
  texts.set(name, text);
  return text;
}

export function fetchSamples(): void {
  for (const name of sampleNames) void sampleText(name);
}

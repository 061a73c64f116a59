/** vite: the module `virtual:documentation`, what the library's doc comments say of each function on data. */

import { documentation } from "../../build/documentation.mjs";

const ID = "virtual:documentation";

export function documentationModule() {
  return {
    name: "documentation",
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined;
      const entries = documentation()
        .filter(({ tags }) => tags.formula !== undefined)
        .map(({ name, summary, tags }) => [
          name,
          {
            summary: plain(summary),
            formula: tags.formula[0],
            use: tags.use?.[0] ?? "",
            groups: tags.group ?? [],
            also: tags.also?.[0] ?? "",
          },
        ]);
      return `export default ${JSON.stringify(Object.fromEntries(entries))};`;
    },
  };
}

/** A doc comment's text without its links. */
function plain(text) {
  return text
    .replace(/\{@link (\w+)\}/g, "$1")
    .replaceAll("`", "")
    .replaceAll("\n", " ");
}

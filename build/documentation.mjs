/** What the doc comments of the public names say, read with the TypeScript compiler. */

import ts from "typescript";

/** The library's functions on data, which document themselves with every tag, by the property that holds their name. */
const kinds = { lossName: "loss", activationName: "activation", penaltyName: "penalty" };

/**
 * The public names in the order of their files: `name`, `file`, `kind` ("loss", "activation", "penalty", "function" or
 * "type"), `summary`, the first paragraph of the comment, and `tags`, a list of texts by tag name.
 */
export function documentation() {
  const { options } = ts.getParsedCommandLineOfConfigFile("tsconfig.json", {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail });
  const entry = "src/index.ts";
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(entry));
  return checker
    .getExportsOfModule(index)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .map((symbol) => describe(checker, symbol));
}

function describe(checker, symbol) {
  const tags = {};
  for (const { name, text } of symbol.getJsDocTags(checker)) {
    tags[name] ??= [];
    tags[name].push(ts.displayPartsToString(text).trim());
  }
  return {
    name: symbol.name,
    file: symbol.declarations[0].getSourceFile().fileName.replace(`${ts.sys.getCurrentDirectory()}/`, ""),
    kind: kindOf(checker, symbol),
    summary: ts.displayPartsToString(symbol.getDocumentationComment(checker)).split("\n\n")[0],
    tags,
  };
}

function kindOf(checker, symbol) {
  if (!(symbol.flags & ts.SymbolFlags.Value)) return "type";
  const type = checker.getTypeOfSymbol(symbol);
  const property = Object.keys(kinds).find((name) => type.getProperty(name) !== undefined);
  return kinds[property] ?? "function";
}

function fail(diagnostic) {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
}

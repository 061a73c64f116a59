/** The transform by which asc inlines what a loop does for each register. */

import { Node, NodeKind } from "assemblyscript/dist/assemblyscript.js";

const { FunctionDeclaration, MethodDeclaration } = NodeKind;

/** The functions and methods of which every call is inlined, by their sources and names. */
const inlined = [
  { path: /^assembly\/elementary\/(?!exports|called|power)/, kind: FunctionDeclaration, name: /./ },
  { path: /^assembly\/(losses\/|machine\.ts$)/, kind: MethodDeclaration, name: /./ },
  {
    path: /^assembly\/memory\.ts$/,
    kind: MethodDeclaration,
    name: /^(passes|lanes|single|bytes|load|store|loadSplat|gatherBlock|scatterBlock)$/,
  },
  { path: /^assembly\/kernels\//, kind: FunctionDeclaration, name: /At$/ },
];

/**
 * Gives them the decorator `inline`, which in the sources would stop every other compiler that reads them. What is not among
 * them asc calls, but for the smallest: around a call V8 saves and restores every register.
 */
export const inlining = {
  afterParse({ sources }) {
    for (const { normalizedPath, statements } of sources) {
      const declarations = statements.flatMap((statement) => [statement, ...(statement.members ?? [])]);
      for (const { path, kind, name } of inlined) {
        if (!path.test(normalizedPath)) continue;
        for (const declaration of declarations) {
          if (declaration.kind === kind && name.test(declaration.name.text)) inline(declaration);
        }
      }
    }
  },
};

function inline(declaration) {
  const { range } = declaration;
  declaration.decorators = [Node.createDecorator(Node.createIdentifierExpression("inline", range), null, range)];
}

/** The transform by which asc inlines what a loop does for each register. */

import { Node, NodeKind } from "assemblyscript/dist/assemblyscript.js";

/** The functions and methods of which every call is inlined, by their sources. */
const inlined = [
  { path: /^assembly\/elementary\/(?!exports|called|power)/, kind: NodeKind.FunctionDeclaration },
  { path: /^assembly\/(losses\/|machine\.ts$)/, kind: NodeKind.MethodDeclaration },
];

/**
 * Gives them the decorator `inline`, which in the sources would stop every other compiler that reads them. Left to itself,
 * asc calls what is longer than a few operations, and around a call V8 saves and restores every register.
 */
export const inlining = {
  afterParse({ sources }) {
    for (const { normalizedPath, statements } of sources) {
      const declarations = statements.flatMap((statement) => [statement, ...(statement.members ?? [])]);
      for (const { path, kind } of inlined) {
        if (!path.test(normalizedPath)) continue;
        for (const declaration of declarations) {
          if (declaration.kind === kind) inline(declaration);
        }
      }
    }
  },
};

function inline(declaration) {
  const { range } = declaration;
  declaration.decorators = [Node.createDecorator(Node.createIdentifierExpression("inline", range), null, range)];
}

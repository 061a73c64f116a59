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
    name: /^(passes|lanes|single|bytes|load|store|loadSplat|gatherBlock|scatterBlock|pickEach|addTo)$/,
  },
  { path: /^assembly\/kernels\//, kind: FunctionDeclaration, name: /At$/ },
];

/** The functions of f32 in which a constant that a loop needs twice is loaded once: 3 to 12 % faster, and the binary longer. */
const sharingConstants = /\/(pointwise\/run|elementwise\/run|decays\/decays)\b/;

/**
 * Gives them the decorator `inline`, which in the sources would stop every other compiler that reads them. What is not among
 * them asc calls, but for the smallest: around a call V8 saves and restores every register.
 */
export class Inlining {
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
  }

  /**
   * Has loads of a constant shared: asc's own passes, which come later, hold at `shrinkLevel` 1 that a second load is shorter. So
   * what runs `runPasses` of asconfig.json, after all other passes, does this first.
   */
  afterCompile(module) {
    const { binaryen, program } = this;
    if (program.options.globalAliases.get("Real") !== "f32") return;
    const { runPasses } = module;
    module.runPasses = (passes) => {
      const level = binaryen.getShrinkLevel();
      binaryen.setShrinkLevel(0);
      for (let i = 0; i < module.getNumFunctions(); i++) {
        const code = module.getFunctionByIndex(i);
        if (sharingConstants.test(binaryen.getFunctionInfo(code).name)) module.runPassesOnFunction(code, ["local-cse"]);
      }
      binaryen.setShrinkLevel(level);
      runPasses(passes);
    };
  }
}

function inline(declaration) {
  const { range } = declaration;
  declaration.decorators = [Node.createDecorator(Node.createIdentifierExpression("inline", range), null, range)];
}

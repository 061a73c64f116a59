/** Lowers calls of the plain machine's methods, `m.add(a, b)`, to what the methods say, `m.splat(a + b)`, and a formula's constants. */

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import ts from "typescript";

const MACHINE = resolve("assembly/machine.plain.ts");
const machine = parse(MACHINE, readFileSync(MACHINE, "utf8"));

/** The machine's methods that do not depend on the precision, by name. */
const methods = new Map(
  machine.statements
    .find((statement) => ts.isClassDeclaration(statement) && statement.name.text === "Machine")
    .members.filter((member) => ts.isMethodDeclaration(member) && member.body !== undefined)
    .map((method) => [method.name.text, method]),
);

/**
 * The text of a file under assembly/ without those methods: where the sources call one on the machine `m`, there stands the
 * expression that it returns, if that evaluates no operand twice, and otherwise a call of a function. So a bundler leaves
 * out what is not used, and V8 has less to inline. `constants` are the values of what is asked of a formula `f`, by name.
 */
export function lower(file, text, constants = new Map()) {
  const called = new Set();
  if (resolve(file) === MACHINE) {
    const rewrite = rewriting({ isMachine: isThis, called });
    const functions = [...methods].map(([name, { parameters, type, body }]) => {
      const typed = parameters.map((parameter) => `, ${parameter.getText()}`).join("");
      return `export function ${functionName(name)}(m: Machine${typed}): ${type.getText()} ${rewrite(body)}`;
    });
    return `${replaced(machine, (node) => (methods.get(node.name?.text) === node ? "" : undefined))}\n${functions.join("\n")}\n`;
  }
  // How SIMD loops over a formula is no question to the plain machine.
  const asked = replaced(parse(file, text), (node) => (ts.isMethodDeclaration(node) && node.name.text === "loops" ? "" : undefined));
  const lowered = rewriting({ isMachine: isNamed, called, constants })(parse(file, asked));
  const names = [...called].map(functionName).join(", ");
  return names === "" ? lowered : `import { ${names} } from "${MACHINE}";\n${lowered}`;
}

/** What the formulas of a file under assembly/losses all answer alike and at once, `target()` say, themselves or by a base that it imports. */
export function constantsOf(lossFile) {
  const statementsOf = (file) => parse(file, readFileSync(file, "utf8")).statements;
  const formulas = statementsOf(lossFile).filter(ts.isClassDeclaration);
  const imports = statementsOf(lossFile).filter(ts.isImportDeclaration);
  const imported = imports.map(({ moduleSpecifier }) => moduleSpecifier.text).filter((path) => path.startsWith("../kernels/"));
  const bases = imported.flatMap((path) => statementsOf(resolve(dirname(lossFile), `${path}.ts`)).filter(ts.isClassDeclaration));
  const classes = new Map([...formulas, ...bases].map((declaration) => [declaration.name.text, declaration]));
  const answers = formulas.map((formula) => {
    const own = new Map();
    for (let declaration = formula; declaration !== undefined; declaration = classes.get(baseOf(declaration))) {
      for (const method of declaration.members.filter(ts.isMethodDeclaration)) {
        const name = method.name.text;
        if (!own.has(name)) own.set(name, literalOf(method));
      }
    }
    return own;
  });
  const [first = new Map()] = answers;
  return new Map([...first].filter(([name, literal]) => literal !== undefined && answers.every((own) => own.get(name) === literal)));
}

const baseOf = ({ heritageClauses }) => heritageClauses?.[0].types[0].expression.text;

/** The literal that a method without parameters returns, as text. */
function literalOf({ parameters, body }) {
  const returned = body?.statements.length === 1 && parameters.length === 0 ? body.statements[0].expression : undefined;
  return returned !== undefined && /^(true|false|\d+)$/.test(returned.getText()) ? returned.getText() : undefined;
}

function parse(file, text) {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

const isThis = (node) => node.kind === ts.SyntaxKind.ThisKeyword;
const isNamed = (node) => ts.isIdentifier(node) && node.text === "m";
const functionName = (name) => `${name}Of`;
const isFormula = (node) => ts.isIdentifier(node) && node.text === "f";
const isSimple = (operand) => /^([\w.]+|\(-?[\w.]+\))$/.test(operand);

/**
 * A function from a node to its text with the calls on the machine lowered. `isMachine` knows the machine, `operands`
 * are the texts that stand for names, and the methods that are left as functions join `called`.
 */
function rewriting({ isMachine, called, constants, operands = new Map() }) {
  const rewrite = (node) =>
    replaced(node, (part) => {
      if (isMachine(part)) return "m";
      if (isBodyWithLoop(part)) return `{ ${coercions(part.parent)}${part.statements.map(rewrite).join("\n")} }`;
      if (ts.isIdentifier(part)) return part.parent.name === part ? undefined : operands.get(part.text);
      if (!ts.isCallExpression(part) || !ts.isPropertyAccessExpression(part.expression)) return undefined;
      const { expression: receiver, name } = part.expression;
      if (isFormula(receiver)) return constants?.get(name.text);
      if (!isMachine(receiver)) return undefined;
      return (name.text === "constant" && exactEntry(part)) || lowerCall(name.text, part.arguments.map(rewrite), called);
    });
  return rewrite;
}

const isLoop = (node) => ts.isForStatement(node) || ts.isWhileStatement(node);
const isBodyWithLoop = (node) =>
  ts.isBlock(node) && (ts.isFunctionDeclaration(node.parent) || ts.isMethodDeclaration(node.parent)) && contains(node, isLoop);

/** Statements that tell V8 what the numbers are that a function with a loop is given: it would look at each turn. */
function coercions({ parameters, body }) {
  const coerced = parameters.map(({ name, type }) => {
    if (!contains(body, (node) => isLoop(node) && uses(node, name.text) > 0)) return "";
    if (/^(usize|i32)$/.test(type?.getText())) return `${name.text} |= 0; `;
    return /^(f64|Lanes)$/.test(type?.getText()) ? `${name.text} = +${name.text}; ` : "";
  });
  return coerced.join("");
}

/** The entry that a call `m.constant(TABLE, 0)` reads from a table of its own file, as text, if f32 rounds nothing of it. */
function exactEntry(call) {
  const [table, index] = call.arguments;
  const declarations = call.getSourceFile().statements.filter(ts.isVariableStatement);
  const own = declarations.map(({ declarationList }) => declarationList.declarations[0]).find(({ name }) => name.text === table.text);
  const entry = own?.initializer.elements?.[Number(index.text)]?.getText();
  return entry !== undefined && Math.fround(Number(entry)) === Number(entry) ? `(${entry})` : undefined;
}

/** What stands in place of a call of a method on operands, given as texts. */
function lowerCall(name, texts, called) {
  const method = methods.get(name);
  // What a register's higher half would add, and the plain machine has none.
  if (name === "addWide" && texts[1] === "(0)") return texts[0];
  if (method === undefined) return `m.${name}(${texts.join(", ")})`;
  const { statements } = method.body;
  const isExpression = ts.isReturnStatement(statements[0]) || ts.isExpressionStatement(statements[0]);
  const operands = new Map(method.parameters.map((parameter, i) => [parameter.name.text, isSimple(texts[i]) ? texts[i] : `(${texts[i]})`]));
  const once = [...operands].every(([parameter, text]) => isSimple(text) || uses(method.body, parameter) <= 1);
  if (statements.length === 1 && isExpression && once) {
    return `(${rewriting({ isMachine: isThis, called, operands })(statements[0].expression)})`;
  }
  called.add(name);
  return `${functionName(name)}(${["m", ...texts].join(", ")})`;
}

function contains(node, sought) {
  return sought(node) || ts.forEachChild(node, (child) => contains(child, sought)) === true;
}

function uses(node, name) {
  if (ts.isIdentifier(node)) return node.text === name ? 1 : 0;
  let count = 0;
  ts.forEachChild(node, (child) => {
    count += uses(child, name);
  });
  return count;
}

/** The text of a node in which the outermost parts that `replacement` has a text for are replaced. */
function replaced(node, replacement) {
  const own = replacement(node);
  if (own !== undefined) return own;
  const source = node.getSourceFile().text;
  let text = "";
  let at = node.getStart();
  ts.forEachChild(node, (child) => {
    text += source.slice(at, child.getStart()) + replaced(child, replacement);
    at = child.getEnd();
  });
  return text + source.slice(at, node.getEnd());
}

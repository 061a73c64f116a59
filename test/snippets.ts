/** Code examples: found in documents, run, and held against the `// value` comments behind their statements. */

import ts from "typescript";

/** A code example and where it stands. */
export interface Snippet {
  readonly where: string;
  readonly code: string;
}

/** The fenced blocks of a document in one of the languages. */
export function fencedBlocks(document: string, name: string, languages: readonly string[]): Snippet[] {
  return [...document.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, language]) => languages.includes(language!))
    .map((match) => ({ where: `${name}:${document.slice(0, match.index).split("\n").length}`, code: match[2]! }));
}

/** A statement's comment and what must be true of it. */
export interface Claim {
  readonly statement: string;
  readonly comment: string;
  /** What the statement gave; an error, if it threw one. */
  readonly got: unknown;
}

/** Numbers in comments are rounded to 7 digits. */
const TOLERANCE = 1e-6;

const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (...args: unknown[]) => Promise<void>;

/** Runs a snippet whose imports from "simd-loss" come from `library`, and whose free names do, too. */
export async function run({ where, code }: Snippet, library: Record<string, unknown>): Promise<Claim[]> {
  const file = ts.createSourceFile(where, code, ts.ScriptTarget.ES2022, true);
  const names = new Set(Object.keys(library));
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) names.delete(name.getText());
  }
  const body = file.statements.map((statement) => {
    if (ts.isImportDeclaration(statement)) return "";
    const comment = claimOf(statement);
    if (comment === undefined || !ts.isExpressionStatement(statement)) return statement.getText();
    return `await __claim(async () => (${shown(statement.expression)}), ${JSON.stringify(statement.getText())}, ${JSON.stringify(comment)});`;
  });
  const claims: Claim[] = [];
  const claim = async (evaluate: () => Promise<unknown>, statement: string, comment: string) => {
    const got = await evaluate().catch((error: unknown) => error);
    // A copy: what follows in the snippet may change the array.
    claims.push({ statement, comment, got: ArrayBuffer.isView(got) ? (got as Float64Array).slice() : got });
  };
  const script = ts.transpile(body.join("\n"), { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext });
  await new AsyncFunction("__claim", ...names, script)(claim, ...[...names].map((name) => library[name]));
  return claims;
}

/** The comment behind an expression statement, on its last line. */
function claimOf(statement: ts.Statement): string | undefined {
  if (!ts.isExpressionStatement(statement)) return undefined;
  const text = statement.getSourceFile().text;
  const [comment] = ts.getTrailingCommentRanges(text, statement.end) ?? [];
  if (comment === undefined) return undefined;
  const claim = text.slice(comment.pos + 2, comment.end).trim();
  return isProse(claim) ? undefined : claim;
}

/** Words that are no value. */
function isProse(comment: string): boolean {
  return /^[a-z]+ /.test(comment);
}

/** What a statement shows: itself, or what it logs. */
function shown(expression: ts.Expression): string {
  const logged = ts.isCallExpression(expression) && expression.expression.getText() === "console.log" && expression.arguments.length === 1;
  return logged ? expression.arguments[0]!.getText() : expression.getText();
}

/** Whether the comment is true, to the digits that it gives. */
export function holds({ comment, got }: Claim): boolean {
  const error = /^(TypeError|RangeError|Error): (.*)$/s.exec(comment);
  if (error !== null) return got instanceof Error && got.name === error[1] && got.message === error[2];
  if (got instanceof Error) throw got;
  return same(valueIn(comment), got);
}

/** The value that a comment writes: a literal, in which typed arrays are `Float32Array [...]`. */
function valueIn(comment: string): unknown {
  return new Function(`return (${comment.replace(/\b(\w+Array) (\[[^\]]*\])/g, "$1.from($2)")})`)();
}

function same(expected: unknown, got: unknown): boolean {
  if (typeof expected === "number") {
    return typeof got === "number" && (Object.is(expected, got) || Math.abs(got - expected) <= TOLERANCE * Math.abs(expected));
  }
  if (ArrayBuffer.isView(expected) && expected.constructor !== got?.constructor) return false;
  if (Array.isArray(expected) || ArrayBuffer.isView(expected)) {
    const [a, b] = [expected, got] as [ArrayLike<number>, ArrayLike<number>];
    return b?.length === a.length && Array.from(a).every((x, i) => same(x, b[i]));
  }
  if (typeof expected === "object" && expected !== null) {
    const [a, b] = [expected, got] as Record<string, unknown>[];
    return Object.keys(a!).join() === Object.keys(b!).join() && Object.keys(a!).every((key) => same(a![key], b![key]));
  }
  return expected === got;
}

/** What the compiler has to say of the snippets, but for statements that show an error. Undeclared names are the library's. */
export function complaints(snippets: readonly Snippet[], names: readonly string[]): string[] {
  const imports = (code: string) => {
    if (/^import /m.test(code)) return "";
    const free = names.filter((name) => !new RegExp(`^const ${name} =`, "m").test(code));
    return `import { ${free.join(", ")} } from "simd-loss";\n`;
  };
  const sources = new Map(
    snippets.map(({ where, code }) => {
      const name = `${process.cwd()}/${where.replace(/\W/g, "_")}.ts`;
      return [name, { where, text: imports(code) + code }] as const;
    }),
  );
  const { options } = ts.getParsedCommandLineOfConfigFile(
    "tsconfig.json",
    { noUncheckedIndexedAccess: false },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(String(diagnostic.messageText));
      },
    },
  )!;
  const checked: ts.CompilerOptions = { ...options, paths: { "simd-loss": ["./src/index.ts"] } };
  const host = ts.createCompilerHost(checked);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => sources.has(name) || fileExists.call(host, name);
  host.getSourceFile = (name, target) =>
    sources.has(name) ? ts.createSourceFile(name, sources.get(name)!.text, target, true) : getSourceFile.call(host, name, target);
  const program = ts.createProgram([...sources.keys()], checked, host);
  return [...sources].flatMap(([name, { where }]) => {
    const file = program.getSourceFile(name)!;
    return program
      .getSemanticDiagnostics(file)
      .filter(({ start }) => !file.statements.some((s) => s.pos <= start! && start! < s.end && /^\w*Error: /.test(claimOf(s) ?? "")))
      .map(({ messageText }) => `${where}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  });
}

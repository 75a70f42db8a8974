// Finds clock, randomness, network and environment used anywhere but in the adapters: `node scripts/check-ports.mjs [ROOT]`.
// oxlint has no rule for a `new Date()` without an argument, nor one that follows an alias, hence this script.
import { readdirSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The files that may touch the real world; everything else gets it through lib/ports.ts. */
const EXEMPT = [/^lib\/adapters\//, /^lib\/cli\/(?:action\/)?main\.ts$/];

const RANDOM_OF_CRYPTO = /^(random\w*|getRandomValues|webcrypto)$/;
const CRYPTO = /^(node:)?crypto$/;

/** What a global may still be used for, by name: each function says whether this one reference is allowed. */
const GLOBALS = {
  Date: (node) => isInstantOf(node) || isMember(node, ["parse", "UTC", "prototype"]) || isRightOfInstanceof(node),
  Math: (node) => ts.isPropertyAccessExpression(node.parent) && node.parent.name.text !== "random",
  process: (node) => ts.isPropertyAccessExpression(node.parent) && !["env", "hrtime"].includes(node.parent.name.text),
  crypto: (node) => ts.isPropertyAccessExpression(node.parent) && !RANDOM_OF_CRYPTO.test(node.parent.name.text),
  fetch: () => false,
  performance: () => false,
};
const WHOLE_WORLD = ["globalThis", "global"];
const FORBIDDEN_MODULES = /^(node:)?(process|perf_hooks)$/;

/** Every forbidden use under lib/ and providers/ of `root`, as {file, line, column, text}. */
export function findPortViolations(root) {
  const files = ["lib", "providers"].flatMap((name) => typescriptUnder(join(root, name)));
  const checked = files.filter((file) => !EXEMPT.some((pattern) => pattern.test(slashed(relative(root, file)))));
  // Without libraries and without following imports only what a file declares itself has a symbol: a global has none.
  const program = ts.createProgram(checked, {
    noLib: true,
    noResolve: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
  });
  const checker = program.getTypeChecker();
  return checked.flatMap((file) => violationsOf(program.getSourceFile(file), checker, root));
}

function violationsOf(source, checker, root) {
  const found = [];
  const visit = (node) => {
    const text = violationAt(node, checker);
    if (text !== undefined) found.push(located(node, text, source, root));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function violationAt(node, checker) {
  if (ts.isStringLiteralLike(node)) return forbiddenModule(node);
  if (ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) return randomImport(node);
  if (ts.isPropertyAccessExpression(node))
    return memberOfWorld(node, checker) ?? randomMember(node, checker) ?? luxonNow(node);
  if (!ts.isIdentifier(node) || !isReference(node)) return undefined;
  if (WHOLE_WORLD.includes(node.text) && isGlobal(node, checker) && !ts.isPropertyAccessExpression(node.parent)) {
    return `${node.text} as a value`;
  }
  if (!Object.hasOwn(GLOBALS, node.text) || !isGlobal(node, checker)) return undefined;
  return GLOBALS[node.text](node) ? undefined : textOf(node);
}

/** `import "node:process"`, `require("process")`, `import("perf_hooks")`. */
function forbiddenModule(node) {
  if (!FORBIDDEN_MODULES.test(node.text)) return undefined;
  const parent = node.parent;
  const isImport =
    ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent);
  return isImport || ts.isCallExpression(parent) ? `module ${node.text}` : undefined;
}

/** `import { randomBytes } from "node:crypto"`. */
function randomImport(node) {
  const declaration =
    node.parent.parent.parent?.moduleSpecifier === undefined ? node.parent.parent : node.parent.parent.parent;
  const module = declaration.moduleSpecifier;
  const name = (node.propertyName ?? node.name).text;
  const isRandom = module !== undefined && CRYPTO.test(module.text) && RANDOM_OF_CRYPTO.test(name);
  return isRandom ? `${name} of ${module.text}` : undefined;
}

/** `globalThis.fetch`, `global.Date`. */
function memberOfWorld(node, checker) {
  const left = node.expression;
  const isWorld = ts.isIdentifier(left) && WHOLE_WORLD.includes(left.text) && isGlobal(left, checker);
  return isWorld && Object.hasOwn(GLOBALS, node.name.text) ? node.getText() : undefined;
}

/** `crypto.randomUUID` where crypto is a namespace or default import of node:crypto. */
function randomMember(node, checker) {
  if (!ts.isIdentifier(node.expression) || !RANDOM_OF_CRYPTO.test(node.name.text)) return undefined;
  const declaration = checker.getSymbolAtLocation(node.expression)?.declarations?.[0];
  const imported = declaration && ts.findAncestor(declaration, ts.isImportDeclaration);
  return imported && CRYPTO.test(imported.moduleSpecifier.text) ? node.getText() : undefined;
}

/** luxon's readings of the clock: `DateTime.now`, and `DateTime.local()` or `DateTime.utc()` without arguments. */
function luxonNow(node) {
  if (node.expression.getText() !== "DateTime") return undefined;
  if (node.name.text === "now") return node.getText();
  const call = node.parent;
  const isEmptyCall = ts.isCallExpression(call) && call.expression === node && call.arguments.length === 0;
  return isEmptyCall && ["local", "utc"].includes(node.name.text) ? `${node.getText()}()` : undefined;
}

/** False for the names of members, declarations and types: only a reference to a value can reach a global. */
function isReference(node) {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isQualifiedName(parent) || parent.propertyName === node) return false;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return parent.name !== node && !ts.isPartOfTypeNode(node) && !ts.isTypeQueryNode(parent);
}

function isGlobal(node, checker) {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  return symbol === undefined || symbol.declarations === undefined || symbol.declarations.length === 0;
}

/** `new Date(instant)`: with an argument it converts, without one it reads the clock. */
function isInstantOf(node) {
  return ts.isNewExpression(node.parent) && node.parent.expression === node && (node.parent.arguments?.length ?? 0) > 0;
}

function isMember(node, names) {
  return ts.isPropertyAccessExpression(node.parent) && names.includes(node.parent.name.text);
}

function isRightOfInstanceof(node) {
  const parent = node.parent;
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
}

function textOf(node) {
  const parent = node.parent;
  const isWhole = ts.isNewExpression(parent) || ts.isCallExpression(parent) || ts.isPropertyAccessExpression(parent);
  return (isWhole && parent.expression === node ? parent : node).getText().slice(0, 60);
}

function located(node, text, source, root) {
  const { line, character } = source.getLineAndCharacterOfPosition(node.getStart());
  return { file: slashed(relative(root, source.fileName)), line: line + 1, column: character + 1, text };
}

function typescriptUnder(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isDirectory()) return readdirSync(path).flatMap((name) => typescriptUnder(join(path, name)));
  return path.endsWith(".ts") && !path.endsWith(".d.ts") ? [path] : [];
}

function slashed(path) {
  return path.split(sep).join("/");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url)));
  const violations = findPortViolations(root);
  for (const { file, line, column, text } of violations) {
    process.stdout.write(
      `${file}:${line}:${column} \`${text}\`: take it from lib/ports.ts; only lib/adapters may touch it.\n`,
    );
  }
  if (violations.length > 0) process.exitCode = 1;
}

// Writes the schemas of what Leasehold itself writes (plans, the Log, reports, diagnostics) from the types in lib/: so they
// cannot differ. `node scripts/generate-schemas.mjs` writes them, with --check it only says whether they are up to date.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What is generated: the type that a schema describes, and where it is declared. */
const SCHEMAS = [
  { name: "plan.v1", type: "PlanDocument", source: "lib/model/plan.ts", title: "a plan and its digest" },
  { name: "log-record.v1", type: "LogRecord", source: "lib/model/record.ts", title: "one record of the Log" },
  { name: "status.v1", type: "AccessReport", source: "lib/model/report.ts", title: "who has what, at one instant" },
  {
    name: "explanation.v1",
    type: "Explanation",
    source: "lib/model/report.ts",
    title: "which rule, which approvals, when it ends",
  },
  {
    name: "snapshot.v1",
    type: "Snapshot",
    source: "lib/model/snapshot.ts",
    title: "everything that a Decision about a pull request is made of",
  },
  {
    name: "diagnostics.v1",
    type: "DiagnosticsReport",
    source: "lib/render/diagnostics-json.ts",
    title: "the problems of a run",
  },
  {
    name: "pull-decision.v1",
    type: "PullDecisionDocument",
    source: "lib/render/pull-document.ts",
    title: "what becomes of a pull request",
  },
  {
    name: "import.v1",
    type: "ImportDocument",
    source: "lib/render/imported.ts",
    title: "an existing database as rules",
  },
  { name: "pass.v1", type: "PassDocument", source: "lib/render/pass.ts", title: "what a pass did and did not do" },
  {
    name: "merges.v1",
    type: "MergesDocument",
    source: "lib/render/pull-merges.ts",
    title: "the merges that were decided, and what the pass after them did",
  },
];

/** Texts with a form of their own, by the name of their type. */
const FORMS = {
  Instant: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",
  Digest: "^[0-9a-f]{64}$",
  GrantId: "^[a-z2-7]{26}$",
};

const program = ts.createProgram(
  SCHEMAS.map((one) => join(root, one.source)),
  {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types: ["node"],
  },
);
const checker = program.getTypeChecker();

/** The text of a schema file. */
function schemaText({ name, type, source, title }) {
  const definitions = {};
  const symbol = checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(join(root, source))))
    .find((one) => one.name === type);
  if (symbol === undefined) throw new Error(`Expected ${source} to export ${type}`);
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `https://leasehold.dev/schemas/${name}.json`,
    title,
    ...describe(symbol),
    $comment: `Generated from ${type} in ${source} by scripts/generate-schemas.mjs.`,
    ...objectSchema(checker.getDeclaredTypeOfSymbol(symbol), definitions),
  };
  const sorted = Object.fromEntries(Object.entries(definitions).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ ...schema, $defs: sorted }, null, 2)}\n`;
}

function convert(type, node, definitions) {
  const form = formOf(node);
  if (form !== undefined) {
    definitions[form] ??= { type: "string", pattern: FORMS[form] };
    return { $ref: `#/$defs/${form}` };
  }
  if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
  if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === "true" };
  if (type.flags & ts.TypeFlags.String) return { type: "string" };
  // Everything is canonical JSON, which knows whole numbers only.
  if (type.flags & ts.TypeFlags.Number) return { type: "integer" };
  if (type.flags & ts.TypeFlags.Boolean) return { type: "boolean" };
  if (type.flags & ts.TypeFlags.Null) return { type: "null" };
  if (checker.isArrayType(type)) return arraySchema(type, node, definitions);
  const name = nameOf(type);
  if (name === undefined)
    return type.isUnion() ? unionSchema(type, node, definitions) : objectSchema(type, definitions);
  if (definitions[name] === undefined) {
    definitions[name] = {};
    const symbol = type.aliasSymbol ?? type.symbol;
    const body = type.isUnion() ? unionSchema(type, undefined, definitions) : objectSchema(type, definitions);
    definitions[name] = { ...describe(symbol), ...body };
  }
  return { $ref: `#/$defs/${name}` };
}

/** The name of an own type written in the source, looked for also within `X | null`. */
function formOf(node) {
  if (node === undefined) return undefined;
  return ts.isTypeReferenceNode(node) && node.typeName.getText() in FORMS ? node.typeName.getText() : undefined;
}

function nameOf(type) {
  if (type.aliasSymbol !== undefined) return type.aliasTypeArguments === undefined ? type.aliasSymbol.name : undefined;
  const name = type.isUnion() ? undefined : type.symbol?.name;
  return name === undefined || name === "__type" || name === "__object" ? undefined : name;
}

function arraySchema(type, node, definitions) {
  const operand = node !== undefined && ts.isTypeOperatorNode(node) ? node.type : node;
  const element = operand !== undefined && ts.isArrayTypeNode(operand) ? operand.elementType : undefined;
  return { type: "array", items: convert(checker.getTypeArguments(type)[0], element, definitions) };
}

function unionSchema(type, node, definitions) {
  const members = type.types.filter((one) => !(one.flags & ts.TypeFlags.Undefined));
  const literals = members.filter((one) => one.isStringLiteral() || one.isNumberLiteral());
  if (members.length === 1) return convert(members[0], node, definitions);
  if (literals.length === members.length) return { enum: literals.map((one) => one.value) };
  if (members.every((one) => one.flags & ts.TypeFlags.BooleanLiteral)) return { type: "boolean" };
  const nodes = node !== undefined && ts.isUnionTypeNode(node) ? node.types : [];
  const choices = members.map((one) =>
    convert(
      one,
      nodes.find((part) => checker.getTypeFromTypeNode(part) === one),
      definitions,
    ),
  );
  return { anyOf: choices };
}

function objectSchema(type, definitions) {
  const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
  if (index !== undefined) return { type: "object", additionalProperties: convert(index.type, undefined, definitions) };
  if (type.isUnion()) return unionSchema(type, undefined, definitions);
  const properties = {};
  const required = [];
  for (const property of checker.getPropertiesOfType(type)) {
    const declaration = property.declarations?.[0];
    const node = declaration !== undefined && ts.isPropertySignature(declaration) ? declaration.type : undefined;
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const own = checker.getTypeOfSymbol(property);
    properties[property.name] = {
      ...describe(property),
      ...convert(isOptional ? withoutUndefined(own) : own, node, definitions),
    };
    if (!isOptional) required.push(property.name);
  }
  return { type: "object", additionalProperties: false, required, properties };
}

function withoutUndefined(type) {
  return checker.getNonNullableType(type) === type || !type.isUnion() ? type : excludeUndefined(type);
}

function excludeUndefined(type) {
  const isUndefined = (one) => (one.flags & ts.TypeFlags.Undefined) !== 0;
  const hasNull = type.types.some((one) => (one.flags & ts.TypeFlags.Null) !== 0);
  return type.types.some(isUndefined) && !hasNull ? checker.getNonNullableType(type) : type;
}

function describe(symbol) {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, " ").trim();
  return text === "" ? {} : { description: text };
}

const stale = [];
for (const schema of SCHEMAS) {
  const file = join(root, "schemas", `${schema.name}.json`);
  const text = await formatted(schemaText(schema));
  if (process.argv.includes("--check")) stale.push(...(readIfThere(file) === text ? [] : [schema.name]));
  else writeFileSync(file, text);
}
if (stale.length > 0) {
  console.error(`Not up to date: ${stale.join(", ")}. Run: node scripts/generate-schemas.mjs`);
  process.exitCode = 1;
}

async function formatted(text) {
  const { format, resolveConfig } = await import("prettier");
  return format(text, { ...(await resolveConfig(join(root, "package.json"))), parser: "json" });
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * Cuts the part of GitHub's OpenAPI description that our test GitHub serves out of the package `@octokit/openapi`:
 * `node scripts/extract-github-schemas.mjs DIRECTORY-OF-THE-PACKAGE`. Writes test/fixtures/github/openapi-subset.json.
 *
 * The package is 385 MB, so it is no dependency; the subset is committed. Only what validation reads is kept:
 * descriptions, examples and headers are left out, schemas are as GitHub wrote them (OpenAPI 3.0, `nullable`).
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const fixtures = join(root, "test", "fixtures", "github");
const [directory] = process.argv.slice(2);
if (directory === undefined) {
  process.stderr.write("Usage: node scripts/extract-github-schemas.mjs DIRECTORY-OF-@octokit/openapi\n");
  process.exit(2);
}

const described = JSON.parse(readFileSync(join(directory, "generated", "api.github.com.json"), "utf8"));
const packageFile = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
const wanted = JSON.parse(readFileSync(join(fixtures, "operations.json"), "utf8"));

const prose = new Set(["description", "title", "example", "examples", "externalDocs", "default", "deprecated"]);

const components = new Map();
const operations = {};
for (const name of wanted) operations[name] = operationOf(name);

const subset = {
  source: { package: packageFile.name, version: packageFile.version, license: packageFile.license },
  operations,
  components: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync(join(fixtures, "openapi-subset.json"), `${JSON.stringify(subset)}\n`);
process.stdout.write(`${wanted.length} operations, ${components.size} components\n`);

function operationOf(name) {
  const [method, path] = name.split(" ");
  const operation = described.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`GitHub describes no operation ${name}.`);
  const responses = {};
  for (const [status, response] of Object.entries(operation.responses)) {
    const schema = resolved(response).content?.["application/json"]?.schema;
    responses[status] = schema === undefined ? null : cut(schema);
  }
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  return { responses, ...(body === undefined ? {} : { body: cut(body) }) };
}

/** A schema without its prose; what it refers to is kept too. */
function cut(schema) {
  if (Array.isArray(schema)) return schema.map(cut);
  if (schema === null || typeof schema !== "object") return schema;
  if (typeof schema.$ref === "string") {
    const name = schema.$ref.split("/").at(-1);
    if (!components.has(name)) {
      components.set(name, null);
      components.set(name, cut(resolved(schema)));
    }
    return { $ref: `#/components/${name}` };
  }
  const kept = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties") kept[key] = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, cut(v)]));
    else if (key === "enum" || key === "required" || key === "const") kept[key] = value;
    else if (!prose.has(key) && !key.startsWith("x-")) kept[key] = cut(value);
  }
  return kept;
}

function resolved(value) {
  if (typeof value.$ref !== "string") return value;
  return value.$ref
    .slice(2)
    .split("/")
    .reduce((at, key) => at[key], described);
}

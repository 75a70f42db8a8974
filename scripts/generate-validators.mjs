// Compiles schemas/ to validators that need no ajv at run time: loading ajv and compiling a schema takes ~90 ms of each start.
// `node scripts/generate-validators.mjs` writes them; test/request/validators.test.ts fails when they are not up to date.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { Ajv2020 } = require("ajv/dist/2020");
const standalone = require("ajv/dist/standalone").default;

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The generated files: which schema becomes which module. */
export const validators = [
  { schema: "schemas/request.v1.json", module: "lib/request/request-validator.generated.ts" },
  { schema: "schemas/config.v1.json", module: "lib/config/config-validator.generated.ts" },
];

/** The text of the module that checks values against the schema of a file. */
export function validatorText(schemaFile) {
  const schema = JSON.parse(readFileSync(join(root, schemaFile), "utf8"));
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    code: { source: true, esm: true, lines: true, optimize: 2 },
  });
  ajv.addKeyword({ keyword: "default-is-documentation" });
  const code = standalone(ajv, { validate: schema.$id }, ajv.addSchema(schema))
    // The schema itself is not needed to check a value; the annotations are read from the file.
    .replace(/^const schema\d+ = \{.*\};?$/gm, (line) => (line.includes('"$schema"') ? "" : line));
  return [
    "// @ts-nocheck",
    `// Generated from ${schemaFile} by scripts/generate-validators.mjs; do not edit.`,
    code.trim(),
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { schema, module } of validators) writeFileSync(join(root, module), validatorText(schema));
}

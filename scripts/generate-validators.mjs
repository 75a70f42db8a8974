// Compiles schemas/ to validators that need no ajv at run time: loading ajv and compiling a schema takes ~90 ms of each start.
// `node scripts/generate-validators.mjs` writes them; test/request/validators.test.ts fails when they are not up to date.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

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
export async function validatorText(schemaFile) {
  const schema = JSON.parse(readFileSync(join(root, schemaFile), "utf8"));
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    verbose: true,
    code: { source: true, esm: true, lines: true, optimize: 2 },
  });
  const code = standalone(ajv.addSchema(schema), { validate: schema.$id });
  const text = [
    "/* oxlint-disable */",
    "// @ts-nocheck",
    `// Generated from ${schemaFile} by scripts/generate-validators.mjs; do not edit.`,
    code.replace('"use strict";\n', ""),
  ].join("\n");
  const options = await resolveConfig(join(root, "package.json"));
  return format(text, { ...options, parser: "typescript" });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { schema, module } of validators) writeFileSync(join(root, module), await validatorText(schema));
}

// Compiles schemas/ to validators that need no ajv at run time: loading ajv and compiling a schema takes ~90 ms of each start.
// `node scripts/generate-validators.mjs` writes them, with --check it only says whether they are up to date.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

const require = createRequire(import.meta.url);
const { Ajv2020 } = require("ajv/dist/2020");
const standalone = require("ajv/dist/standalone").default;

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The generated files: which schema becomes which module. `terse`: for what machines write; stops at the first difference
 * and does not carry the schema's words.
 */
const VALIDATORS = [
  { schema: "schemas/request.v1.json", module: "lib/request/request-validator.generated.ts" },
  { schema: "schemas/config.v1.json", module: "lib/config/config-validator.generated.ts" },
  { schema: "schemas/manifest.v1.json", module: "lib/synth/manifest-validator.generated.ts", terse: true },
  { schema: "schemas/request-set.v1.json", module: "lib/synth/request-set-validator.generated.ts", terse: true },
  { schema: "schemas/snapshot.v1.json", module: "lib/workspace/snapshot-validator.generated.ts", terse: true },
];

/** The text of the module that checks values against the schema of a file. */
async function validatorText(schemaFile, isTerse) {
  const schema = JSON.parse(readFileSync(join(root, schemaFile), "utf8"));
  const ajv = new Ajv2020({
    allErrors: !isTerse,
    inlineRefs: !isTerse,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    verbose: !isTerse,
    code: { source: true, esm: true, optimize: 2 },
  });
  const code = standalone(ajv.addSchema(schema), { validate: schema.$id });
  // Nobody reads it and every start parses it: as small as it gets, in lines that a diff can still show.
  const { code: small } = await transform(code.replace('"use strict";', ""), {
    minify: true,
    format: "esm",
    target: "node20",
    lineLimit: 2000,
  });
  return [
    "/* oxlint-disable */",
    "// @ts-nocheck",
    `// Generated from ${schemaFile} by scripts/generate-validators.mjs; do not edit.`,
    small,
  ].join("\n");
}

const stale = [];
for (const { schema, module, terse } of VALIDATORS) {
  const text = await validatorText(schema, terse === true);
  if (process.argv.includes("--check")) stale.push(...(readIfThere(join(root, module)) === text ? [] : [module]));
  else writeFileSync(join(root, module), text);
}
if (stale.length > 0) {
  console.error(`Not up to date: ${stale.join(", ")}. Run: node scripts/generate-validators.mjs`);
  process.exitCode = 1;
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

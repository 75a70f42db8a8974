import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020";
import { projectRoot } from "./folders";

/** What a value has that a schema does not allow: a schema of schemas/ by its name, or one as a value. */
export function schemaProblems(schema: string | object, value: unknown): readonly string[] {
  const validate = validatorOf(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** The text of a schema of schemas/ as a value. */
export function schemaNamed(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(projectRoot, "schemas", `${name}.json`), "utf8")) as Record<string, unknown>;
}

const validators = new Map<string | object, ValidateFunction>();

function validatorOf(schema: string | object): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
  const validate = ajv.compile(typeof schema === "string" ? schemaNamed(schema) : schema);
  validators.set(schema, validate);
  return validate;
}

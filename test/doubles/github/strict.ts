/** GitHub's own description of its REST API, held over what we answer and what we are sent. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { Answer } from "./http/answer";

/** What is checked. */
export interface Strictness {
  /** What is wrong with our answer by GitHub's schema of the operation; undefined when nothing is. */
  mistakeIn(operation: string, answer: Answer): string | undefined;
  /** What is wrong with what we were sent. */
  mistakeInCall(operation: string, sent: unknown): string | undefined;
}

/** Checks nothing. */
export const lenient: Strictness = { mistakeIn: () => undefined, mistakeInCall: () => undefined };

/** Checks everything; answers may have no field that the schema does not name. Schemas are read and compiled when needed. */
export const strict: Strictness = {
  mistakeIn: (operation, answer) => loaded().mistakeIn(operation, answer),
  mistakeInCall: (operation, sent) => loaded().mistakeInCall(operation, sent),
};

let held: Strictness | undefined;

function loaded(): Strictness {
  return (held ??= load());
}

type Json = Readonly<Record<string, unknown>>;

interface Subset {
  readonly operations: Readonly<
    Record<string, { readonly responses: Readonly<Record<string, Json | null>>; readonly body?: Json }>
  >;
  readonly components: Readonly<Record<string, Json>>;
}

function load(): Strictness {
  const path = join(__dirname, "../../fixtures/github/openapi-subset.json");
  const subset = JSON.parse(readFileSync(path, "utf8")) as Subset;
  let closed: Checker | undefined;
  let open: Checker | undefined;
  return {
    mistakeIn: (operation, { status, json }) => {
      const responses = subset.operations[operation]?.responses;
      if (responses === undefined) return `GitHub's description of ${operation} is not in the subset.`;
      const schema = responses[String(status)];
      if (status >= 400) return errorMistake(operation, status, json);
      if (schema === undefined) return `GitHub does not answer ${operation} with ${status}.`;
      if (schema === null)
        return json === undefined ? undefined : `GitHub answers ${operation} ${status} without a body.`;
      return (closed ??= checker(subset, "closed"))(`${operation} ${status}`, schema, JSON.parse(JSON.stringify(json)));
    },
    mistakeInCall: (operation, sent) => {
      const schema = subset.operations[operation]?.body;
      if (schema === undefined) return undefined;
      return (open ??= checker(subset, "open"))(`${operation} body`, schema, sent ?? {});
    },
  };
}

/** Errors: GitHub describes not all it gives (and some by other media types); each has a message. */
function errorMistake(operation: string, status: number, json: unknown): string | undefined {
  const message = (json as { readonly message?: unknown } | undefined)?.message;
  return typeof message === "string" ? undefined : `An error of ${operation} (${status}) has no message.`;
}

/** Fields that GitHub answers and does not describe, with who says so. */
const undescribed: Readonly<Record<string, Json>> = {
  // google/go-github: Environment.CanAdminsBypass
  environment: { can_admins_bypass: { type: "boolean" } },
};

function extended(name: string, schema: Json): Json {
  const more = undescribed[name];
  return more === undefined ? schema : { ...schema, properties: { ...(schema["properties"] as Json), ...more } };
}

type Checker = (name: string, schema: Json, value: unknown) => string | undefined;

function checker({ components }: Subset, how: "closed" | "open"): Checker {
  const ajv = new Ajv({
    strict: false,
    logger: false,
    // Compiling is most of the cost: each schema is used a few times only.
    meta: false,
    validateSchema: false,
    inlineRefs: false,
    code: { optimize: false },
  });
  addFormats(ajv);
  // OpenAPI's own formats, and one GitHub writes without meaning it.
  for (const name of ["repo.nwo", "timestamp"]) ajv.addFormat(name, true);
  const definitions = Object.fromEntries(
    Object.entries(components).map(
      ([name, schema]) => [name, extended(name, translated(schema, how) as Json)] as const,
    ),
  );
  // Parts of an allOf know nothing of each other's fields: they are never closed.
  const open = Object.fromEntries(Object.entries(components).map(([name, one]) => [name, translated(one, "open")]));
  ajv.addSchema({ $id: "github", components: definitions, open });
  const compiled = new Map<string, ValidateFunction>();
  return (name, schema, value) => {
    let validate = compiled.get(name);
    if (validate === undefined) {
      validate = ajv.compile(translated(schema, how) as Json);
      compiled.set(name, validate);
    }
    if (validate(value) === true) return undefined;
    const told = (validate.errors ?? []).slice(0, 5).map((error) => {
      const extra = (error.params as { additionalProperty?: string }).additionalProperty;
      return `${error.instancePath || "/"} ${error.message ?? ""}${extra === undefined ? "" : ` (${extra})`}`;
    });
    return `${name} does not fit GitHub's schema: ${told.join("; ")}`;
  };
}

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes a type, references lead into our document, objects are closed. */
function translated(schema: unknown, how: "closed" | "open", inside: "allOf" | "alone" = "alone"): unknown {
  if (Array.isArray(schema)) return schema.map((one) => translated(one, how, inside));
  if (schema === null || typeof schema !== "object") return schema;
  const from = schema as Json;
  if (typeof from["$ref"] === "string") {
    const part = inside === "allOf" ? from["$ref"].replace("#/components/", "#/open/") : from["$ref"];
    const reference = { $ref: `github${part}` };
    return from["nullable"] === true ? { anyOf: [reference, { type: "null" }] } : reference;
  }
  const to: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(from)) {
    if (key === "nullable") continue;
    else if (key === "properties") {
      to[key] = Object.fromEntries(Object.entries(value as Json).map(([name, one]) => [name, translated(one, how)]));
    } else if (key === "enum" || key === "required" || key === "const") to[key] = value;
    else to[key] = translated(value, how, key === "allOf" ? "allOf" : "alone");
  }
  const isPlain = from["properties"] !== undefined && from["additionalProperties"] === undefined;
  if (how === "closed" && isPlain && inside === "alone") to["additionalProperties"] = false;
  return from["nullable"] === true ? { anyOf: [to, { type: "null" }] } : to;
}

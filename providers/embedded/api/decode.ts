/**
 * Bodies as hoop reads them: the first JSON value counts, unknown fields and what comes after are
 * ignored, mistakes are told in the words of Go's decoder. Nothing but named fields is taken over.
 */
import { limits } from "../limits";
import { refuse } from "./reply";

/** Kinds of fields, with what they are in Go. `any` is taken as it is. */
export interface FieldKinds {
  readonly string: string;
  readonly int64: number;
  readonly float64: number;
  readonly bool: boolean;
  readonly strings: readonly string[];
  readonly map: Readonly<Record<string, unknown>>;
  readonly list: readonly unknown[];
  readonly any: unknown;
}

/** A field: its kind, its name in Go, and whether it must be there. */
export interface Field {
  readonly kind: keyof FieldKinds;
  readonly go: string;
  readonly required?: true;
}

/** A body's shape: its Go type and its fields. */
export interface Shape {
  readonly go: string;
  readonly fields: Readonly<Record<string, Field>>;
}

/** What a shape decodes to: absent fields are undefined, null stays null. */
export type Decoded<S extends Shape> = {
  readonly [F in keyof S["fields"]]: FieldKinds[S["fields"][F]["kind"]] | null | undefined;
};

/** The items of a list of a body; undefined when the body does not name it or it is no list. */
export function listIn(body: string, name: string): readonly unknown[] | undefined {
  const value = firstValue(body);
  const list = isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return Array.isArray(list) ? list : undefined;
}

/** Reads a body, or refuses it with 400. */
export function decode<S extends Shape>(shape: S, body: string): Decoded<S> {
  const value = firstValue(body);
  if (!isMap(value)) refuse(400, `json: cannot unmarshal ${goKind(value)} into Go value of type openapi.${shape.go}`);
  const fields = Object.entries(shape.fields).map(([name, field]): [string, unknown] => [
    name,
    readField(shape, name, field, Object.hasOwn(value, name) ? value[name] : undefined),
  ]);
  const decoded = Object.fromEntries(fields);
  refuseMissing(shape, decoded);
  return decoded as Decoded<S>;
}

/** Whether a value is a JSON object. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readField(shape: Shape, name: string, field: Field, value: unknown): unknown {
  if (value === undefined || value === null || field.kind === "any") return value;
  const wanted = goTypes[field.kind];
  if (!fits(field.kind, value)) {
    const where = `Go struct field ${shape.go}.${name} of type ${wanted}`;
    refuse(400, `json: cannot unmarshal ${goKind(wrongPart(field.kind, value))} into ${where}`);
  }
  if (Array.isArray(value) && value.length > limits.listLength) refuse(422, `${name}: too many entries`);
  return value;
}

const goTypes: Readonly<Record<keyof FieldKinds, string>> = {
  string: "string",
  int64: "int64",
  float64: "float64",
  bool: "bool",
  strings: "string",
  map: "map[string]interface {}",
  list: "[]interface {}",
  any: "interface {}",
};

function fits(kind: keyof FieldKinds, value: unknown): boolean {
  switch (kind) {
    case "string":
      return typeof value === "string";
    case "int64":
      return Number.isSafeInteger(value);
    case "float64":
      return typeof value === "number";
    case "bool":
      return typeof value === "boolean";
    case "strings":
      return Array.isArray(value) && value.every((item) => typeof item === "string");
    case "map":
      return isMap(value);
    case "list":
      return Array.isArray(value);
    case "any":
      return true;
  }
}

function wrongPart(kind: keyof FieldKinds, value: unknown): unknown {
  return kind === "strings" && Array.isArray(value) ? value.find((item) => typeof item !== "string") : value;
}

function goKind(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? "number" : `number ${value}`;
  if (typeof value === "boolean") return "bool";
  if (Array.isArray(value)) return "array";
  return typeof value === "string" ? "string" : "object";
}

/** Go's `required`: absent, null and the empty string are missing; an empty list is there. */
function refuseMissing(shape: Shape, decoded: Readonly<Record<string, unknown>>): void {
  const type = shape.go;
  const missing = Object.entries(shape.fields)
    .filter(([name, field]) => field.required === true && isMissing(decoded[name]))
    .map(([, { go }]) => `Key: '${type}.${go}' Error:Field validation for '${go}' failed on the 'required' tag`);
  if (missing.length > 0) refuse(400, missing.join("\n"));
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** The first JSON value of a text. */
function firstValue(text: string): unknown {
  if (text.trim() === "") refuse(400, "EOF");
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return valueBefore(text, endOfFirst(text));
  }
}

function valueBefore(text: string, end: number | undefined): unknown {
  if (end === undefined) refuse(400, "unexpected EOF");
  try {
    return JSON.parse(text.slice(0, end)) as unknown;
  } catch {
    return refuse(400, "invalid character in JSON body");
  }
}

/** Where the first object or array of a text ends; undefined when it does not. */
function endOfFirst(text: string): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth <= 0) return at + 1;
    }
  }
  return undefined;
}

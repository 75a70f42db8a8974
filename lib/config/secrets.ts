import type { ValueProblem } from "../request/duration-words";
import type { ValuePath } from "../request/locate";

/** What `${env:NAME}` or `${file:PATH}` points to. */
export type ParsedSecretRef =
  { readonly kind: "env"; readonly name: string } | { readonly kind: "file"; readonly path: string };

/** Reads a reference of a secret; undefined for everything else, so also for a secret itself. */
export function tryParseSecretRef(text: string): ParsedSecretRef | undefined {
  const name = /^\$\{env:([A-Za-z_][A-Za-z0-9_]{0,127})\}$/.exec(text)?.[1];
  if (name !== undefined) return { kind: "env", name };
  // oxlint-disable-next-line no-control-regex -- a path with control characters is what this keeps out
  const path = /^\$\{file:([^{}\u0000-\u001f]{1,300})\}$/.exec(text)?.[1];
  return path === undefined ? undefined : { kind: "file", path };
}

/** Whether the config holds a secret, and nothing but a reference of one, at a path. */
export function isSecretPlace(path: ValuePath): boolean {
  return (
    (path[0] === "gateways" && (path[2] === "keys" || path[2] === "observeUrl")) ||
    (path[0] === "log" && (path[1] === "url" || path[2] === "key"))
  );
}

/** Why a reference of a secret may not be used; never repeats the text. */
export function secretProblem(text: string): ValueProblem | undefined {
  const ref = tryParseSecretRef(text);
  if (ref === undefined) {
    return {
      detail: "a secret may not stand in the file, and what stands here is no reference",
      fix: "write `${env:NAME}` or `${file:PATH}`; if this was a real secret, replace it where it is used: it is in Git now",
    };
  }
  if (ref.kind === "file" && ref.path.split("/").includes("..")) {
    return {
      detail: "the path of the secret leads upwards",
      fix: "write an absolute path such as `${file:/run/secrets/hoop}`",
    };
  }
  return undefined;
}

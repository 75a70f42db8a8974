import { isAbsolute, resolve } from "node:path";
import { failure } from "../errors";
import type { Files, Secrets } from "../ports";
import { fileFailure } from "./file-failure";

/** Where secrets come from. */
export interface SystemSecretsOptions {
  /** What a relative `${file:PATH}` is relative to: the directory of leasehold.yaml. */
  readonly directory: string;
  readonly files: Files;
  /** The environment; this process's own by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const longestSecret = 65_536;
const reference = /^\$\{(env|file):([^${}\p{Cc}]{1,4096})\}$/u;

/**
 * Resolves `${env:NAME}` and `${file:PATH}`. Throws E702 naming the reference, never a value, when there
 * is nothing to be had: not set, missing, empty, not a reference. One line break at the end of a file is cut.
 */
export function systemSecrets(options: SystemSecretsOptions): Secrets {
  return {
    async resolve(ref) {
      const [, kind, name = ""] = reference.exec(ref) ?? [];
      if (kind === "env") return fromEnvironment(ref, name, options.environment ?? process.env);
      if (kind === "file") return await fromFile(ref, name, options);
      // A mistyped reference may be the secret itself: it is not repeated.
      throw missing("a secret is given that is no reference", "write `${env:NAME}` or `${file:PATH}`");
    },
  };
}

function fromEnvironment(ref: string, name: string, environment: Readonly<Record<string, string | undefined>>): string {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  if (value !== undefined && value !== "") return value;
  const seen = value === undefined ? "is not set" : "is empty";
  throw missing(`${ref}: the variable ${name} ${seen}`, `set ${name} in the environment of this command`);
}

async function fromFile(ref: string, name: string, options: SystemSecretsOptions): Promise<string> {
  const path = isAbsolute(name) ? name : resolve(options.directory, name);
  const text = await tryRead(ref, path, options.files);
  if (text === undefined) throw missing(`${ref}: there is no file ${path}`, `write the secret to ${path}, mode 0600`);
  const value = text.replace(/\r?\n$/, "");
  if (value === "") throw missing(`${ref}: the file ${path} is empty`, `write the secret to ${path}, mode 0600`);
  return value;
}

async function tryRead(ref: string, path: string, files: Files): Promise<string | undefined> {
  try {
    return await files.tryReadText(path, longestSecret);
  } catch (error) {
    const { message } = fileFailure(error, path);
    throw missing(`${ref}: ${message}`, `make ${path} a readable file that holds only the secret`, error);
  }
}

function missing(detail: string, fix: string, cause?: unknown): Error {
  return failure("E702", { detail, fix, cause });
}

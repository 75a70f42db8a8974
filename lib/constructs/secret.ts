import type { SecretRef } from "../model/resource";
import { misuse } from "./misuse";

/** A reference to a secret; its value is never in the rules, the Manifest, a plan or the Log. */
export class Secret {
  /** `${env:NAME}` or `${file:PATH}`. */
  readonly ref: SecretRef;

  private constructor(ref: SecretRef) {
    this.ref = ref;
  }

  /** The value of an environment variable of the process that writes the Connection to the gateway. */
  static fromEnv(name: string): Secret {
    if (typeof name === "string" && /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) return new Secret(`\${env:${name}}`);
    throw misuse("the argument of Secret.fromEnv", "the name of an environment variable, like `ORDERS_RO`", name);
  }

  /** The content of a file, relative to leasehold.yaml, without its final line break. */
  static fromFile(path: string): Secret {
    if (typeof path === "string" && /^[^\p{Cc}\p{Cf}{}]{1,1000}$/u.test(path)) return new Secret(`\${file:${path}}`);
    throw misuse("the argument of Secret.fromFile", "a path without braces or control characters", path);
  }

  /** The reference. */
  toString(): string {
    return this.ref;
  }
}

import type { Diagnostic, SourceRange } from "../../errors";
import type { Manifest } from "../../model/manifest";
import type { AccessRequest } from "../../model/request";
import type { GovernedConfig } from "../../synth/synthesis";

/** What the child is told on its standard input, as JSON. */
export interface ChildTask {
  /** The repository, a real path. */
  readonly repository: string;
  /** The rules program, a real path within it. */
  readonly app: string;
  /** Files and directories of the repository that may be read, real paths. */
  readonly readable: readonly string[];
  readonly governed: GovernedConfig;
}

/** Something in the repository that the result depends on. Paths are relative to it, with `/`. */
export type ProgramInput =
  | { readonly kind: "file"; readonly path: string; readonly digest: string }
  /** Digest of the names in it. */
  | { readonly kind: "directory"; readonly path: string; readonly digest: string }
  | { readonly kind: "absent"; readonly path: string };

/** What the child says on file descriptor 3, as JSON: once, and then it ends. */
export type ChildMessage =
  | {
      readonly kind: "synthesis";
      readonly manifest: Manifest;
      readonly requests: readonly AccessRequest[];
      readonly inputs: readonly ProgramInput[];
    }
  | { readonly kind: "failure"; readonly diagnostics: readonly Diagnostic[] };

/** Where the result comes back: a pipe of its own, so that nothing that a program prints can be taken for it. */
export const resultDescriptor = 3;

/** Where in the repository something went wrong; without the line's text, which the parent adds. */
export type ProgramPosition = Omit<SourceRange, "source">;

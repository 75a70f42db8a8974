import { failure } from "../errors";
import type { GitHub } from "./open-github";
import type { RepositoryName } from "./types";

/** The first-parent commits of a branch after `from`, oldest first; the default branch where none is named. Throws E405. */
export async function firstParentsSince(
  _github: GitHub,
  _repository: RepositoryName,
  _where: { readonly from: string; readonly branch?: string },
): Promise<{ readonly commits: readonly string[]; readonly tip: string; readonly branch: string }> {
  throw failure("E900", { fix: "wait for the next commit" });
}

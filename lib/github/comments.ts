import { failure } from "../errors";
import type { GitHub } from "./open-github";
import type { PullComment, RepositoryName } from "./types";

/** Reads a comment as it stands now, by its numeric id: an event's payload may be old. */
export async function readComment(
  _github: GitHub,
  _repository: RepositoryName,
  _comment: { readonly number: number; readonly id: number },
): Promise<PullComment> {
  throw failure("E900", { fix: "wait for the next commit" });
}

/** Answers on an issue or a pull request with a comment of its own. */
export async function commentOn(
  _github: GitHub,
  _repository: RepositoryName,
  _comment: { readonly number: number; readonly text: string },
): Promise<{ readonly id: number }> {
  throw failure("E900", { fix: "wait for the next commit" });
}

/** Shows on a comment that it was seen. */
export async function reactTo(
  _github: GitHub,
  _repository: RepositoryName,
  _comment: { readonly id: number; readonly with: "eyes" | "+1" | "-1" | "confused" | "rocket" },
): Promise<void> {
  throw failure("E900", { fix: "wait for the next commit" });
}

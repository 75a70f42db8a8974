import { failure } from "../errors";
import type { GitHub } from "./open-github";
import type { IssueToWrite, RepositoryName } from "./types";

/** Opens our issue of a key, or puts its text right; nothing is written where it is. */
export async function writeIssue(
  _github: GitHub,
  _repository: RepositoryName,
  _issue: IssueToWrite,
): Promise<{ readonly number: number; readonly writes: number }> {
  throw failure("E900", { fix: "wait for the next commit" });
}

import { failure } from "../errors";
import type { GitHub } from "./open-github";
import type { OpenedPull, PullToOpen, RepositoryName } from "./types";

/** Opens a pull request through the API: tree, commit, branch, pull request, reviewers. */
export async function openPullRequest(
  _github: GitHub,
  _repository: RepositoryName,
  _pull: PullToOpen,
): Promise<OpenedPull> {
  throw failure("E900", { fix: "wait for the next commit" });
}

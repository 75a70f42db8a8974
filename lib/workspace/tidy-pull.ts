import type { GitHub, OpenedPull, RepositoryName } from "../github";
import { digestOf } from "../model/canonical";
import type { OverFile } from "./tidy";

/** Where a tidying is proposed. */
export interface TidyPlace {
  readonly github: GitHub;
  readonly repository: RepositoryName;
}

/**
 * Proposes to move or delete files in one pull request. Its branch is named after what it does, so that
 * a second run with the same files finds it there. Throws what GitHub throws.
 */
export async function openTidyPull(files: readonly OverFile[], { github, repository }: TidyPlace): Promise<OpenedPull> {
  const { openPullRequest } = await import("../github/open-pull.js");
  const { tidyPullText } = await import("../render/pull-bodies.js");
  const { title, message, body } = tidyPullText(files);
  const moves = files.map(({ path, to }) => [path, to ?? null]);
  return openPullRequest(github, repository, {
    branch: `leasehold/tidy-${digestOf(moves).slice(0, 12)}`,
    files: files.flatMap(({ path, to, text }) => [
      { path, text: null },
      ...(to === undefined ? [] : [{ path: to, text }]),
    ]),
    message,
    title,
    body,
  });
}

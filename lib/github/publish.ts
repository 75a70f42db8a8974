import { failure } from "../errors";
import { limits } from "../model/limits";
import { writeCheck } from "./check-run";
import { bodyOf, putCommentRight } from "./own-comments";
import type { GitHub } from "./open-github";
import type { CheckToPublish, Publication, RepositoryName } from "./types";

/**
 * Puts comment and check run of a pull request right; where both are, nothing is written. The check run comes first: it
 * gates the merge. A comment that somebody edited or deleted is put right or made again; of two of ours (two runs at
 * once) the older one is kept. Throws E525 where the text does not fit, after the check run said so.
 */
export async function publish(
  github: GitHub,
  repository: RepositoryName,
  publication: Publication,
): Promise<{ readonly writes: number }> {
  const { installation, number, headSha, check, comment, published } = publication;
  const body = bodyOf(installation, comment.text);
  const fits = body.length <= limits.commentCharacters && check.text.length < limits.commentCharacters;
  const checked = await writeCheck(github, repository, {
    headSha,
    check: fits ? check : tooLong(check),
    ...(published.check === undefined ? {} : { published: published.check }),
  });
  if (!fits) {
    throw failure("E525", {
      detail: `the text has ${body.length} characters, a comment on GitHub at most ${limits.commentCharacters}`,
      fix: "split the pull request; its check run has failed",
    });
  }
  const commented = await putCommentRight(github, repository, {
    installation,
    number,
    body,
    published,
  });
  return { writes: checked + commented };
}

/** What fails where the whole cannot be shown. */
function tooLong(check: CheckToPublish): CheckToPublish {
  const summary = "Not all that must be seen fits in a comment, so this check fails. Split the pull request.";
  return { ...check, conclusion: "failure", title: "Does not fit in the comment", summary, text: summary };
}

import { commentMarker } from "./names";
import type { GitHub } from "./open-github";
import { readOwnComments } from "./own-comments";
import { writeComment } from "./publish";
import type { RepositoryName } from "./types";

/** A comment to be put right without a check run: of a pull request that is merged. */
export interface CommentPublication {
  readonly installation: string;
  readonly number: number;
  /** The text without the marker, which is added. */
  readonly text: string;
  /** Whether a comment that stands, with its marker, says the same already. */
  readonly isUnchanged: (body: string) => boolean;
}

/** Puts our one comment on a pull request right; nothing is written where it says the same already. */
export async function publishComment(
  github: GitHub,
  repository: RepositoryName,
  { installation, number, text, isUnchanged }: CommentPublication,
): Promise<{ readonly writes: number }> {
  const comments = await readOwnComments(github, repository, { number, installation });
  const [oldest, ...others] = comments;
  if (oldest !== undefined && others.length === 0 && isUnchanged(oldest.body)) return { writes: 0 };
  const body = `${commentMarker(installation)}\n${text}`;
  const writes = await writeComment(github, repository, {
    publication: { installation, number, published: { comments } },
    body,
  });
  return { writes };
}

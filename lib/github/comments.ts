import { failure } from "../errors";
import { limits } from "../model/limits";
import type { GitHub } from "./open-github";
import { restAccountOf } from "./people";
import type { PullComment, RepositoryName } from "./types";

/** Which comment: its numeric id, and the issue or pull request that an event says it stands on. */
export interface CommentName {
  readonly id: number;
  readonly number: number;
}

/**
 * Reads a comment as it stands now: an event may be old, its comment edited or deleted since. Throws E524 where it is
 * gone, or stands elsewhere.
 */
export async function readComment(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { id, number }: CommentName,
): Promise<PullComment> {
  const comment = await github.ask("comment of somebody", { owner, repo, comment_id: id });
  const place = /\/(\d{1,15})$/.exec(comment.get("issue_url").string(2_000))?.[1];
  if (comment.get("id").id() !== id || Number(place) !== number) {
    throw failure("E524", { detail: `there is no comment ${id} on ${number}`, fix: "comment again" });
  }
  const by = restAccountOf(comment.nullable("user"));
  const at = comment.get("created_at").instant();
  return {
    id,
    number,
    isOnPull: comment.get("html_url").string(2_000).includes(`/pull/${number}#`),
    ...(by === undefined ? {} : { by }),
    body: comment.get("body").string(),
    at,
    isEdited:
      comment.get("updated_at").instant() !== at || (await hasEdits(github, comment.get("node_id").string(200))),
  };
}

/** REST tells times to the second: an edit within the second in which a comment was written does not show there. */
async function hasEdits(github: GitHub, id: string): Promise<boolean> {
  const document = "query Edits($id: ID!) { node(id: $id) { __typename ... on IssueComment { lastEditedAt } } }";
  const { data } = await github.query("edits of a comment", document, { variables: { id } });
  return data.get("node").optional("lastEditedAt") !== undefined;
}

/** Answers on an issue or a pull request with a comment of its own. A lost answer is not repeated: E520 then. */
export async function commentOn(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { number, text }: { readonly number: number; readonly text: string },
): Promise<{ readonly id: number }> {
  if (text.length > limits.commentCharacters) {
    throw failure("E525", {
      detail: `the text has ${text.length} characters, a comment on GitHub at most ${limits.commentCharacters}`,
      fix: "look at the same with `leasehold status`",
    });
  }
  const made = await github.ask("create comment", { owner, repo, issue_number: number, body: text });
  return { id: made.get("id").id() };
}

/** Shows on a comment that it was seen; safe to repeat. */
export async function reactTo(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  reaction: { readonly id: number; readonly with: "eyes" | "+1" | "-1" | "confused" | "rocket" },
): Promise<void> {
  const answer = await github.ask("react to comment", {
    owner,
    repo,
    comment_id: reaction.id,
    content: reaction.with,
  });
  answer.get("id").id();
}

import type { Foreign } from "./foreign";
import type { PublishedCheck, PublishedComment } from "./types";

/** What of a comment has to be asked for. */
export const commentFields = "fullDatabaseId viewerDidAuthor body lastEditedAt";

/** What GraphQL calls a pull request: an id of no meaning, of which only the length is known. */
export function pullIdOf(pull: Foreign): string {
  return pull.get("id").string(500);
}

/**
 * Our own comments among all, oldest first: by author, which nobody can forge, and by marker, as others of ours may
 * stand there too. Those we never edit: one that was edited and has no marker is ours to put right, whatever
 * somebody made it say in our name.
 */
export function publishedCommentsOf(comments: readonly Foreign[], marker: string): readonly PublishedComment[] {
  return comments
    .filter((comment) => comment.get("viewerDidAuthor").boolean())
    .map((comment) => ({
      id: comment.get("fullDatabaseId").id(),
      body: comment.get("body").string(),
      isEdited: comment.nullable("lastEditedAt") !== undefined,
    }))
    .filter(({ body, isEdited }) => body.startsWith(marker) || isEdited)
    .map(({ id, body }) => ({ id, body }))
    .sort((a, b) => a.id - b.id);
}

/**
 * Our check run on the head. A check suite belongs to one app, and the login of an app is its slug with
 * `[bot]`: what another app posted under our name is not ours.
 */
export function publishedCheckOf(pull: Foreign, login: string): PublishedCheck | undefined {
  // Where the token may not read checks, this is null: then the check run is published anew.
  const [head] = pull.optional("headCommit")?.get("nodes").list(1) ?? [];
  if (head === undefined || head.isNull) return undefined;
  const commit = head.get("commit");
  if (commit.get("oid").sha() !== pull.get("headRefOid").sha()) return undefined;
  const suites = commit.nullable("checkSuites")?.get("nodes").list(100) ?? [];
  const own = suites.filter((suite) => !suite.isNull && `${slugOf(suite)}[bot]` === login);
  const runs = own.flatMap((suite) => suite.nullable("checkRuns")?.get("nodes").list(1) ?? []);
  const newest = runs
    .filter((run) => !run.isNull)
    .map(checkOf)
    .toSorted((a, b) => (b.id ?? 0) - (a.id ?? 0));
  return newest[0];
}

function slugOf(suite: Foreign): string {
  return suite.nullable("app")?.get("slug").string(200) ?? "";
}

function checkOf(run: Foreign): PublishedCheck {
  const id = run.nullable("databaseId")?.id();
  const conclusion = run.nullable("conclusion")?.string(100);
  return {
    ...(id === undefined ? {} : { id }),
    isCompleted: run.get("status").string(100) === "COMPLETED",
    ...(conclusion === undefined ? {} : { conclusion }),
    externalId: run.nullable("externalId")?.string(1_000) ?? "",
  };
}

import { failure, isFailure } from "../errors";
import { limits } from "../model/limits";
import type { Foreign } from "./foreign";
import { commentMarker } from "./names";
import type { GitHub } from "./open-github";
import { allNodes, pageFields } from "./pages";
import { commentFields, publishedCommentsOf } from "./published";
import type { PublishedComment, RepositoryName } from "./types";

/** Our comment on a pull request, to be put right by itself. */
export interface CommentToPublish {
  readonly installation: string;
  readonly number: number;
  /** The text without the marker, which is added. */
  readonly text: string;
  /** Whether what stands says the same already; compared word for word where left out. */
  readonly isUnchanged?: (body: string) => boolean;
}

/** Reads our comment on a pull request and puts it right; nothing is written where it is. Throws E525 for a text that does not fit. */
export async function publishComment(
  github: GitHub,
  repository: RepositoryName,
  { installation, number, text, isUnchanged }: CommentToPublish,
): Promise<{ readonly writes: number }> {
  const body = bodyOf(installation, text);
  if (body.length > limits.commentCharacters) {
    throw failure("E525", {
      detail: `the text has ${body.length} characters, a comment on GitHub at most ${limits.commentCharacters}`,
      fix: "look at the same with `leasehold status`",
    });
  }
  const comments = await readOwnComments(github, repository, { installation, number });
  const write = { installation, number, body, comments, ...(isUnchanged === undefined ? {} : { isUnchanged }) };
  return { writes: await putCommentRight(github, repository, write) };
}

/** The text of a comment as it is posted. */
export function bodyOf(installation: string, text: string): string {
  return `${commentMarker(installation)}\n${text}`;
}

/** A comment to be put right, and ours that are there. */
export interface CommentWrite {
  readonly installation: string;
  readonly number: number;
  readonly body: string;
  readonly comments: readonly PublishedComment[];
  readonly isUnchanged?: (body: string) => boolean;
}

/** Makes our one comment say this, and gives the number of writes. */
export async function putCommentRight(
  github: GitHub,
  repository: RepositoryName,
  write: CommentWrite,
): Promise<number> {
  if (write.comments.length > 0) return await keepOldest(github, repository, write);
  const made = await createComment(github, repository, write);
  // Another run may have made one at the same moment: both look again, and both keep the same one.
  const comments = await readOwnComments(github, repository, write);
  return made + (await keepOldest(github, repository, { ...write, comments }));
}

/** Puts the oldest comment right and deletes the others. */
async function keepOldest(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { body, comments, isUnchanged = (there) => isSameText(there, body) }: CommentWrite,
): Promise<number> {
  const [oldest, ...others] = comments;
  let writes = 0;
  if (oldest !== undefined && !isUnchanged(oldest.body)) {
    const attempt = await github.attempt("update comment", { owner, repo, comment_id: oldest.id, body });
    writes += 1;
    // Also where somebody deleted it in this moment: a check run must not pass beside a comment that does not say why.
    if (attempt.kind === "refused") throw attempt.error;
    if (attempt.body.get("id").id() !== oldest.id) attempt.body.fail("another comment");
  }
  for (const { id } of others) {
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for writes one after the other
    const attempt = await github.attempt("delete comment", { owner, repo, comment_id: id });
    writes += 1;
    if (attempt.kind === "refused" && attempt.status !== 404) throw attempt.error;
    if (attempt.kind === "answer" && attempt.status !== 204) attempt.body.fail(`status ${attempt.status}`);
  }
  return writes;
}

/** Creates the comment. Where the answer was lost it may be there: it is looked for before it is made again, once. */
async function createComment(github: GitHub, repository: RepositoryName, write: CommentWrite): Promise<number> {
  const { owner, name: repo } = repository;
  const create = async (): Promise<number> =>
    (await github.ask("create comment", { owner, repo, issue_number: write.number, body: write.body })).get("id").id();
  try {
    await create();
    return 1;
  } catch (thrown) {
    if (!isFailure(thrown) || (thrown.code !== "E520" && thrown.code !== "E522")) throw thrown;
    const found = await readOwnComments(github, repository, write);
    if (found.length > 0) return 1;
    await create();
    return 2;
  }
}

/** Reads our own comments with the marker on a pull request anew, oldest first. */
async function readOwnComments(
  github: GitHub,
  { owner, name }: RepositoryName,
  { number, installation }: { readonly number: number; readonly installation: string },
): Promise<readonly PublishedComment[]> {
  const read = async (after: string | null): Promise<Foreign> => {
    const { data } = await github.query("our comments", document, { variables: { owner, name, number, after } });
    return data.at("repository", "pullRequest", "comments");
  };
  const nodes = await allNodes(await read(null), { most: limits.pullReviews, next: read });
  return publishedCommentsOf(nodes, commentMarker(installation));
}

const document = `query OurComments($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) { ${pageFields} nodes { ${commentFields} } }
    }
  }
}`;

/** GitHub may write line ends its own way and drop white space at the end. */
function isSameText(a: string, b: string): boolean {
  return a.replace(/\r\n/g, "\n").trimEnd() === b.replace(/\r\n/g, "\n").trimEnd();
}

import { failure, isFailure } from "../errors";
import { limits } from "../model/limits";
import type { Foreign } from "./foreign";
import { commentMarker } from "./names";
import type { GitHub } from "./open-github";
import { allNodes, pageFields } from "./pages";
import { commentFields, publishedCommentsOf, pullIdOf } from "./published";
import type { PublishedComment, PublishedState, RepositoryName } from "./types";

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
  const published = await readOwnComments(github, repository, { installation, number });
  const write = { installation, number, body, published, ...(isUnchanged === undefined ? {} : { isUnchanged }) };
  return { writes: await putCommentRight(github, repository, write) };
}

/** The text of a comment as it is posted. */
export function bodyOf(installation: string, text: string): string {
  return `${commentMarker(installation)}\n${text}`;
}

/** A comment to be put right, and what of ours is there. */
export interface CommentWrite {
  readonly installation: string;
  readonly number: number;
  readonly body: string;
  readonly published: PublishedState;
  readonly isUnchanged?: (body: string) => boolean;
}

/** Makes our one comment say this, and gives the number of writes. */
export async function putCommentRight(
  github: GitHub,
  repository: RepositoryName,
  write: CommentWrite,
): Promise<number> {
  const { comments } = write.published;
  if (comments.length > 0) return await keepOldest(github, repository, { ...write, comments });
  // Another run may add one at the same moment: whichever adds later sees both, and both keep the older.
  const added = await addComment(github, repository, write);
  return added.writes + (await keepOldest(github, repository, { ...write, comments: added.comments }));
}

interface CommentsToKeep extends Omit<CommentWrite, "published"> {
  /** All of ours, oldest first. */
  readonly comments: readonly PublishedComment[];
}

/** Puts the oldest comment right and deletes the others. */
async function keepOldest(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { body, comments, isUnchanged = (there) => isSameText(there, body) }: CommentsToKeep,
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

interface CommentAdded {
  readonly writes: number;
  /** All of ours as they stood just after, oldest first. */
  readonly comments: readonly PublishedComment[];
}

/** Adds the comment. Where the answer was lost it may be there: it is looked for before it is added again, once. */
async function addComment(github: GitHub, repository: RepositoryName, write: CommentWrite): Promise<CommentAdded> {
  try {
    return { writes: 1, comments: await addOnce(github, repository, write) };
  } catch (thrown) {
    if (!isFailure(thrown) || (thrown.code !== "E520" && thrown.code !== "E522")) throw thrown;
    const { comments } = await readOwnComments(github, repository, write);
    return comments.length > 0
      ? { writes: 1, comments }
      : { writes: 2, comments: await addOnce(github, repository, write) };
  }
}

/** Adds the comment and gives all of ours, which the same answer lists: no second look is needed. */
async function addOnce(
  github: GitHub,
  repository: RepositoryName,
  write: CommentWrite,
): Promise<readonly PublishedComment[]> {
  const { body, number, published } = write;
  const data = await github.mutate("add our comment", addDocument, { pullId: published.pullId, body });
  const added = data.get("addComment");
  const subject = added.get("subject");
  if (subject.get("number").id() !== number) subject.fail("another pull request");
  const comments = await ownAmong(github, repository, { ...write, connection: subject.get("comments") });
  const id = added.at("commentEdge", "node", "fullDatabaseId").id();
  // A list of a moment before may lack what another run added too.
  if (!comments.some((one) => one.id === id)) subject.fail("the comment that was added is not listed");
  return comments;
}

interface PullOfInstallation {
  readonly installation: string;
  readonly number: number;
}

/** Reads our own comments with the marker on a pull request anew, oldest first. */
async function readOwnComments(
  github: GitHub,
  repository: RepositoryName,
  asked: PullOfInstallation,
): Promise<PublishedState> {
  const pull = await readPage(github, repository, { number: asked.number, after: null });
  const comments = await ownAmong(github, repository, { ...asked, connection: pull.get("comments") });
  return { pullId: pullIdOf(pull), comments };
}

/** Our own among the comments that begin with this page. */
async function ownAmong(
  github: GitHub,
  repository: RepositoryName,
  { installation, number, connection }: PullOfInstallation & { readonly connection: Foreign },
): Promise<readonly PublishedComment[]> {
  const nodes = await allNodes(connection, {
    most: limits.pullReviews,
    next: async (after) => (await readPage(github, repository, { number, after })).get("comments"),
  });
  return publishedCommentsOf(nodes, commentMarker(installation));
}

async function readPage(
  github: GitHub,
  { owner, name }: RepositoryName,
  { number, after }: { readonly number: number; readonly after: string | null },
): Promise<Foreign> {
  const { data } = await github.query("our comments", readDocument, { variables: { owner, name, number, after } });
  return data.at("repository", "pullRequest");
}

const commentsPage = `${pageFields} nodes { ${commentFields} }`;

const readDocument = `query OurComments($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { id comments(first: 100, after: $after) { ${commentsPage} } }
  }
}`;

/** A mutation answers with what is there after it: the new comment, and all that stand beside it. */
const addDocument = `mutation AddOurComment($pullId: ID!, $body: String!) {
  addComment(input: { subjectId: $pullId, body: $body }) {
    commentEdge { node { fullDatabaseId } }
    subject { ... on PullRequest { number comments(first: 100) { ${commentsPage} } } }
  }
}`;

/** GitHub may write line ends its own way and drop white space at the end. */
function isSameText(a: string, b: string): boolean {
  return a.replace(/\r\n/g, "\n").trimEnd() === b.replace(/\r\n/g, "\n").trimEnd();
}

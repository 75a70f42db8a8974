/** Issues, comments and reactions. */
import { fails, notFound, ok } from "../http/answer";
import { paged } from "../http/page";
import type { RepositoryCall, Route } from "../http/route";
import {
  addComment,
  closeOrOpenIssue,
  deleteComment as takeAway,
  editComment,
  openIssue,
  tryFindComment,
} from "../world/pulls";
import type { Issue } from "../world/model";
import { atLeast } from "../world/world";
import { userOrNull } from "./shapes-people";
import { commentShape, issueShape } from "./shapes-pull";

const reads = { permission: "issues", level: "read" } as const;
/** Everybody who may read may open an issue and comment. */
const writes = { permission: "issues", level: "write", person: "read" } as const;

/** GitHub asks for either for a comment; which one, depends on what it stands on. */
const readsComments = { ...reads, or: "pull_requests" } as const;
const writesComments = { ...writes, or: "pull_requests" } as const;

/** Issues and their comments; a pull request's are the same. */
export const issueRoutes: readonly Route[] = [
  { operation: "GET /repos/{owner}/{repo}/issues", needed: reads, answer: listIssues },
  { operation: "POST /repos/{owner}/{repo}/issues", needed: writes, answer: createIssue },
  { operation: "GET /repos/{owner}/{repo}/issues/{issue_number}", needed: reads, answer: getIssue },
  { operation: "PATCH /repos/{owner}/{repo}/issues/{issue_number}", needed: writes, answer: updateIssue },
  {
    operation: "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    needed: readsComments,
    answer: listComments,
  },
  {
    operation: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
    needed: writesComments,
    answer: createComment,
  },
  { operation: "GET /repos/{owner}/{repo}/issues/comments/{comment_id}", needed: readsComments, answer: getComment },
  {
    operation: "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    needed: writesComments,
    answer: updateComment,
  },
  {
    operation: "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
    needed: writesComments,
    answer: deleteComment,
  },
  {
    operation: "GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    needed: reads,
    answer: listReactions,
  },
  {
    operation: "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    needed: writes,
    answer: createReaction,
  },
];

function listIssues({ world, repository, url }: RepositoryCall) {
  const wanted = url.searchParams;
  const state = wanted.get("state") ?? "open";
  const labels = (wanted.get("labels") ?? "").split(",").filter(Boolean);
  const creator = wanted.get("creator");
  const items = [...repository.issues.values()]
    .filter((one) => state === "all" || one.state === state)
    .filter((one) => labels.every((label) => one.labels.includes(label)))
    .filter((one) => creator === null || one.author.login.toLowerCase() === creator.toLowerCase())
    .toSorted((a, b) => (wanted.get("direction") === "asc" ? a.number - b.number : b.number - a.number));
  return paged({ items, view: (one) => issueShape(world, repository, one), url, pageSize: world.limits.pageSize });
}

function createIssue({ world, repository, body, actor, app }: RepositoryCall) {
  const issue = openIssue(world, repository, {
    title: String(body["title"]),
    body: typeof body["body"] === "string" ? body["body"] : null,
    author: actor,
    ...(app === undefined ? {} : { app }),
    labels: ((body["labels"] ?? []) as readonly (string | { readonly name: string })[]).map((one) =>
      typeof one === "string" ? one : one.name,
    ),
    assignees: ((body["assignees"] ?? []) as readonly string[]).flatMap((login) => world.tryFindAccount(login) ?? []),
  });
  return ok(issueShape(world, repository, issue), 201);
}

function getIssue(call: RepositoryCall) {
  const issue = tryIssue(call);
  return issue === undefined ? notFound : ok(issueShape(call.world, call.repository, issue));
}

function updateIssue(call: RepositoryCall) {
  const { world, repository, body, actor } = call;
  const issue = tryIssue(call);
  if (issue === undefined) return notFound;
  if (issue.author !== actor && !mayWrite(call, "triage")) return fails(403, "Must have admin rights to Repository.");
  if (typeof body["title"] === "string") issue.title = body["title"];
  if (typeof body["body"] === "string" || body["body"] === null) issue.body = body["body"];
  if (body["state"] === "open" || body["state"] === "closed") {
    closeOrOpenIssue(world, issue, body["state"], actor);
    if (body["state_reason"] === "not_planned") issue.stateReason = "not_planned";
  }
  if (Array.isArray(body["labels"])) issue.labels = body["labels"].map(String);
  issue.updatedAt = world.now();
  return ok(issueShape(world, repository, issue));
}

function listComments(call: RepositoryCall) {
  const { world, repository, url } = call;
  const issue = tryIssue(call);
  if (issue === undefined) return notFound;
  const since = url.searchParams.get("since");
  const items = issue.comments.filter((one) => since === null || one.updatedAt >= since);
  return paged({
    items,
    view: (one) => commentShape(world, repository, issue, one),
    url,
    pageSize: world.limits.pageSize,
  });
}

async function createComment(call: RepositoryCall) {
  const { world, repository, body, actor, app } = call;
  const issue = tryIssue(call);
  if (issue === undefined) return notFound;
  const text = String(body["body"]);
  if (text.trim() === "") return missing("IssueComment", "body");
  if (isTooLong(call, text)) return tooLong(call);
  const comment = await addComment(world, repository, issue, {
    by: actor,
    ...(app === undefined ? {} : { app }),
    body: text,
  });
  return ok(commentShape(world, repository, issue, comment), 201);
}

function getComment({ world, repository, at }: RepositoryCall) {
  const found = tryFindComment(repository, Number(at("comment_id")));
  return found === undefined ? notFound : ok(commentShape(world, repository, found.issue, found.comment));
}

async function updateComment(call: RepositoryCall) {
  const { world, repository, at, body, actor } = call;
  const found = tryFindComment(repository, Number(at("comment_id")));
  if (found === undefined) return notFound;
  const { issue, comment } = found;
  if (comment.author !== actor && !mayWrite(call, "write")) return fails(403, "Must have admin rights to Repository.");
  const text = String(body["body"]);
  if (isTooLong(call, text)) return tooLong(call);
  await editComment(world, repository, found, { body: text, by: actor });
  return ok(commentShape(world, repository, issue, comment));
}

async function deleteComment(call: RepositoryCall) {
  const { world, repository, at, actor } = call;
  const found = tryFindComment(repository, Number(at("comment_id")));
  if (found === undefined) return notFound;
  if (found.comment.author !== actor && !mayWrite(call, "write"))
    return fails(403, "Must have admin rights to Repository.");
  await takeAway(world, repository, found, actor);
  return { status: 204 };
}

function listReactions({ world, repository, at, url }: RepositoryCall) {
  const found = tryFindComment(repository, Number(at("comment_id")));
  if (found === undefined) return notFound;
  const view = (one: (typeof found.comment.reactions)[number]) => ({
    id: one.id,
    node_id: `REA_${one.id}`,
    user: userOrNull(world, one.by),
    content: one.content,
    created_at: one.at,
  });
  return paged({ items: found.comment.reactions, view, url, pageSize: world.limits.pageSize });
}

function createReaction({ world, repository, at, body, actor }: RepositoryCall) {
  const found = tryFindComment(repository, Number(at("comment_id")));
  if (found === undefined) return notFound;
  const content = String(body["content"]);
  const held = found.comment.reactions.find((one) => one.by === actor && one.content === content);
  const reaction = held ?? { id: world.nextId(), by: actor, content, at: world.now() };
  if (held === undefined) found.comment.reactions.push(reaction);
  const shape = {
    id: reaction.id,
    node_id: `REA_${reaction.id}`,
    user: userOrNull(world, actor),
    content,
    created_at: reaction.at,
  };
  return ok(shape, held === undefined ? 201 : 200);
}

function tryIssue({ repository, at }: RepositoryCall): Issue | undefined {
  return repository.issues.get(Number(at("issue_number")));
}

/** Whether the caller may change what others wrote: an App with the permission, a person who holds `level`. */
function mayWrite({ world, repository, actor, app }: RepositoryCall, level: "triage" | "write"): boolean {
  return app !== undefined || atLeast(world.permissionOf(actor, repository), level);
}

function isTooLong({ world }: RepositoryCall, text: string): boolean {
  return text.length > world.limits.commentCharacters;
}

function tooLong({ world }: RepositoryCall) {
  const message = `body is too long (maximum is ${world.limits.commentCharacters} characters)`;
  return fails(422, "Validation Failed", {
    errors: [{ resource: "IssueComment", code: "unprocessable", field: "data", message: `Body ${message}` }],
  });
}

function missing(resource: string, field: string) {
  return fails(422, "Validation Failed", { errors: [{ resource, code: "missing_field", field }] });
}

/** `addComment`: a comment on a pull request, and in the same answer whatever stands there after it. */
import { judge, maySee } from "../world/access";
import type { Pull } from "../world/model";
import { addComment as add } from "../world/pulls";
import { actorOf } from "../world/world";
import type { Asking } from "./execute";
import { GraphQLFault } from "./fault";
import { notAccessible } from "./people";
import { commentView, pullView } from "./pull";

interface CommentInput {
  readonly subjectId: string;
  readonly body: string;
}

/** `addComment`, as GitHub's documentation describes it; of subjects only pull requests are modelled. */
export async function addComment(asking: Asking, { subjectId, body }: CommentInput): Promise<object> {
  const { world, token } = asking;
  const pull = tryFindPull(asking, subjectId);
  if (pull === undefined) {
    throw new GraphQLFault("NOT_FOUND", `Could not resolve to a node with the global id of '${subjectId}'.`);
  }
  const { repository, issue } = pull;
  // Everybody who may read may comment.
  const needed = { permission: "pull_requests", or: "issues", level: "write", person: "read" } as const;
  if (judge(world, token, repository, needed) !== "allowed") {
    throw new GraphQLFault("FORBIDDEN", notAccessible);
  }
  if (body.trim() === "") throw new GraphQLFault("UNPROCESSABLE", "Body can't be blank");
  if (body.length > world.limits.commentCharacters) {
    const words = `Body is too long (maximum is ${world.limits.commentCharacters} characters)`;
    throw new GraphQLFault("UNPROCESSABLE", words);
  }
  const app = token.kind === "installation" ? { app: token.app } : {};
  const comment = await add(world, repository, issue, { by: actorOf(token), ...app, body });
  return {
    commentEdge: () => ({ cursor: "Y3Vyc29yOjE=", node: () => commentView(asking, pull, comment) }),
    subject: () => pullView(asking, pull),
  };
}

function tryFindPull({ world, token }: Asking, id: string): Pull | undefined {
  return world.repositories
    .filter((repository) => maySee(world, token, repository))
    .flatMap((repository) => [...repository.pulls.values()])
    .find((pull) => `PR_${pull.id}` === id);
}

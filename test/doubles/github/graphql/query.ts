/** The roots of GraphQL questions. */
import { notAccessible } from "./people";
import { maySee, judge } from "../world/access";
import { actorOf } from "../world/world";
import { addComment } from "./add-comment";
import { createCommitOnBranch } from "./commit-on-branch";
import type { Asking } from "./execute";
import { GraphQLFault } from "./fault";
import { accountView, organizationView, userView } from "./people";
import { repositoryView } from "./repository";

type View = Readonly<Record<string, unknown>>;

/** What a question or a mutation can start with. */
export function queryView(asking: Asking): View {
  const { world, token } = asking;
  return {
    viewer: () => ({ ...userView(world, actorOf(token)), __typename: "User" }),
    user: ({ login }: { readonly login: string }) => {
      const account = world.tryFindAccount(login);
      if (account?.type !== "User") throw notFound("User", `the login of '${login}'`);
      return userView(world, account);
    },
    organization: ({ login }: { readonly login: string }) => {
      const account = world.tryFindAccount(login);
      if (account?.type !== "Organization") throw notFound("Organization", `the login of '${login}'`);
      return organizationView(asking, account);
    },
    repositoryOwner: ({ login }: { readonly login: string }) => {
      const account = world.tryFindAccount(login);
      return account === undefined || account.type === "Bot" ? null : accountView(world, account);
    },
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) => {
      const repository = world.tryFindRepository(owner, name);
      if (repository === undefined || !maySee(world, token, repository)) {
        throw notFound("Repository", `the name '${owner}/${name}'`);
      }
      if (judge(world, token, repository, { permission: "metadata", level: "read" }) !== "allowed") {
        throw new GraphQLFault("FORBIDDEN", notAccessible);
      }
      return repositoryView(asking, repository);
    },
    addComment: ({ input }: { readonly input: Parameters<typeof addComment>[1] }) => addComment(asking, input),
    createCommitOnBranch: ({ input }: { readonly input: Parameters<typeof createCommitOnBranch>[1] }) =>
      createCommitOnBranch(asking, input),
    node: ({ id }: { readonly id: string }) => tryFindComment(asking, id) ?? null,
    rateLimit: () => ({ limit: world.limits.rateLimit, cost: 1 }),
  };
}

/** Of the nodes that can be asked for by their id only comments are modelled, and of these what edits say of them. */
function tryFindComment({ world, token }: Asking, id: string): View | undefined {
  for (const repository of world.repositories) {
    if (!maySee(world, token, repository)) continue;
    for (const { comments } of repository.issues.values()) {
      const comment = comments.find((one) => `IC_${one.id}` === id);
      if (comment === undefined) continue;
      return { __typename: "IssueComment", id, lastEditedAt: comment.editor === undefined ? null : comment.updatedAt };
    }
  }
  return undefined;
}

function notFound(type: string, what: string): GraphQLFault {
  return new GraphQLFault("NOT_FOUND", `Could not resolve to a ${type} with ${what}.`);
}
